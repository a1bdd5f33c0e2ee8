/* Decides whether to retry a failed request, and when. Pure: the caller passes time and chance in.

   A page that fails while others succeed has a number of attempts. In an outage, in which nothing
   succeeds, the attempts of a page say nothing about it: then time decides. An attempt counts
   against its page if a request that started after it has succeeded before the page's next attempt
   failed; or if the page is the only one that fails, and an attempt of it has counted. Tickets tell
   which request started first. */
#ifndef ROLLCALL_RETRY_H
#define ROLLCALL_RETRY_H

#include <stdbool.h>
#include <stdint.h>

enum {
    RETRY_FIRST_WAIT_MS = 500,       /* doubled with each further attempt … */
    RETRY_WAIT_MS_MAX = 30000,       /* … up to this */
    RETRY_AFTER_MS_MAX = 600 * 1000, /* if the server asks for more, give up */
    RETRY_FEW = 2,                   /* retries of an unlikely success */
};

/* How likely a retry is to help. */
enum failure {
    FAILURE_LASTING,  /* not at all */
    FAILURE_PASSING,  /* likely: overload, a broken connection, a time-out */
    FAILURE_UNLIKELY, /* hardly: the server has never answered, so the address may be wrong */
};

/* How long to wait before the next attempt, in ms; -1: give up. `attempts` have been made, and the
   first may be followed by `retries_max` more. The server asks for `retry_after_ms` at least, 0:
   for nothing. `chance`, in [0, 1), spreads the attempts of clients that failed together. */
int64_t retry_wait_ms(enum failure failure, int attempts, int retries_max, int64_t retry_after_ms,
                      double chance);

/* What a page's failures say. {0} before its first attempt. */
struct retry_page {
    int64_t page;        /* tells pages apart; not 0 */
    int failures;        /* that count against it */
    int64_t open_ticket; /* of the latest attempt, if it has not counted yet; 0: it has */
};

/* Whether anything succeeds. {0} at the start. */
struct retry_outlook {
    int64_t success_ticket; /* the latest of a request that succeeded */
    int64_t failing;        /* the page that failed since the last success; 0: none, -1: several */
    int64_t failing_ms;     /* when the first attempt of these began */
};

void retry_note_success(struct retry_outlook *outlook, int64_t ticket);

/* An attempt with that ticket, which began at `began_ms`, has failed. Returns whether it counts
   against the page; the one before may do so only now. */
bool retry_note_failure(struct retry_outlook *outlook, struct retry_page *page, int64_t ticket,
                        int64_t began_ms);

/* How long nothing has succeeded, although it was tried; 0: the last attempt did. */
int64_t retry_outage_ms(const struct retry_outlook *outlook, int64_t now_ms);

/* The failure that an HTTP status of 400 or more means. */
enum failure retry_status_failure(int status);

#endif
