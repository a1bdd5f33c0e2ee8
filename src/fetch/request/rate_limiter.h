/* How many requests may be in flight, and when the next may start. Pure: the time is passed in, in
   ms on a clock that never goes back.

   Two things bound the speed. A limit bounds the requests in flight: it halves when the server
   refuses (429, 503) or does not answer in time, and grows by one for that many answers.
   What was in flight when it halved does not halve it again: a burst of refusals is one event. The
   limit begins full up to RATE_LIMITER_OPENING, so that a healthy server is read at full speed at
   once; what the user allows beyond that opens with the answers, so that a strict server has little
   to refuse.

   A rate bounds the requests a second. There is none until the server shows a limit: by refusing
   twice in a row, by asking for time twice within a short while, or by refusing more than a few in
   a hundred. A single refusal is a mishap. What was answered in the second before is the server's
   limit if it counts requests in a sliding second, and the rate goes just below it, evenly spaced.
   If that is refused too, the server counts otherwise, and the rate goes most of the way to what
   went through on average, waits included. A rate that is used and stands is raised, by more and
   more, since the limit may be far above; a raise that is refused is taken back, and the next one
   comes later. */
#ifndef ROLLCALL_RATE_LIMITER_H
#define ROLLCALL_RATE_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

enum {
    RATE_LIMITER_OPENING = 8,     /* connections used from the start */
    RATE_LIMITER_HISTORY_MS = 10, /* what one entry of the history covers; */
    RATE_LIMITER_HISTORY = 100,   /* all of them, a second */
    RATE_LIMITER_FULL =
        -1, /* a wait: until a request has come to its end, however long that takes */
};

/* Starts at even distances. */
struct start_spacing {
    int64_t interval_us; /* 0: none is kept */
    int64_t due_us;      /* no start before */
};

/* Made by rate_limiter_begin() only; its parts are nobody else's. */
struct rate_limiter {
    int connections; /* the most that the limit opens to */
    int in_flight_max;
    int answers;    /* towards its next growth */
    bool has_erred; /* the server has refused or been late */

    int64_t event_ms;      /* when the limit was halved last */
    bool is_event_heeded;  /* a refusal of that event has set the rate */
    int refusals_in_row;   /* without a success between them */
    int64_t hold_until_ms; /* nobody starts before */
    int64_t next_hold_ms;  /* if the server does not say how long */

    struct start_spacing cap;     /* the user's */
    struct start_spacing learned; /* the server's */
    int64_t proven_us;            /* an interval that stood before the latest raise; 0: none */
    int64_t raised_ms;            /* when the rate was set or raised */
    int64_t patience_ms;          /* how long it must stand before it is raised */
    int step_percent;             /* by how much */

    int64_t stretch_ms; /* since when these are counted; what sets the rate begins anew */
    int64_t stretch_successes;
    int64_t stretch_refusals;
    int64_t history_end;               /* the number of the latest entry */
    int history[RATE_LIMITER_HISTORY]; /* successes */
};

/* `connections` is at least 1. `rate` is the most requests a second, which may be a fraction; 0: as
   many as the server bears. */
struct rate_limiter rate_limiter_begin(int connections, double rate, int64_t now_ms);

/* How long to wait before a request may start, or RATE_LIMITER_FULL; 0: start it. `in_flight`
   counts those that have started and not come to their end; not those that wait for another
   attempt. */
int64_t rate_limiter_wait_ms(const struct rate_limiter *limiter, int64_t now_ms, int in_flight);

/* A request starts, be it the first attempt or a later one. */
void rate_limiter_started(struct rate_limiter *limiter, int64_t now_ms);

/* It came to its end. Other failures than these two are not told. `retry_after_ms` is what the
   server asks for, 0 if nothing; all wait for it, RETRY_AFTER_MS_MAX at most. */
void rate_limiter_succeeded(struct rate_limiter *limiter, int64_t now_ms);
void rate_limiter_refused(struct rate_limiter *limiter, int64_t now_ms, int64_t started_ms,
                          int64_t retry_after_ms);
void rate_limiter_timed_out(struct rate_limiter *limiter, int64_t now_ms, int64_t started_ms);

#endif
