/* The requests in flight: as many slots as connections. A request keeps its slot until its page has
   been stored. If its attempt fails, it waits for the next one beside the slots, so that others can
   go on meanwhile. */
#ifndef ROLLCALL_SLOTS_H
#define ROLLCALL_SLOTS_H

#include "base/error.h"
#include "fetch/http/transfer.h"
#include "fetch/proof/reading.h"
#include "fetch/request/rate_limiter.h"
#include "fetch/request/retry.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SLOTS_WAITING_MAX =
        128,               /* so many requests wait for another attempt before no page is opened */
    SLOTS_AHEAD_MAX = 512, /* so many pages are opened while one waits for another attempt */
};

/* In this order: requests are counted from a state on. */
enum request_state {
    REQUEST_FREE,
    REQUEST_WAITING,  /* for its next attempt, beside the slots */
    REQUEST_ANSWERED, /* the intake parses the body and stores the page */
    REQUEST_IN_FLIGHT,
};

struct request {
    enum request_state state;
    struct reading reading;
    int attempts;
    int64_t opened; /* its number among all pages that were asked for */
    struct retry_page record;
    int64_t began_ms; /* when the latest attempt did */
    int64_t ticket;   /* the limiter's, of the latest attempt */
    int64_t due_ms;   /* when the next attempt is due, if it waits */
    char *url;
};

struct slots {
    struct transfer *transfer; /* borrowed */
    struct rate_limiter limiter;
    struct request *requests; /* owned; the tag of a request is its index */
    int room;                 /* slots */
    struct request *waiting;  /* owned; in no order, all REQUEST_WAITING */
    int waiting_count;
    int retries;
    int64_t patience_ms;
    struct retry_outlook outlook;
    int failed_status;      /* of the latest attempt that failed; 0: no answer */
    int64_t asked_until_ms; /* the latest time that the server asked for */
    int64_t opened;         /* pages asked for */
    int64_t started;        /* attempts, in all passes */
    int64_t retried;        /* of these, the ones after a failure */
    unsigned short chance[3];
};

struct slots_options {
    int connections;     /* requests in flight at most; the transfer allows as many */
    int retries;         /* of one page, beyond the first attempt */
    int64_t patience_ms; /* of an outage; 0: `retries` decides then, too */
    double rate;         /* requests a second at most; 0: as many as the server bears */
};

/* The transfer is borrowed. */
void slots_open(struct slots *slots, struct transfer *transfer, const struct slots_options *options,
                int64_t now_ms);

/* How many requests have begun and not come to their end. */
int slots_busy(const struct slots *slots);

/* Starts attempts that are due again, as far as the rate limiter allows. */
void slots_start_due(struct slots *slots, int64_t now_ms);

/* Whether a request for another page may start now. */
bool slots_have_room(const struct slots *slots, int64_t now_ms);

/* Starts a request, for which there is room. Takes `url`. */
void slots_start(struct slots *slots, const struct reading *reading, char *url, int64_t now_ms);

/* How long to wait for answers before an attempt is due, `most_ms` at most. The caller has started
   all that may start now. */
int64_t slots_wait_ms(const struct slots *slots, int64_t now_ms, int64_t most_ms);

/* Whether nothing is in flight, and nothing may start for a second or more. */
struct slots_hold {
    int64_t ms;
    bool is_asked; /* by the server */
    int status;    /* of the latest answer; 0: there was none */
};
bool slots_are_held(const struct slots *slots, int64_t now_ms, struct slots_hold *hold);

/* Reports the end of an attempt to the rate limiter. */
void slots_note_answer(struct slots *slots, const struct request *request,
                       const struct response *response);

/* Schedules the next attempt and frees the slot. Returns false if there is to be none: `error` says
   why the last one failed, and is left to say so. */
bool slots_retry(struct slots *slots, struct request *request, enum failure failure,
                 int64_t retry_after_ms, struct error *error);

/* Has the request begin anew at once, as if it had never been tried, and frees its slot. Takes
   `url`. */
void slots_restart(struct slots *slots, struct request *request, char *url);

/* Frees the request's slot. */
void slots_release(struct request *request);

void slots_close(struct slots *slots);

#endif
