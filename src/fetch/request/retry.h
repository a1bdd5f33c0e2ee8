/* Whether to try a request again, and when. Pure: no clock, no sleep, no chance of its own. */
#ifndef ROLLCALL_RETRY_H
#define ROLLCALL_RETRY_H

#include <stdint.h>

enum {
    RETRY_FIRST_WAIT_MS = 500,       /* doubled with each further attempt … */
    RETRY_WAIT_MS_MAX = 30000,       /* … up to this */
    RETRY_AFTER_MS_MAX = 600 * 1000, /* a server that asks for more is not waited for */
    RETRY_FEW = 2,
};

/* What trying again can be expected to change. */
enum failure {
    FAILURE_LASTING,  /* nothing */
    FAILURE_PASSING,  /* a good deal: overload, a cut line, a time-out */
    FAILURE_UNLIKELY, /* little: nothing has ever answered there, so the address may be wrong */
};

/* How long to wait before the next attempt, in ms; -1: give up. `attempts` have been made,
   `retries_max` more than the first are allowed. `chance` lies in [0, 1) and spreads the attempts
   of several clients. `retry_after_ms` is what the server asks for, 0 if nothing; less than that is
   never waited. */
int64_t retry_wait_ms(enum failure failure, int attempts, int retries_max, int64_t retry_after_ms,
                      double chance);

/* The failure that an HTTP status means; statuses below 400 are no failures. */
enum failure retry_status_failure(int status);

#endif
