#include "fetch/request/pace.h"

#include "fetch/request/retry.h"

#include <string.h>

enum {
    SECOND_US = 1000 * 1000,
    CAP_SLACK_US = 999,           /* what the clock cuts off: a later start is not made up for */
    LEARNED_SLACK_US = 10 * 1000, /* well inside the margin below the limit */
    MARGIN_PERCENT = 3,           /* below the limit */
    HOLD_FIRST_MS = 1000,         /* most limits are kept by the second */
    PATIENCE_FIRST_MS = 8000,
    PATIENCE_MS_MAX = 160 * 1000,
    STEP_FIRST_PERCENT = 2,
    STEP_BEYOND_PERCENT = 8,   /* once this has stood, the limit was taken for too low, and … */
    PATIENCE_BEYOND_MS = 2000, /* … the pace is raised this often */
    STEP_PERCENT_MAX = 50,
    USED_PERCENT = 80,      /* a pace that is used less has not stood any test */
    RELATED_MS = 10 * 1000, /* refusals that lie closer have the same cause */
    OFTEN_LEAST = 3,
    OFTEN_PERCENT = 3,
    ANSWERS_TO_OPEN = 4,              /* for one connection more, while all goes well */
    INTERVAL_US_MAX = 10 * SECOND_US, /* of a learned pace */
};

/* Far enough from the ends of the range that sums and µs fit. */
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

static void space_start(struct pace_spacing *spacing, int64_t now_us, int64_t slack_us)
{
    spacing->due_us = max_of(spacing->due_us, now_us - slack_us) + spacing->interval_us;
}

/* Moves the history on, dropping what is older than it covers. */
static void move_history(struct pace *pace, int64_t now_ms)
{
    int64_t end = (now_ms + time_ms_max) / PACE_HISTORY_MS;
    if (end - pace->history_end >= PACE_HISTORY) {
        memset(pace->history, 0, sizeof pace->history);
        pace->history_end = end;
    }
    while (pace->history_end < end)
        pace->history[++pace->history_end % PACE_HISTORY] = 0;
}

static int successes_of_second(struct pace *pace, int64_t now_ms)
{
    move_history(pace, now_ms);
    int sum = 0;
    for (int i = 0; i < PACE_HISTORY; i++)
        sum += pace->history[i];
    return sum;
}

struct pace pace_begin(int connections, double rate, int64_t now_ms)
{
    now_ms = bounded_ms(now_ms);
    return (struct pace){
        .connections = connections,
        .window = connections < PACE_OPENING ? connections : PACE_OPENING,
        .event_ms = -time_ms_max - 1,
        .hold_until_ms = now_ms,
        .next_hold_ms = HOLD_FIRST_MS,
        .cap = {.interval_us = interval_of_rate(rate), .due_us = now_ms * 1000},
        .learned = {.due_us = now_ms * 1000},
        .patience_ms = PATIENCE_FIRST_MS,
        .stretch_ms = now_ms,
        .history_end = (now_ms + time_ms_max) / PACE_HISTORY_MS,
    };
}

int64_t pace_wait_ms(const struct pace *pace, int64_t now_ms, int under_way)
{
    if (under_way >= pace->window)
        return PACE_FULL;
    now_ms = bounded_ms(now_ms);
    int64_t spaced_us = now_ms * 1000;
    if (pace->cap.interval_us > 0)
        spaced_us = max_of(spaced_us, pace->cap.due_us);
    if (pace->learned.interval_us > 0)
        spaced_us = max_of(spaced_us, pace->learned.due_us);
    int64_t spaced_ms = (spaced_us - now_ms * 1000 + 999) / 1000;
    return max_of(spaced_ms, pace->hold_until_ms - now_ms);
}

void pace_started(struct pace *pace, int64_t now_ms)
{
    int64_t now_us = bounded_ms(now_ms) * 1000;
    space_start(&pace->cap, now_us, CAP_SLACK_US);
    space_start(&pace->learned, now_us, LEARNED_SLACK_US);
}

static void grow_window(struct pace *pace)
{
    if (pace->window >= pace->connections)
        return;
    pace->answers++;
    if (pace->answers < (pace->has_erred ? pace->window : ANSWERS_TO_OPEN))
        return;
    pace->window++;
    pace->answers = 0;
}

/* Whether the pace is what bounds the speed. */
static bool is_pace_used(struct pace *pace, int64_t now_ms)
{
    double used = successes_of_second(pace, now_ms);
    /* One less: a slow pace has but few in a second. */
    return used >= rate_of_interval(pace->learned.interval_us) * USED_PERCENT / 100 - 1;
}

static void raise_pace(struct pace *pace, int64_t now_ms)
{
    int64_t patience_ms =
        pace->step_percent > STEP_BEYOND_PERCENT ? PATIENCE_BEYOND_MS : pace->patience_ms;
    if (pace->learned.interval_us == 0 || now_ms - pace->raised_ms < patience_ms ||
        !is_pace_used(pace, now_ms))
        return;
    pace->proven_us = pace->learned.interval_us;
    pace->learned.interval_us =
        max_of(pace->learned.interval_us * 100 / (100 + pace->step_percent), 1);
    pace->step_percent = (int)min_of(pace->step_percent * 2, STEP_PERCENT_MAX);
    pace->raised_ms = now_ms;
}

void pace_succeeded(struct pace *pace, int64_t now_ms)
{
    now_ms = bounded_ms(now_ms);
    move_history(pace, now_ms);
    pace->history[pace->history_end % PACE_HISTORY]++;
    pace->stretch_successes++;
    pace->refusals_in_row = 0;
    pace->next_hold_ms = HOLD_FIRST_MS;
    grow_window(pace);
    raise_pace(pace, now_ms);
}

/* Begins a new event, unless the request was under way at the last one. */
static void halve_window(struct pace *pace, int64_t now_ms, int64_t started_ms)
{
    if (bounded_ms(started_ms) <= pace->event_ms)
        return;
    pace->window = pace->window > 1 ? pace->window / 2 : 1;
    pace->answers = 0;
    pace->has_erred = true;
    pace->event_ms = now_ms;
    pace->is_event_heeded = false;
}

/* Below a pace that was refused though it lay below what had seemed the limit. */
static double lower_rate(const struct pace *pace)
{
    double refused = rate_of_interval(pace->learned.interval_us);
    double stretch_s = (double)(pace->hold_until_ms - pace->stretch_ms) / 1000;
    double borne = stretch_s > 0 ? (double)pace->stretch_successes / stretch_s : 0;
    double rate = borne + (refused - borne) / 4;
    double most = refused * (100 - MARGIN_PERCENT) / 100;
    double least = refused / 4;
    return rate > most ? most : rate < least ? least : rate;
}

static void set_pace(struct pace *pace, int64_t now_ms)
{
    int64_t interval_us;
    if (pace->learned.interval_us == 0) {
        int limit = successes_of_second(pace, now_ms);
        interval_us = interval_of_rate((limit ? limit : 1) * (100.0 - MARGIN_PERCENT) / 100);
    } else if (pace->proven_us > 0) {
        interval_us = pace->proven_us + pace->proven_us / 100;
        pace->patience_ms = min_of(pace->patience_ms * 4, PATIENCE_MS_MAX);
    } else {
        interval_us = interval_of_rate(lower_rate(pace));
    }
    pace->learned.interval_us = min_of(interval_us, INTERVAL_US_MAX);
    pace->learned.due_us = pace->hold_until_ms * 1000;
    pace->proven_us = 0;
    pace->step_percent = STEP_FIRST_PERCENT;
    pace->raised_ms = pace->hold_until_ms;
    pace->is_event_heeded = true;
}

static void hold(struct pace *pace, int64_t now_ms, int64_t wait_ms)
{
    pace->hold_until_ms = max_of(pace->hold_until_ms, now_ms + wait_ms);
}

/* Taking a raise back costs little, so one refusal is enough for that. */
static bool is_raise_refused(const struct pace *pace, int64_t now_ms)
{
    return pace->proven_us > 0 && now_ms - pace->raised_ms < RELATED_MS;
}

/* Refusals that come singly, but again and again. */
static bool is_refused_often(const struct pace *pace)
{
    return pace->stretch_refusals >= OFTEN_LEAST &&
           pace->stretch_refusals * 100 > pace->stretch_successes * OFTEN_PERCENT;
}

/* Whether a refusal shows a limit and is not a mishap. */
static bool shows_limit(const struct pace *pace, int64_t now_ms, int64_t previous_event_ms,
                        int64_t retry_after_ms)
{
    bool is_new = pace->event_ms != previous_event_ms;
    bool is_asked_again = retry_after_ms > 0 && now_ms - previous_event_ms < RELATED_MS;
    return pace->refusals_in_row > 1 || is_refused_often(pace) ||
           (is_new && (is_raise_refused(pace, now_ms) || is_asked_again));
}

static void heed_limit(struct pace *pace, int64_t now_ms, int64_t retry_after_ms)
{
    if (retry_after_ms <= 0) {
        hold(pace, now_ms, pace->next_hold_ms);
        pace->next_hold_ms = min_of(pace->next_hold_ms * 2, RETRY_WAIT_MS_MAX);
    }
    set_pace(pace, now_ms);
    pace->stretch_ms = pace->hold_until_ms;
    pace->stretch_successes = 0;
    pace->stretch_refusals = 0;
}

void pace_refused(struct pace *pace, int64_t now_ms, int64_t started_ms, int64_t retry_after_ms)
{
    now_ms = bounded_ms(now_ms);
    retry_after_ms = min_of(retry_after_ms, RETRY_AFTER_MS_MAX);
    if (retry_after_ms > 0)
        hold(pace, now_ms, retry_after_ms);
    int64_t previous_event_ms = pace->event_ms;
    halve_window(pace, now_ms, started_ms);
    pace->refusals_in_row += pace->refusals_in_row < 2;
    pace->stretch_refusals++;
    if (!pace->is_event_heeded && shows_limit(pace, now_ms, previous_event_ms, retry_after_ms))
        heed_limit(pace, now_ms, retry_after_ms);
}

void pace_timed_out(struct pace *pace, int64_t now_ms, int64_t started_ms)
{
    halve_window(pace, bounded_ms(now_ms), started_ms);
}
