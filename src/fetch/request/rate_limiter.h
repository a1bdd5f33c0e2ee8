/* Limits how many requests are in flight, and how many start a second. Pure: the caller passes the
   time in, in ms on a clock that never goes back. docs/pacing.md tells the reasons.

   A request that fails while those beside it succeed is a mishap of its own and changes nothing for
   the others (doubt.h). If all fail, the server has a limit or is out of order. Then nothing starts
   for the time that the server asks for, or for a second; after that one request at a time, the
   probe, until one succeeds. Each probe that fails doubles the wait, up to a few seconds. If the
   server refused (429, 503), its rate is limited as well (server_rate.h).

   The requests in flight have a maximum. It begins at RATE_LIMITER_OPENING, so that a healthy
   server is read at full speed at once. It grows with the answers up to what the user allows: by
   one after a few answers and, once the server has failed everybody, by one after as many answers
   as it allows requests. It halves when that happens. */
#ifndef ROLLCALL_RATE_LIMITER_H
#define ROLLCALL_RATE_LIMITER_H

#include "fetch/request/doubt.h"
#include "fetch/request/server_rate.h"
#include "fetch/request/start_spacing.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    RATE_LIMITER_OPENING = 8, /* requests in flight at the start */
    RATE_LIMITER_FULL = -1,   /* instead of a wait: first a request has to end */
};

/* How a request ended, as far as it concerns the limiter. */
enum attempt_end {
    ATTEMPT_SUCCEEDED,
    ATTEMPT_REFUSED, /* the server says that it is too much */
    ATTEMPT_FAILED,  /* in another way that may pass: no answer, or an error of the server's */
    ATTEMPT_OTHER,   /* an answer that says nothing of the server's health */
};

/* Made by rate_limiter_begin. Its parts are private. */
struct rate_limiter {
    int connections; /* the most that in_flight_max grows to */
    int in_flight_max;
    int answers;    /* since it grew last */
    bool has_erred; /* the server has failed everybody */
    int in_flight;
    int64_t tickets; /* requests started; the ticket of each is its number */
    struct doubt doubt;

    bool is_probing;        /* the server failed everybody, and no request has succeeded since */
    int probes_failed;      /* since then */
    int64_t event_ticket;   /* the latest ticket when it began to */
    bool is_refusing;       /* some of the failures that are doubted are refusals */
    int64_t asked_until_ms; /* the latest time that these asked for */
    int64_t hold_until_ms;  /* no request starts before */
    int64_t next_hold_ms;   /* how long the next hold is if the server does not say */
    int64_t gate_ticket;    /* the latest ticket when requests began to start one by one */
    int gate_in_flight;     /* those in flight that started since, … */
    int gate_witnesses;     /* … and before */

    struct start_spacing cap; /* the user's limit */
    struct server_rate rate;  /* the server's */
};

/* `connections`, at least 1: requests in flight at most. `rate`: requests a second at most, which
   may be a fraction; 0: as many as the server bears. */
struct rate_limiter rate_limiter_begin(int connections, double rate, int64_t now_ms);

/* How long to wait before a request may start, in ms, or RATE_LIMITER_FULL. `in_flight` requests
   have started and not ended; those that wait for another attempt do not count. */
int64_t rate_limiter_wait_ms(const struct rate_limiter *limiter, int64_t now_ms, int in_flight);

/* A request starts: a first attempt or a later one. Returns its ticket. */
int64_t rate_limiter_started(struct rate_limiter *limiter, int64_t now_ms);

/* The request with that ticket ended. `retry_after_ms` is what the server asks for, 0 if nothing;
   RETRY_AFTER_MS_MAX counts at most. */
void rate_limiter_ended(struct rate_limiter *limiter, int64_t now_ms, int64_t ticket,
                        enum attempt_end end, int64_t retry_after_ms);

/* Whether the server fails everybody at present. */
bool rate_limiter_is_probing(const struct rate_limiter *limiter);

#endif
