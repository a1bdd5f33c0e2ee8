#include "fetch/request/rate_limiter.h"

#include "fetch/request/retry.h"

enum {
    SECOND_US = 1000 * 1000,
    CAP_SLACK_US = 999,   /* fractions of a ms; a start that comes later is not made up for */
    HOLD_FIRST_MS = 1000, /* most servers count by the second */
    HOLD_MS_MAX = 4000,   /* so that the end of an outage is seen soon */
    PROBES_OF_OUTAGE = 2, /* as one may fail by chance */
    ANSWERS_TO_OPEN = 4,  /* for one more request in flight, while all goes well */
};

/* Times are bounded so that their sums fit, and their µs. */
static const int64_t time_ms_max = INT64_MAX / 4000;

static int64_t min_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t bounded_ms(int64_t time_ms)
{
    return max_of(-time_ms_max, min_of(time_ms, time_ms_max));
}

/* Rounded up, so that the rate is never exceeded. */
static int64_t interval_of_rate(double rate)
{
    const double longest_us = 1e12;
    if (!(rate > 0))
        return 0;
    double exact_us = SECOND_US / rate;
    if (exact_us >= longest_us)
        return (int64_t)longest_us;
    int64_t whole_us = (int64_t)exact_us;
    return (double)whole_us < exact_us ? whole_us + 1 : max_of(whole_us, 1);
}

struct rate_limiter rate_limiter_begin(int connections, double rate, int64_t now_ms)
{
    now_ms = bounded_ms(now_ms);
    return (struct rate_limiter){
        .connections = connections,
        .in_flight_max = connections < RATE_LIMITER_OPENING ? connections : RATE_LIMITER_OPENING,
        .asked_until_ms = now_ms,
        .hold_until_ms = now_ms,
        .next_hold_ms = HOLD_FIRST_MS,
        .cap = {.interval_us = interval_of_rate(rate), .due_us = now_ms * 1000},
        .doubt = doubt_begin(),
        .rate = server_rate_begin(now_ms),
    };
}

/* Whether requests start one by one, until an answer tells more. */
static bool is_gated(const struct rate_limiter *limiter)
{
    return limiter->is_probing || doubt_is_grave(&limiter->doubt);
}

int64_t rate_limiter_wait_ms(const struct rate_limiter *limiter, int64_t now_ms, int in_flight)
{
    const struct start_spacing *cap = &limiter->cap;
    const struct start_spacing *learned = &limiter->rate.spacing;
    if (in_flight >= limiter->in_flight_max || (is_gated(limiter) && limiter->gate_in_flight > 0))
        return RATE_LIMITER_FULL;
    now_ms = bounded_ms(now_ms);
    int64_t spaced_us = now_ms * 1000;
    if (cap->interval_us > 0)
        spaced_us = max_of(spaced_us, cap->due_us);
    if (learned->interval_us > 0)
        spaced_us = max_of(spaced_us, learned->due_us);
    int64_t spaced_ms = (spaced_us - now_ms * 1000 + 999) / 1000;
    return max_of(spaced_ms, limiter->hold_until_ms - now_ms);
}

int64_t rate_limiter_started(struct rate_limiter *limiter, int64_t now_ms)
{
    int64_t now_us = bounded_ms(now_ms) * 1000;
    start_spacing_use(&limiter->cap, now_us, CAP_SLACK_US);
    server_rate_started(&limiter->rate, now_us);
    limiter->in_flight++;
    limiter->gate_in_flight++;
    return ++limiter->tickets;
}

static void raise_in_flight_max(struct rate_limiter *limiter)
{
    if (limiter->in_flight_max >= limiter->connections)
        return;
    limiter->answers++;
    if (limiter->answers < (limiter->has_erred ? limiter->in_flight_max : ANSWERS_TO_OPEN))
        return;
    limiter->in_flight_max++;
    limiter->answers = 0;
}

static void halve_in_flight_max(struct rate_limiter *limiter)
{
    limiter->in_flight_max = limiter->in_flight_max > 1 ? limiter->in_flight_max / 2 : 1;
    limiter->answers = 0;
    limiter->has_erred = true;
}

static void succeed(struct rate_limiter *limiter, int64_t now_ms, int64_t ticket)
{
    if (ticket > limiter->event_ticket) {
        limiter->is_probing = false;
        limiter->next_hold_ms = HOLD_FIRST_MS;
    }
    doubt_succeeded(&limiter->doubt, ticket);
    server_rate_succeeded(&limiter->rate, now_ms, ticket, limiter->doubt.chance);
    raise_in_flight_max(limiter);
}

/* Nothing starts for as long as the server asks for, or else a while. */
static void hold(struct rate_limiter *limiter, int64_t now_ms)
{
    if (limiter->asked_until_ms > now_ms) {
        limiter->hold_until_ms = max_of(limiter->hold_until_ms, limiter->asked_until_ms);
        return;
    }
    limiter->hold_until_ms = max_of(limiter->hold_until_ms, now_ms + limiter->next_hold_ms);
    limiter->next_hold_ms = min_of(limiter->next_hold_ms * 2, HOLD_MS_MAX);
}

/* The server fails everybody, or still does so. */
static void heed(struct rate_limiter *limiter, int64_t now_ms)
{
    hold(limiter, now_ms);
    limiter->probes_failed = limiter->is_probing ? limiter->probes_failed + 1 : 0;
    if (limiter->probes_failed == PROBES_OF_OUTAGE)
        server_rate_outage(&limiter->rate, limiter->hold_until_ms);
    if (!limiter->is_probing) {
        halve_in_flight_max(limiter);
        if (limiter->is_refusing)
            doubt_learn_chance(&limiter->doubt,
                               server_rate_cut(&limiter->rate, now_ms, limiter->hold_until_ms,
                                               limiter->doubt.chance));
    }
    limiter->is_probing = true;
    limiter->event_ticket = limiter->tickets;
    doubt_settle(&limiter->doubt);
}

/* Notes what the failures that are doubted have in common. */
static void note_failure(struct rate_limiter *limiter, int64_t now_ms, bool is_refused,
                         int64_t retry_after_ms)
{
    bool is_first = limiter->doubt.failures == 0;
    if (is_first)
        limiter->asked_until_ms = now_ms;
    limiter->is_refusing = is_refused || (limiter->is_refusing && !is_first);
    limiter->asked_until_ms = max_of(limiter->asked_until_ms, now_ms + retry_after_ms);
}

/* From now on requests start one by one. */
static void close_gate(struct rate_limiter *limiter)
{
    limiter->gate_ticket = limiter->tickets;
    limiter->gate_in_flight = 0;
    limiter->gate_witnesses = limiter->in_flight;
}

static void fail(struct rate_limiter *limiter, int64_t now_ms, int64_t ticket, bool is_refused,
                 int64_t retry_after_ms)
{
    /* It started before the server was known to fail everybody, so it tells nothing new. */
    if (ticket <= limiter->event_ticket) {
        if (limiter->is_probing)
            limiter->hold_until_ms = max_of(limiter->hold_until_ms, now_ms + retry_after_ms);
        return;
    }
    bool was_gated = is_gated(limiter);
    note_failure(limiter, now_ms, is_refused, retry_after_ms);
    if (!limiter->is_probing)
        doubt_failed(&limiter->doubt, ticket);
    if (limiter->is_probing || doubt_is_settled(&limiter->doubt, was_gated ? limiter->gate_witnesses
                                                                           : limiter->in_flight)) {
        heed(limiter, now_ms);
        close_gate(limiter);
        return;
    }
    double chance = server_rate_failed(&limiter->rate, now_ms, ticket, is_refused);
    doubt_learn_chance(&limiter->doubt, chance);
    if (!was_gated)
        close_gate(limiter);
}

void rate_limiter_ended(struct rate_limiter *limiter, int64_t now_ms, int64_t ticket,
                        enum attempt_end end, int64_t retry_after_ms)
{
    now_ms = bounded_ms(now_ms);
    int *counted =
        ticket > limiter->gate_ticket ? &limiter->gate_in_flight : &limiter->gate_witnesses;
    limiter->in_flight -= limiter->in_flight > 0;
    *counted -= *counted > 0;
    switch (end) {
    case ATTEMPT_SUCCEEDED:
        succeed(limiter, now_ms, ticket);
        break;
    case ATTEMPT_REFUSED:
    case ATTEMPT_FAILED:
        fail(limiter, now_ms, ticket, end == ATTEMPT_REFUSED,
             max_of(0, min_of(retry_after_ms, RETRY_AFTER_MS_MAX)));
        break;
    case ATTEMPT_OTHER:
        break;
    }
}

bool rate_limiter_is_probing(const struct rate_limiter *limiter)
{
    return limiter->is_probing;
}
