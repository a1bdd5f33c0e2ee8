/* Decides whether to retry a failed request, and when. Pure: the caller passes chance in. */
#ifndef ROLLCALL_RETRY_H
#define ROLLCALL_RETRY_H

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

/* The failure that an HTTP status of 400 or more means. */
enum failure retry_status_failure(int status);

#endif
