#include "fetch/request/rate_limiter.h"

#include "fetch/request/retry.h"

#include <string.h>

enum {
    SECOND_US = 1000 * 1000,
    CAP_SLACK_US = 999, /* fractions of a ms; a start that comes later is not made up for */
    LEARNED_SLACK_US = 10 * 1000, /* still below the limit, thanks to the margin */
    MARGIN_PERCENT = 3,           /* below the limit */
    HOLD_FIRST_MS = 1000,         /* most servers count by the second */
    PATIENCE_FIRST_MS = 8000,
    PATIENCE_MS_MAX = 160 * 1000,
    STEP_FIRST_PERCENT = 2,
    STEP_BEYOND_PERCENT = 8,   /* after a step this large the limit must be far above, and … */
    PATIENCE_BEYOND_MS = 2000, /* … the rate is raised this often */
    STEP_PERCENT_MAX = 50,
    USED_PERCENT = 80,      /* a rate that is used less is not tested, so not raised */
    RELATED_MS = 10 * 1000, /* refusals that lie closer have the same cause */
    OFTEN_LEAST = 3,
    OFTEN_PERCENT = 3,
    ANSWERS_TO_OPEN = 4,              /* for one more request in flight, while all goes well */
    INTERVAL_US_MAX = 10 * SECOND_US, /* of a learned rate */
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

static double rate_of_interval(int64_t interval_us)
{
    return (double)SECOND_US / (double)interval_us;
}

static void space_start(struct start_spacing *spacing, int64_t now_us, int64_t slack_us)
{
    spacing->due_us = max_of(spacing->due_us, now_us - slack_us) + spacing->interval_us;
}

/* Moves the history on to the present. */
static void move_history(struct rate_limiter *limiter, int64_t now_ms)
{
    int64_t end = (now_ms + time_ms_max) / RATE_LIMITER_HISTORY_MS;
    if (end - limiter->history_end >= RATE_LIMITER_HISTORY) {
        memset(limiter->history, 0, sizeof limiter->history);
        limiter->history_end = end;
    }
    while (limiter->history_end < end)
        limiter->history[++limiter->history_end % RATE_LIMITER_HISTORY] = 0;
}

static int successes_of_second(struct rate_limiter *limiter, int64_t now_ms)
{
    move_history(limiter, now_ms);
    int sum = 0;
    for (int i = 0; i < RATE_LIMITER_HISTORY; i++)
        sum += limiter->history[i];
    return sum;
}

struct rate_limiter rate_limiter_begin(int connections, double rate, int64_t now_ms)
{
    now_ms = bounded_ms(now_ms);
    return (struct rate_limiter){
        .connections = connections,
        .in_flight_max = connections < RATE_LIMITER_OPENING ? connections : RATE_LIMITER_OPENING,
        .event_ms = -time_ms_max - 1,
        .hold_until_ms = now_ms,
        .next_hold_ms = HOLD_FIRST_MS,
        .cap = {.interval_us = interval_of_rate(rate), .due_us = now_ms * 1000},
        .learned = {.due_us = now_ms * 1000},
        .patience_ms = PATIENCE_FIRST_MS,
        .stretch_ms = now_ms,
        .history_end = (now_ms + time_ms_max) / RATE_LIMITER_HISTORY_MS,
    };
}

int64_t rate_limiter_wait_ms(const struct rate_limiter *limiter, int64_t now_ms, int in_flight)
{
    if (in_flight >= limiter->in_flight_max)
        return RATE_LIMITER_FULL;
    now_ms = bounded_ms(now_ms);
    int64_t spaced_us = now_ms * 1000;
    if (limiter->cap.interval_us > 0)
        spaced_us = max_of(spaced_us, limiter->cap.due_us);
    if (limiter->learned.interval_us > 0)
        spaced_us = max_of(spaced_us, limiter->learned.due_us);
    int64_t spaced_ms = (spaced_us - now_ms * 1000 + 999) / 1000;
    return max_of(spaced_ms, limiter->hold_until_ms - now_ms);
}

void rate_limiter_started(struct rate_limiter *limiter, int64_t now_ms)
{
    int64_t now_us = bounded_ms(now_ms) * 1000;
    space_start(&limiter->cap, now_us, CAP_SLACK_US);
    space_start(&limiter->learned, now_us, LEARNED_SLACK_US);
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

/* Whether the speed is bounded by the rate, and not by latency. */
static bool is_rate_used(struct rate_limiter *limiter, int64_t now_ms)
{
    double used = successes_of_second(limiter, now_ms);
    /* One less, since a slow rate makes few requests a second. */
    return used >= rate_of_interval(limiter->learned.interval_us) * USED_PERCENT / 100 - 1;
}

static void raise_rate(struct rate_limiter *limiter, int64_t now_ms)
{
    int64_t patience_ms =
        limiter->step_percent > STEP_BEYOND_PERCENT ? PATIENCE_BEYOND_MS : limiter->patience_ms;
    if (limiter->learned.interval_us == 0 || now_ms - limiter->raised_ms < patience_ms ||
        !is_rate_used(limiter, now_ms))
        return;
    limiter->proven_us = limiter->learned.interval_us;
    limiter->learned.interval_us =
        max_of(limiter->learned.interval_us * 100 / (100 + limiter->step_percent), 1);
    limiter->step_percent = (int)min_of((int64_t)limiter->step_percent * 2, STEP_PERCENT_MAX);
    limiter->raised_ms = now_ms;
}

void rate_limiter_succeeded(struct rate_limiter *limiter, int64_t now_ms)
{
    now_ms = bounded_ms(now_ms);
    move_history(limiter, now_ms);
    limiter->history[limiter->history_end % RATE_LIMITER_HISTORY]++;
    limiter->stretch_successes++;
    limiter->refusals_in_row = 0;
    limiter->next_hold_ms = HOLD_FIRST_MS;
    raise_in_flight_max(limiter);
    raise_rate(limiter, now_ms);
}

/* Begins a new event, unless the request was in flight when the last one began. */
static void halve_in_flight_max(struct rate_limiter *limiter, int64_t now_ms, int64_t started_ms)
{
    if (bounded_ms(started_ms) <= limiter->event_ms)
        return;
    limiter->in_flight_max = limiter->in_flight_max > 1 ? limiter->in_flight_max / 2 : 1;
    limiter->answers = 0;
    limiter->has_erred = true;
    limiter->event_ms = now_ms;
    limiter->is_event_heeded = false;
}

/* The next rate to try when the server refuses the present one, which was not raised. */
static double lower_rate(const struct rate_limiter *limiter)
{
    double refused = rate_of_interval(limiter->learned.interval_us);
    double stretch_s = (double)(limiter->hold_until_ms - limiter->stretch_ms) / 1000;
    double borne = stretch_s > 0 ? (double)limiter->stretch_successes / stretch_s : 0;
    double rate = borne + (refused - borne) / 4;
    double most = refused * (100 - MARGIN_PERCENT) / 100;
    double least = refused / 4;
    return rate > most ? most : rate < least ? least : rate;
}

static void learn_rate(struct rate_limiter *limiter, int64_t now_ms)
{
    int64_t interval_us;
    if (limiter->learned.interval_us == 0) {
        int limit = successes_of_second(limiter, now_ms);
        interval_us = interval_of_rate((limit ? limit : 1) * (100.0 - MARGIN_PERCENT) / 100);
    } else if (limiter->proven_us > 0) {
        interval_us = limiter->proven_us + limiter->proven_us / 100;
        limiter->patience_ms = min_of(limiter->patience_ms * 4, PATIENCE_MS_MAX);
    } else {
        interval_us = interval_of_rate(lower_rate(limiter));
    }
    limiter->learned.interval_us = min_of(interval_us, INTERVAL_US_MAX);
    limiter->learned.due_us = limiter->hold_until_ms * 1000;
    limiter->proven_us = 0;
    limiter->step_percent = STEP_FIRST_PERCENT;
    limiter->raised_ms = limiter->hold_until_ms;
    limiter->is_event_heeded = true;
}

static void hold(struct rate_limiter *limiter, int64_t now_ms, int64_t wait_ms)
{
    limiter->hold_until_ms = max_of(limiter->hold_until_ms, now_ms + wait_ms);
}

/* One refusal is enough to take a raise back, as that costs little. */
static bool is_raise_refused(const struct rate_limiter *limiter, int64_t now_ms)
{
    return limiter->proven_us > 0 && now_ms - limiter->raised_ms < RELATED_MS;
}

/* Whether refusals come singly, but too often. */
static bool is_refused_often(const struct rate_limiter *limiter)
{
    return limiter->stretch_refusals >= OFTEN_LEAST &&
           limiter->stretch_refusals * 100 > limiter->stretch_successes * OFTEN_PERCENT;
}

/* Whether a refusal shows a limit and is not a mishap. */
static bool shows_limit(const struct rate_limiter *limiter, int64_t now_ms,
                        int64_t previous_event_ms, int64_t retry_after_ms)
{
    bool is_new = limiter->event_ms != previous_event_ms;
    bool is_asked_again = retry_after_ms > 0 && now_ms - previous_event_ms < RELATED_MS;
    return limiter->refusals_in_row > 1 || is_refused_often(limiter) ||
           (is_new && (is_raise_refused(limiter, now_ms) || is_asked_again));
}

static void heed_limit(struct rate_limiter *limiter, int64_t now_ms, int64_t retry_after_ms)
{
    if (retry_after_ms <= 0) {
        hold(limiter, now_ms, limiter->next_hold_ms);
        limiter->next_hold_ms = min_of(limiter->next_hold_ms * 2, RETRY_WAIT_MS_MAX);
    }
    learn_rate(limiter, now_ms);
    limiter->stretch_ms = limiter->hold_until_ms;
    limiter->stretch_successes = 0;
    limiter->stretch_refusals = 0;
}

void rate_limiter_refused(struct rate_limiter *limiter, int64_t now_ms, int64_t started_ms,
                          int64_t retry_after_ms)
{
    now_ms = bounded_ms(now_ms);
    retry_after_ms = min_of(retry_after_ms, RETRY_AFTER_MS_MAX);
    if (retry_after_ms > 0)
        hold(limiter, now_ms, retry_after_ms);
    int64_t previous_event_ms = limiter->event_ms;
    halve_in_flight_max(limiter, now_ms, started_ms);
    limiter->refusals_in_row += limiter->refusals_in_row < 2;
    limiter->stretch_refusals++;
    if (!limiter->is_event_heeded &&
        shows_limit(limiter, now_ms, previous_event_ms, retry_after_ms))
        heed_limit(limiter, now_ms, retry_after_ms);
}

void rate_limiter_timed_out(struct rate_limiter *limiter, int64_t now_ms, int64_t started_ms)
{
    halve_in_flight_max(limiter, bounded_ms(now_ms), started_ms);
}
