/* Limits how many requests are in flight, and how many start a second. Pure: the caller passes the
   time in, in ms on a clock that never goes back.

   The requests in flight have a maximum. It begins at RATE_LIMITER_OPENING, so that a healthy
   server is read at full speed at once. It grows with the answers up to what the user allows: by
   one after a few answers and, once something has gone wrong, by one after as many answers as it
   allows requests. It halves when the server refuses (429, 503) or does not answer in time.
   Requests that were in flight then do not halve it again: a burst of refusals is one event.

   The requests a second have no limit until the server shows one: it refuses twice in a row, or
   asks for time twice within a short while, or refuses more than a few in a hundred. A single
   refusal is a mishap. A server that counts requests in a sliding second has its limit at what it
   answered in the second before, so the rate is set just below that, evenly spaced. If the server
   refuses that too, it counts in another way. Then the rate is lowered most of the way to what the
   server has answered on average, waits included. A rate that is used and not refused is raised in
   growing steps, since the limit may be far above it. A raise that is refused is taken back, and
   the next one comes later. */
#ifndef ROLLCALL_RATE_LIMITER_H
#define ROLLCALL_RATE_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

enum {
    RATE_LIMITER_OPENING = 8,     /* requests in flight at the start */
    RATE_LIMITER_HISTORY_MS = 10, /* an entry of the history covers this much time, … */
    RATE_LIMITER_HISTORY = 100,   /* … all of them a second */
    RATE_LIMITER_FULL = -1,       /* instead of a wait: first a request has to end */
};

/* Starts that are evenly spaced. */
struct start_spacing {
    int64_t interval_us; /* 0: they are not */
    int64_t due_us;      /* the next may not start before */
};

/* Made by rate_limiter_begin. Its parts are private. */
struct rate_limiter {
    int connections; /* the most that in_flight_max grows to */
    int in_flight_max;
    int answers;    /* since it grew last */
    bool has_erred; /* the server has refused or been late */

    int64_t event_ms;      /* when in_flight_max was halved last */
    bool is_event_heeded;  /* a refusal of that event has lowered the rate */
    int refusals_in_row;   /* without a success between them */
    int64_t hold_until_ms; /* no request starts before */
    int64_t next_hold_ms;  /* how long the next hold is if the server does not say */

    struct start_spacing cap;     /* the user's limit */
    struct start_spacing learned; /* the server's, as far as it is known */
    int64_t proven_us;            /* the interval before the latest raise; 0: none was raised */
    int64_t raised_ms;            /* when the rate was set or raised */
    int64_t patience_ms;          /* how long it is used before it is raised */
    int step_percent;             /* by how much it is raised then */

    int64_t stretch_ms; /* when the rate was set; counted since then: */
    int64_t stretch_successes;
    int64_t stretch_refusals;
    int64_t history_end;               /* the number of the latest entry */
    int history[RATE_LIMITER_HISTORY]; /* successes */
};

/* `connections`, at least 1: requests in flight at most. `rate`: requests a second at most, which
   may be a fraction; 0: as many as the server bears. */
struct rate_limiter rate_limiter_begin(int connections, double rate, int64_t now_ms);

/* How long to wait before a request may start, in ms, or RATE_LIMITER_FULL. `in_flight` requests
   have started and not ended; those that wait for another attempt do not count. */
int64_t rate_limiter_wait_ms(const struct rate_limiter *limiter, int64_t now_ms, int in_flight);

/* A request starts: a first attempt or a later one. */
void rate_limiter_started(struct rate_limiter *limiter, int64_t now_ms);

/* A request ended. Failures other than these two do not concern the limiter. `retry_after_ms` is
   what the server asks for, 0 if nothing; all requests wait so long, RETRY_AFTER_MS_MAX at most. */
void rate_limiter_succeeded(struct rate_limiter *limiter, int64_t now_ms);
void rate_limiter_refused(struct rate_limiter *limiter, int64_t now_ms, int64_t started_ms,
                          int64_t retry_after_ms);
void rate_limiter_timed_out(struct rate_limiter *limiter, int64_t now_ms, int64_t started_ms);

#endif
