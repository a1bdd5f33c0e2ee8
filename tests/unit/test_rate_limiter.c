/* The rate limiter: tables for single steps, and simulated servers for whole runs. */
#include "fetch/request/rate_limiter.h"
#include "fetch/request/retry.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

/* ---- one step at a time ---- */

enum act { START, SUCCESS, REFUSAL, TIME_OUT };

struct step {
    enum act act;
    int64_t now_ms;
    int64_t started_ms;
    int64_t retry_after_ms;
};

struct step_case {
    const char *what;
    int connections;
    double rate;
    struct step steps[12];
    int step_count;
    int64_t now_ms;
    int in_flight;
    int64_t expected_wait_ms;
};

static const struct step_case step_cases[] = {
    {"begin", 8, 0, {{0}}, 0, 0, 0, 0},
    {"not yet full", 8, 0, {{0}}, 0, 0, 7, 0},
    {"full", 8, 0, {{0}}, 0, 0, 8, RATE_LIMITER_FULL},
    {"one connection", 1, 0, {{0}}, 0, 0, 1, RATE_LIMITER_FULL},
    {"opening", 32, 0, {{0}}, 0, 0, 8, RATE_LIMITER_FULL},
    {"opening, three answers",
     32,
     0,
     {{SUCCESS, 0, 0, 0}, {SUCCESS, 0, 0, 0}, {SUCCESS, 0, 0, 0}},
     3,
     0,
     8,
     RATE_LIMITER_FULL},
    {"opening, four answers",
     32,
     0,
     {{SUCCESS, 0, 0, 0}, {SUCCESS, 0, 0, 0}, {SUCCESS, 0, 0, 0}, {SUCCESS, 0, 0, 0}},
     4,
     0,
     8,
     0},
    {"halved by a refusal", 8, 0, {{REFUSAL, 50, 0, 0}}, 1, 50, 4, RATE_LIMITER_FULL},
    {"halved by a refusal, below", 8, 0, {{REFUSAL, 50, 0, 0}}, 1, 50, 3, 0},
    {"halved by a time-out", 8, 0, {{TIME_OUT, 50, 0, 0}}, 1, 50, 4, RATE_LIMITER_FULL},
    {"halved, odd", 5, 0, {{TIME_OUT, 50, 0, 0}}, 1, 50, 2, RATE_LIMITER_FULL},
    {"halved once for what was in flight",
     8,
     0,
     {{TIME_OUT, 50, 0, 0}, {TIME_OUT, 60, 40, 0}, {TIME_OUT, 70, 50, 0}},
     3,
     70,
     3,
     0},
    {"halved again by a later one",
     8,
     0,
     {{TIME_OUT, 50, 0, 0}, {TIME_OUT, 60, 51, 0}},
     2,
     70,
     2,
     RATE_LIMITER_FULL},
    {"never below one",
     8,
     0,
     {{TIME_OUT, 10, 0, 0}, {TIME_OUT, 20, 11, 0}, {TIME_OUT, 30, 21, 0}, {TIME_OUT, 40, 31, 0}},
     4,
     40,
     0,
     0},
    {"grows by one for as many answers",
     4,
     0,
     {{TIME_OUT, 10, 0, 0}, {SUCCESS, 20, 0, 0}, {SUCCESS, 20, 0, 0}},
     3,
     20,
     2,
     0},
    {"does not grow for less",
     4,
     0,
     {{TIME_OUT, 10, 0, 0}, {SUCCESS, 20, 0, 0}},
     2,
     20,
     2,
     RATE_LIMITER_FULL},
    {"not beyond what is allowed",
     2,
     0,
     {{SUCCESS, 0, 0, 0},
      {SUCCESS, 0, 0, 0},
      {SUCCESS, 0, 0, 0},
      {SUCCESS, 0, 0, 0},
      {SUCCESS, 0, 0, 0},
      {SUCCESS, 0, 0, 0}},
     6,
     0,
     2,
     RATE_LIMITER_FULL},
    {"all wait", 8, 0, {{REFUSAL, 50, 0, 2000}}, 1, 60, 0, 1990},
    {"all wait, over", 8, 0, {{REFUSAL, 50, 0, 2000}}, 1, 2050, 0, 0},
    {"all wait, the longer",
     8,
     0,
     {{REFUSAL, 50, 0, 2000}, {REFUSAL, 60, 0, 1000}},
     2,
     60,
     0,
     1990},
    {"a single refusal is a mishap", 8, 0, {{REFUSAL, 50, 0, 0}}, 1, 50, 0, 0},
    {"two in a row are not", 8, 0, {{REFUSAL, 50, 0, 0}, {REFUSAL, 50, 0, 0}}, 2, 50, 0, 1000},
    {"two with a success between them are",
     8,
     0,
     {{REFUSAL, 50, 0, 0}, {SUCCESS, 50, 0, 0}, {REFUSAL, 50, 0, 0}},
     3,
     50,
     0,
     0},
    {"refused again after the wait",
     8,
     0,
     {{REFUSAL, 50, 0, 0}, {REFUSAL, 50, 0, 0}, {REFUSAL, 1060, 1050, 0}},
     3,
     1060,
     0,
     2000},
    {"rate, at first", 8, 10, {{0}}, 0, 0, 0, 0},
    {"rate, spaced", 8, 10, {{START, 0, 0, 0}}, 1, 0, 1, 100},
    {"rate, partly waited", 8, 10, {{START, 0, 0, 0}}, 1, 30, 1, 70},
    {"rate, lost time is lost", 8, 10, {{START, 550, 0, 0}}, 1, 550, 1, 100},
    {"rate, a fraction", 8, 0.5, {{START, 0, 0, 0}}, 1, 0, 1, 2000},
    {"rate, tiny", 8, 1e-300, {{START, 0, 0, 0}}, 1, 0, 1, 1000 * 1000 * 1000},
    {"rate, huge", 8, 1e300, {{START, 0, 0, 0}}, 1, 1, 1, 0},
    {"rate, negative", 8, -1, {{START, 0, 0, 0}}, 1, 0, 1, 0},
};

static void take_step(struct rate_limiter *limiter, const struct step *step)
{
    switch (step->act) {
    case START:
        rate_limiter_started(limiter, step->now_ms);
        break;
    case SUCCESS:
        rate_limiter_succeeded(limiter, step->now_ms);
        break;
    case REFUSAL:
        rate_limiter_refused(limiter, step->now_ms, step->started_ms, step->retry_after_ms);
        break;
    case TIME_OUT:
        rate_limiter_timed_out(limiter, step->now_ms, step->started_ms);
        break;
    }
}

static void test_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(step_cases); i++) {
        const struct step_case *c = &step_cases[i];
        struct rate_limiter limiter = rate_limiter_begin(c->connections, c->rate, 0);
        for (int j = 0; j < c->step_count; j++)
            take_step(&limiter, &c->steps[j]);
        int64_t wait_ms = rate_limiter_wait_ms(&limiter, c->now_ms, c->in_flight);
        if (wait_ms != c->expected_wait_ms)
            fail_msg("%s: %lld ms", c->what, (long long)wait_ms);
    }
}

/* ---- the ends of the range ---- */

static const int64_t extremes[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};

static void take_extremes(struct rate_limiter *limiter, int64_t now_ms, int64_t other_ms)
{
    for (int act = START; act <= TIME_OUT; act++) {
        struct step step = {(enum act)act, now_ms, other_ms, other_ms};
        take_step(limiter, &step);
        take_step(limiter, &step);
        int64_t wait_ms = rate_limiter_wait_ms(limiter, other_ms, 0);
        if (wait_ms < 0)
            fail_msg("%lld, %lld: %lld ms", (long long)now_ms, (long long)other_ms,
                     (long long)wait_ms);
        assert_int_equal(rate_limiter_wait_ms(limiter, other_ms, INT32_MAX), RATE_LIMITER_FULL);
    }
}

static void test_extremes(void **state)
{
    (void)state;
    static const double rates[] = {0, 1e-300, 1, 1e300};
    for (size_t i = 0; i < COUNT(extremes) * COUNT(rates); i++) {
        struct rate_limiter limiter =
            rate_limiter_begin(1, rates[i % COUNT(rates)], extremes[i / COUNT(rates)]);
        for (size_t j = 0; j < COUNT(extremes) * COUNT(extremes); j++)
            take_extremes(&limiter, extremes[j / COUNT(extremes)], extremes[j % COUNT(extremes)]);
    }
}

/* ---- whole runs ---- */

enum { CONNECTIONS_MAX = 32, REQUESTS_MAX = 8000, SECOND_MS = 1000 };

enum limiter {
    SLIDING, /* so many in any second */
    FIXED,   /* so many in each second by the clock */
    BUCKET,  /* a quarter of a second's at once, the rest evenly */
};

struct server {
    enum limiter limiter;
    int limit; /* requests a second; 0: any number */
    int64_t retry_after_ms;
    int64_t latency_ms;
    int64_t phase_ms; /* how far its second has come when the run begins */
    int mishap_every; /* one request in so many is refused for no reason; 0: none */
    int64_t allowed_ms[REQUESTS_MAX];
    int allowed;
    double tokens;
    int64_t filled_ms;
    int asked;
};

struct slot {
    enum { FREE, WAITING, IN_FLIGHT } state;
    int attempts;
    int64_t started_ms;
    int64_t due_ms; /* of the next attempt, or of the answer */
    bool refused;
};

struct run {
    struct server server;
    struct rate_limiter limiter;
    int connections;
    int pages; /* still to be asked for */
    int done;
    struct slot slots[CONNECTIONS_MAX];
    int64_t now_ms;
    int64_t started_ms[REQUESTS_MAX];
    int started;
    int refused;
    int attempts_max;
    uint32_t chance;
};

static double draw(struct run *run)
{
    run->chance = run->chance * 1664525U + 1013904223U;
    return (double)run->chance / 4294967296.0;
}

static bool fits_sliding(const struct server *server, int64_t now_ms)
{
    return server->allowed < server->limit ||
           server->allowed_ms[server->allowed - server->limit] <= now_ms - SECOND_MS;
}

static bool fits_fixed(const struct server *server, int64_t now_ms)
{
    int64_t second = (now_ms + server->phase_ms) / SECOND_MS;
    return server->allowed < server->limit ||
           (server->allowed_ms[server->allowed - server->limit] + server->phase_ms) / SECOND_MS <
               second;
}

static bool fits_bucket(struct server *server, int64_t now_ms)
{
    double burst = server->limit / 4.0;
    server->tokens += (double)(now_ms - server->filled_ms) * server->limit / SECOND_MS;
    server->filled_ms = now_ms;
    if (server->tokens > burst)
        server->tokens = burst;
    if (server->tokens < 1)
        return false;
    server->tokens -= 1;
    return true;
}

static bool allow(struct server *server, int64_t now_ms)
{
    server->asked++;
    if (server->mishap_every > 0 && server->asked % server->mishap_every == 0)
        return false;
    bool fits = true;
    if (server->limit > 0 && server->limiter == SLIDING)
        fits = fits_sliding(server, now_ms);
    else if (server->limit > 0 && server->limiter == FIXED)
        fits = fits_fixed(server, now_ms);
    else if (server->limit > 0)
        fits = fits_bucket(server, now_ms);
    if (fits)
        server->allowed_ms[server->allowed++] = now_ms;
    return fits;
}

static int count_under_way(const struct run *run)
{
    int count = 0;
    for (int i = 0; i < run->connections; i++)
        count += run->slots[i].state == IN_FLIGHT;
    return count;
}

static void start_slot(struct run *run, struct slot *slot)
{
    assert_true(run->started < REQUESTS_MAX);
    if (slot->state == FREE) {
        *slot = (struct slot){0};
        run->pages--;
    }
    slot->state = IN_FLIGHT;
    slot->attempts++;
    if (slot->attempts > run->attempts_max)
        run->attempts_max = slot->attempts;
    slot->started_ms = run->now_ms;
    slot->refused = !allow(&run->server, run->now_ms);
    slot->due_ms = run->now_ms + run->server.latency_ms;
    run->started_ms[run->started++] = run->now_ms;
    rate_limiter_started(&run->limiter, run->now_ms);
}

/* As a client does: what is due again, and further pages once the first has come. */
static void start_slots(struct run *run)
{
    for (int i = 0; i < run->connections; i++) {
        struct slot *slot = &run->slots[i];
        bool is_due = slot->state == WAITING && slot->due_ms <= run->now_ms;
        bool is_new = slot->state == FREE && run->pages > 0 && (run->done > 0 || run->started == 0);
        if (!is_due && !is_new)
            continue;
        if (rate_limiter_wait_ms(&run->limiter, run->now_ms, count_under_way(run)) != 0)
            return;
        start_slot(run, slot);
    }
}

static void end_slot(struct run *run, struct slot *slot)
{
    if (!slot->refused) {
        rate_limiter_succeeded(&run->limiter, run->now_ms);
        slot->state = FREE;
        run->done++;
        return;
    }
    int64_t retry_after_ms = run->server.retry_after_ms;
    rate_limiter_refused(&run->limiter, run->now_ms, slot->started_ms, retry_after_ms);
    run->refused++;
    slot->state = WAITING;
    slot->due_ms = run->now_ms + retry_wait_ms(FAILURE_PASSING, slot->attempts, INT32_MAX,
                                               retry_after_ms, draw(run));
}

/* The earliest answer that is due, or NULL. Of those that come at once, the earliest slot. */
static struct slot *next_answer(struct run *run)
{
    struct slot *next = NULL;
    for (int i = 0; i < run->connections; i++) {
        struct slot *slot = &run->slots[i];
        if (slot->state == IN_FLIGHT && (!next || slot->due_ms < next->due_ms))
            next = slot;
    }
    return next;
}

/* When something can happen at the earliest. */
static int64_t next_moment(struct run *run)
{
    const struct slot *answer = next_answer(run);
    int64_t next_ms = answer ? answer->due_ms : INT64_MAX;
    int64_t wait_ms = rate_limiter_wait_ms(&run->limiter, run->now_ms, count_under_way(run));
    for (int i = 0; i < run->connections; i++) {
        const struct slot *slot = &run->slots[i];
        if (wait_ms < 0 || slot->state == IN_FLIGHT || (slot->state == FREE && run->pages == 0))
            continue;
        int64_t due_ms = slot->state == WAITING ? slot->due_ms : run->now_ms;
        if (due_ms < run->now_ms + wait_ms)
            due_ms = run->now_ms + wait_ms;
        if (due_ms > run->now_ms && due_ms < next_ms)
            next_ms = due_ms;
    }
    assert_true(next_ms != INT64_MAX);
    return next_ms;
}

/* Answers come one by one, and what may start does so after each. */
static void go(struct run *run)
{
    int pages = run->pages;
    start_slots(run);
    while (run->done < pages) {
        run->now_ms = next_moment(run);
        struct slot *answer = next_answer(run);
        while (answer && answer->due_ms <= run->now_ms) {
            end_slot(run, answer);
            start_slots(run);
            answer = next_answer(run);
        }
        start_slots(run);
    }
}

static struct run *run_new(const struct server *server, int connections, double rate, int pages)
{
    struct run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    run->server = *server;
    run->server.tokens = server->limit / 4.0;
    run->connections = connections;
    run->pages = pages;
    run->limiter = rate_limiter_begin(connections, rate, 0);
    go(run);
    return run;
}

/* What the server's limit or its latency dictates. */
static double dictated_ms(const struct server *server, int connections, int pages)
{
    double limit_ms = server->limit > 0 ? 1000.0 * pages / server->limit : 0;
    double latency_ms = (double)server->latency_ms * pages / connections;
    return limit_ms > latency_ms ? limit_ms : latency_ms;
}

struct limit_case {
    struct server server;
    int connections;
    int waits; /* how often the server's own wait may come on top */
    int pages;
};

static void check_limit(const struct limit_case *c)
{
    const struct server *server = &c->server;
    struct run *run = run_new(server, c->connections, 0, c->pages);
    int64_t wait_ms = server->retry_after_ms > 0 ? server->retry_after_ms : SECOND_MS;
    double most_ms = dictated_ms(server, c->connections, c->pages) + (double)(c->waits * wait_ms);
    int refused_max = run->started / 20 > c->connections ? run->started / 20 : c->connections;
    if ((double)run->now_ms > 1.15 * most_ms || run->refused > refused_max)
        fail_msg("limiter %d, %d/s, Retry-After %lld ms, latency %lld ms, phase %lld ms, %d "
                 "connections, %d pages: %lld ms of %.0f, %d of %d refused",
                 server->limiter, server->limit, (long long)server->retry_after_ms,
                 (long long)server->latency_ms, (long long)server->phase_ms, c->connections,
                 c->pages, (long long)run->now_ms, most_ms, run->refused, run->started);
    free(run);
}

static const int page_counts[] = {400, 2000};
static const int64_t latencies_ms[] = {5, 10, 20, 50, 100, 200};

/* Without any allowance for the server's own wait. */
static void test_usual_limit(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(latencies_ms) * COUNT(page_counts); i++) {
        struct limit_case c = {
            .server = {.limit = 40,
                       .retry_after_ms = 1000,
                       .latency_ms = latencies_ms[i / COUNT(page_counts)]},
            .connections = 8,
            .pages = page_counts[i % COUNT(page_counts)],
        };
        check_limit(&c);
    }
}

static void check_latencies(struct limit_case c)
{
    for (size_t i = 0; i < COUNT(latencies_ms) * COUNT(page_counts); i++) {
        c.server.latency_ms = latencies_ms[i / COUNT(page_counts)];
        c.pages = page_counts[i % COUNT(page_counts)];
        check_limit(&c);
    }
}

static void test_sliding_limits(void **state)
{
    (void)state;
    static const int limits[] = {5, 40, 200};
    static const int64_t retry_afters_ms[] = {0, 1000, 2000};
    /* With one connection, the first refusal cannot be told from a mishap. */
    static const struct {
        int connections;
        int waits;
    } clients[] = {{1, 2}, {8, 1}, {32, 1}};
    for (size_t i = 0; i < COUNT(limits) * COUNT(retry_afters_ms) * COUNT(clients); i++) {
        struct limit_case c = {
            .server = {.limit = limits[i % COUNT(limits)],
                       .retry_after_ms =
                           retry_afters_ms[i / COUNT(limits) % COUNT(retry_afters_ms)]},
            .connections = clients[i / COUNT(limits) / COUNT(retry_afters_ms)].connections,
            .waits = clients[i / COUNT(limits) / COUNT(retry_afters_ms)].waits,
        };
        check_latencies(c);
    }
}

static void test_fixed_limit(void **state)
{
    (void)state;
    for (int64_t phase_ms = 0; phase_ms < SECOND_MS; phase_ms += 100) {
        struct limit_case c = {
            .server = {.limiter = FIXED, .limit = 40, .retry_after_ms = 1000, .phase_ms = phase_ms},
            .connections = 8,
            .waits = 4, /* its limit has to be found by trying */
        };
        check_latencies(c);
    }
}

/* A small burst hides how much such a server bears; it takes a while to find out. */
static void test_bucket_limit(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(latencies_ms); i++) {
        struct server server = {
            .limiter = BUCKET, .limit = 40, .retry_after_ms = 1000, .latency_ms = latencies_ms[i]};
        struct run *run = run_new(&server, 8, 0, 2000);
        assert_true((double)run->now_ms < 1.75 * dictated_ms(&server, 8, 2000));
        assert_true(run->refused < run->started / 50);
        free(run);
    }
}

/* Every round trip is used to the full, but for the first page, which comes alone, and beyond
   RATE_LIMITER_OPENING connections for the few that the others take to open. */
static void test_healthy(void **state)
{
    (void)state;
    static const struct {
        int connections;
        int pages;
        int rounds_more;
    } cases[] = {{1, 200, 0},  {2, 200, 0},   {4, 200, 0},   {8, 200, 0},
                 {8, 2000, 0}, {16, 2000, 3}, {32, 2000, 5}, {32, 7000, 5}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct server server = {.latency_ms = 100};
        int connections = cases[i].connections;
        struct run *run = run_new(&server, connections, 0, cases[i].pages);
        int rounds = 1 + (cases[i].pages - 1 + connections - 1) / connections;
        if (run->now_ms > (rounds + cases[i].rounds_more) * server.latency_ms)
            fail_msg("%d connections, %d pages: %lld ms", connections, cases[i].pages,
                     (long long)run->now_ms);
        free(run);
    }
}

/* Refusals without a cause slow a healthy server's reading down, but do not throttle it. */
static void test_mishaps(void **state)
{
    (void)state;
    static const int every[] = {40, 100, 500};
    for (size_t i = 0; i < COUNT(every); i++) {
        struct server server = {.latency_ms = 100, .mishap_every = every[i]};
        struct run *run = run_new(&server, 8, 0, 2000);
        if ((double)run->now_ms > 1.6 * dictated_ms(&server, 8, 2000))
            fail_msg("one in %d: %lld ms", every[i], (long long)run->now_ms);
        free(run);
    }
}

static void check_rate(const struct run *run, double rate)
{
    int most = (int)rate + ((double)(int)rate < rate);
    for (int i = most; i < run->started; i++) {
        if (run->started_ms[i] - run->started_ms[i - most] < SECOND_MS)
            fail_msg("%g/s: more than %d from %lld ms on", rate, most,
                     (long long)run->started_ms[i - most]);
    }
    double least_ms = (run->started - 1) * 1000.0 / rate;
    if ((double)run->now_ms > 1.02 * least_ms + 100)
        fail_msg("%g/s: %lld ms instead of %.0f", rate, (long long)run->now_ms, least_ms);
}

static void test_rates(void **state)
{
    (void)state;
    static const double rates[] = {0.5, 1, 1.5, 2.5, 3, 7, 16, 40, 97.3, 200, 333, 999};
    for (size_t i = 0; i < COUNT(rates); i++) {
        struct server server = {.latency_ms = 5};
        struct run *run = run_new(&server, 8, rates[i], 2000);
        check_rate(run, rates[i]);
        free(run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),       cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_usual_limit), cmocka_unit_test(test_sliding_limits),
        cmocka_unit_test(test_fixed_limit), cmocka_unit_test(test_bucket_limit),
        cmocka_unit_test(test_healthy),     cmocka_unit_test(test_mishaps),
        cmocka_unit_test(test_rates),
    };
    return cmocka_run_group_tests_name("rate_limiter", tests, NULL, NULL);
}
