#include "fetch/request/server_rate.h"

enum {
    SECOND_MS = 1000,
    SECOND_US = 1000 * 1000,
    MARGIN_PERCENT = 3,                /* below the limit */
    SLACK_US = 10 * 1000,              /* is made up for: still below the limit */
    INTERVAL_US_MAX = 10 * SECOND_US,  /* of a rate that was found out */
    PATIENCE_FIRST_MS = 4 * SECOND_MS, /* four times as long after each raise that was refused */
    PATIENCE_MS_MAX = 160 * SECOND_MS,
    STEP_FIRST_PERCENT = 5, /* doubled while no raise is refused */
    STEP_SMALL_PERCENT = 10,
    STEP_PERCENT_MAX = 100,
    USED_PERCENT = 80,           /* a rate that is used less is not tested, so not raised */
    RELATED_MS = 10 * SECOND_MS, /* a raise is tested for so long */
    OFTEN_LEAST = 3,             /* refusals that make up a share */
    TRIED_FAILURES = 10,         /* a cut is tried on as many answers as had so many before, … */
    TRIED_MAX = 200,             /* … or on so many */
    TRIED_LEAST = 8,
    SHOWN_LEAST = 8, /* successes in a second that show a limit at once */
    TRIED_ALL = 24,  /* as many if the server failed everybody */
};

static const double share_often = 0.03;
static const double share_rises = 1.5;
static const double share_failing = 0.6; /* at least, of a server that fails everybody */

static int64_t min_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t max_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static double rate_of_interval(int64_t interval_us)
{
    return (double)SECOND_US / (double)interval_us;
}

static int64_t interval_of_rate(double rate)
{
    double interval_us = SECOND_US / rate;
    return interval_us >= INTERVAL_US_MAX ? INTERVAL_US_MAX : (int64_t)interval_us + 1;
}

struct server_rate server_rate_begin(int64_t now_ms)
{
    return (struct server_rate){
        .spacing.due_us = now_ms * 1000,
        .begun_ms = now_ms,
        .patience_ms = PATIENCE_FIRST_MS,
        .step_percent = STEP_FIRST_PERCENT,
        .stretch_ms = now_ms,
        .successes = last_second_begin(now_ms),
    };
}

void server_rate_started(struct server_rate *rate, int64_t now_us)
{
    start_spacing_use(&rate->spacing, now_us, SLACK_US);
    rate->tickets++;
}

/* From then on the rate is what it is now. */
static void settle(struct server_rate *rate, int64_t from_ms)
{
    rate->changed_ticket = rate->tickets;
    rate->spacing.due_us = max_of(rate->spacing.due_us, from_ms * 1000);
    rate->proven_us = 0;
    rate->step_percent = STEP_FIRST_PERCENT;
    rate->raised_ms = from_ms;
    rate->stretch_ms = from_ms;
    rate->stretch_successes = 0;
    rate->stretch_failures = 0;
    rate->stretch_refusals = 0;
}

/* The cut is no cure if more than `share_most` of the answers fail since. */
static void cut_to(struct server_rate *rate, double target, int tried_most, double share_most)
{
    rate->is_tried = true;
    rate->tried_most = tried_most;
    rate->share_most = share_most;
    rate->before_us = rate->spacing.interval_us;
    rate->tried = 0;
    rate->tried_failures = 0;
    rate->spacing.interval_us = interval_of_rate(target);
}

static double below(double limit)
{
    return limit * (100 - MARGIN_PERCENT) / 100;
}

/* Just below what the server let pass in the last second. What failed by chance has passed, too;
   but a few of those failures may be refusals of the limit. */
static double borne_of_second(struct server_rate *rate, int64_t now_ms, double chance)
{
    const double unsure = 0.05;
    const double most = 0.5;
    double passed = chance < unsure ? 0 : chance - unsure < most ? chance - unsure : most;
    return below(last_second_sum(&rate->successes, now_ms)) / (1 - passed);
}

/* The next rate to try when the server refuses the present one, which was not raised. If it did so
   for a second, the server counts in another way: most of the way down to what it has answered on
   average, waits included. */
static double lower_rate(struct server_rate *rate, int64_t now_ms, int64_t hold_until_ms,
                         double borne)
{
    double refused = rate_of_interval(rate->spacing.interval_us);
    double target = borne;
    if (now_ms - rate->stretch_ms >= SECOND_MS) {
        double stretch_s = (double)(hold_until_ms - rate->stretch_ms) / SECOND_MS;
        double average = (double)rate->stretch_successes / stretch_s;
        target = average + (refused - average) / 4;
    }
    double most = below(refused);
    double least = refused / 2;
    return target > most ? most : target < least ? least : target;
}

/* Takes the cut back. Returns the share that fails whatever the rate is. */
static double take_cut_back(struct server_rate *rate, int64_t now_ms)
{
    double share = (double)rate->tried_failures / rate->tried;
    rate->is_tried = false;
    rate->share_borne = share * share_rises;
    rate->spacing.interval_us = rate->before_us;
    settle(rate, now_ms);
    return share;
}

/* Judges the cut when enough has been seen. Returns the share that fails by chance if it was no
   cure, else 0. */
static double judge_cut(struct server_rate *rate, int64_t now_ms)
{
    if (rate->tried_failures > 1 && rate->tried_failures > rate->share_most * rate->tried_most)
        return take_cut_back(rate, now_ms);
    if (rate->tried >= rate->tried_most)
        rate->is_tried = false;
    return 0;
}

/* Whether the speed is bounded by the rate, and not by latency. */
static bool is_used(struct server_rate *rate, int64_t now_ms, double chance)
{
    double used = last_second_sum(&rate->successes, now_ms);
    double full = rate_of_interval(rate->spacing.interval_us) * (1 - chance);
    return used >= full * USED_PERCENT / 100 - 1; /* one less: a slow rate makes few a second */
}

/* How long a rate is used before it is raised. Where the server counts by its clock, it takes two
   seconds until one of its own has been all of that rate. */
static int64_t patience_of(const struct server_rate *rate)
{
    if (rate->step_percent == STEP_FIRST_PERCENT)
        return rate->patience_ms;
    return rate->step_percent > STEP_SMALL_PERCENT ? SECOND_MS : 2 * SECOND_MS;
}

static void raise_rate(struct server_rate *rate, int64_t now_ms, double chance)
{
    if (rate->spacing.interval_us == 0 || rate->is_tried ||
        now_ms - rate->raised_ms < patience_of(rate) || !is_used(rate, now_ms, chance))
        return;
    rate->proven_us = rate->spacing.interval_us;
    rate->spacing.interval_us =
        max_of(rate->spacing.interval_us * 100 / (100 + rate->step_percent), 1);
    rate->raised_percent = rate->step_percent;
    rate->step_percent = (int)min_of((int64_t)rate->step_percent * 2, STEP_PERCENT_MAX);
    rate->raised_ms = now_ms;
    rate->changed_ticket = rate->tickets;
    rate->raise_answers = 0;
    rate->raise_failures = 0;
}

/* Whether a request says something of the rate as it is now: it started since that was set. While a
   raise is tried, the others say how it was before. */
static bool is_of_rate(const struct server_rate *rate, int64_t ticket)
{
    return ticket > rate->changed_ticket;
}

void server_rate_succeeded(struct server_rate *rate, int64_t now_ms, int64_t ticket, double chance)
{
    bool is_new = is_of_rate(rate, ticket);
    last_second_count(&rate->successes, now_ms);
    rate->stretch_successes += is_new || rate->proven_us > 0;
    rate->raise_answers += is_new;
    if (rate->is_tried && is_new) {
        rate->tried++;
        judge_cut(rate, now_ms);
    }
    raise_rate(rate, now_ms, chance);
}

/* A failure that comes later has another cause. */
static bool is_raise_tested(const struct server_rate *rate, int64_t now_ms)
{
    return rate->proven_us > 0 && now_ms - rate->raised_ms < RELATED_MS;
}

/* The share that failed since the rate was cut, before it was raised last. */
static double share_before_raise(const struct server_rate *rate)
{
    int64_t failures = rate->stretch_failures - rate->raise_failures;
    int64_t answers = rate->stretch_successes + rate->stretch_failures - rate->raise_answers;
    return answers > 0 ? (double)failures / (double)answers : 0;
}

/* If the limit is exceeded by the step, as large a share fails in addition: half of that shows it.
   One refusal is enough if none failed before, as it costs little to take a raise back. */
static bool is_raise_refused(const struct server_rate *rate, int64_t now_ms)
{
    const double rare = 0.005;
    const double luck = 1.5;
    const double plain = 0.1;
    double share = share_before_raise(rate);
    double step = rate->raised_percent / (100.0 + rate->raised_percent);
    double share_most = share + (step / 2 < plain ? step / 2 : plain);
    double most = share > rare ? share_most * rate->raise_answers + luck : 0;
    return is_raise_tested(rate, now_ms) && rate->raise_failures > most;
}

/* What it was before may be too high as well, if nothing showed it. */
static void take_raise_back(struct server_rate *rate, int64_t now_ms, int64_t from_ms)
{
    int64_t proven_us = rate->proven_us + rate->proven_us / 100;
    int64_t borne_us = interval_of_rate(borne_of_second(rate, now_ms, share_before_raise(rate)));
    rate->spacing.interval_us = max_of(proven_us, min_of(borne_us, proven_us * 5 / 4));
    rate->patience_ms = min_of(rate->patience_ms * 4, PATIENCE_MS_MAX);
    settle(rate, from_ms);
}

/* Whether the server refuses a few of many, and more than it does whatever the rate. */
static bool is_refused_often(const struct server_rate *rate, int64_t now_ms, double *share)
{
    *share =
        (double)rate->stretch_failures / (double)(rate->stretch_successes + rate->stretch_failures);
    return !is_raise_tested(rate, now_ms) && now_ms - rate->begun_ms >= SECOND_MS &&
           now_ms - rate->stretch_ms >= SECOND_MS && rate->stretch_refusals >= OFTEN_LEAST &&
           *share > share_often && *share > rate->share_borne;
}

/* Whether what was answered in the last second was answered all over it. */
static bool is_busy(struct server_rate *rate, int64_t now_ms)
{
    int successes = last_second_sum(&rate->successes, now_ms);
    return successes >= SHOWN_LEAST && last_second_older(&rate->successes, now_ms) * 3 >= successes;
}

double server_rate_failed(struct server_rate *rate, int64_t now_ms, int64_t ticket, bool is_refused)
{
    double share;
    bool is_new = is_of_rate(rate, ticket);
    if (!is_new && rate->proven_us == 0)
        return 0;
    rate->stretch_failures++;
    rate->stretch_refusals += is_refused;
    rate->raise_answers += is_new;
    rate->raise_failures += is_new;
    if (rate->is_tried) {
        rate->tried++;
        rate->tried_failures++;
        return judge_cut(rate, now_ms);
    }
    if (is_refused && is_raise_refused(rate, now_ms)) {
        take_raise_back(rate, now_ms, now_ms);
    } else if (is_refused && is_refused_often(rate, now_ms, &share)) {
        double most = TRIED_FAILURES / share;
        if (is_busy(rate, now_ms))
            cut_to(rate, borne_of_second(rate, now_ms, 0), most < TRIED_MAX ? (int)most : TRIED_MAX,
                   share / 2);
        settle(rate, now_ms);
    }
    return 0;
}

/* Whether as many fail since the cut as before it. */
static bool is_cut_useless(const struct server_rate *rate)
{
    return rate->is_tried && rate->tried >= TRIED_LEAST &&
           rate->tried_failures > rate->share_most * rate->tried;
}

/* A limit of nothing is none. So few successes may be the beginning of an outage: if the server has
   a limit so low, it soon shows it again. */
static bool is_limit_shown(struct server_rate *rate, int64_t now_ms)
{
    int successes = last_second_sum(&rate->successes, now_ms);
    bool is_shown = successes >= SHOWN_LEAST ||
                    (successes > 0 && rate->has_hint && now_ms - rate->hint_ms < RELATED_MS);
    rate->has_hint = true;
    rate->hint_ms = now_ms;
    return is_shown;
}

double server_rate_cut(struct server_rate *rate, int64_t now_ms, int64_t hold_until_ms,
                       double chance)
{
    double share_most = (share_failing + chance) / 2;
    double borne = borne_of_second(rate, now_ms, chance);
    double learned = 0;
    if (is_cut_useless(rate))
        learned = take_cut_back(rate, now_ms);
    else if (rate->proven_us > 0)
        take_raise_back(rate, now_ms, hold_until_ms);
    else if (rate->spacing.interval_us == 0 && is_limit_shown(rate, now_ms))
        cut_to(rate, borne, TRIED_ALL, share_most);
    else if (rate->spacing.interval_us > 0 && rate->stretch_successes > 0)
        cut_to(rate, lower_rate(rate, now_ms, hold_until_ms, borne), TRIED_ALL, share_most);
    settle(rate, hold_until_ms);
    return learned;
}

void server_rate_outage(struct server_rate *rate, int64_t hold_until_ms)
{
    if (rate->is_tried)
        rate->spacing.interval_us = rate->before_us;
    rate->is_tried = false;
    rate->has_hint = false;
    settle(rate, hold_until_ms);
}
