/* The requests of a fetch that are in flight: each reads one page, through all its attempts. */
#ifndef ROLLCALL_SLOTS_H
#define ROLLCALL_SLOTS_H

#include "base/error.h"
#include "fetch/http/transfer.h"
#include "fetch/proof/reading.h"
#include "fetch/request/rate_limiter.h"
#include "fetch/request/retry.h"

#include <stdbool.h>
#include <stdint.h>

/* In this order, those of and above a state can be counted. */
enum request_state {
    REQUEST_FREE,
    REQUEST_WAITING,  /* for its next attempt */
    REQUEST_ANSWERED, /* the body is being read, or the page stored */
    REQUEST_IN_FLIGHT,
};

struct request {
    enum request_state state;
    struct reading reading;
    int attempts;
    int64_t started_ms; /* the latest attempt */
    int64_t due_ms;     /* of REQUEST_WAITING: when to try again, on the monotonic clock */
    char *url;
};

struct slots {
    struct transfer *transfer; /* borrowed */
    struct rate_limiter limiter;
    struct request *requests; /* the tag of each is its place */
    int room;                 /* as many as connections */
    int retries;
    int64_t started; /* attempts, in all passes */
    unsigned short chance[3];
};

struct slots_options {
    int connections; /* requests in flight at most; the transfer allows as many */
    int retries;     /* of one page, beyond the first attempt */
    double rate;     /* requests a second at most; 0: as many as the server bears */
};

void slots_open(struct slots *slots, struct transfer *transfer, const struct slots_options *options,
                int64_t now_ms);

/* How many requests have not come to their end. */
int slots_busy(const struct slots *slots);

/* Starts what is due again, as far as the rate allows. */
void slots_start_due(struct slots *slots, int64_t now_ms);

/* Whether one more may be started now. */
bool slots_have_room(const struct slots *slots, int64_t now_ms);

/* Starts one, for which there is room; takes the address. */
void slots_start(struct slots *slots, const struct reading *reading, char *url, int64_t now_ms);

/* How long to wait for answers before something else has to be done, at most so long. All that
   could start at that moment has been started. */
int64_t slots_wait_ms(const struct slots *slots, int64_t now_ms, int64_t most_ms);

/* Lets the rate know what became of an attempt. */
void slots_note_answer(struct slots *slots, const struct request *request,
                       const struct response *response);

/* Puts the request off until its next attempt, or gives up: then `error` stands as it is. */
bool slots_retry(struct slots *slots, struct request *request, enum failure failure,
                 int64_t retry_after_ms, struct error *error);

/* Has it begin anew, at once, with another address, which is taken. */
void slots_restart(struct request *request, char *url);

/* The page has come; there is room for another. */
void slots_release(struct request *request);

void slots_close(struct slots *slots);

#endif
