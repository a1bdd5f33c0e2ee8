/* The rate limiter: tables for single steps, and simulated servers for whole runs. With --table it
   prints how it does on a grid of servers. */
#include "fetch/request/rate_limiter.h"
#include "fetch/request/retry.h"

#include "limiter_simulation.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

/* ---- one step at a time ---- */

enum act { START, SUCCESS, REFUSAL, FAILURE, OTHER };

/* A letter each: S starts a request; s, r, f and o end the earliest in flight, S s r f o the same
   for the latest. A digit ends the one with that ticket, as the next letter says. */
struct step_case {
    const char *what;
    int connections;
    double rate;
    const char *steps;
    int64_t step_ms; /* passes between two steps */
    int64_t retry_after_ms;
    int in_flight; /* at the end */
    int64_t expected_wait_ms;
};

static const struct step_case step_cases[] = {
    {"begin", 8, 0, "", 0, 0, 0, 0},
    {"not yet full", 8, 0, "", 0, 0, 7, 0},
    {"full", 8, 0, "", 0, 0, 8, RATE_LIMITER_FULL},
    {"one connection", 1, 0, "", 0, 0, 1, RATE_LIMITER_FULL},
    {"opening", 32, 0, "", 0, 0, 8, RATE_LIMITER_FULL},
    {"opening, three answers", 32, 0, "SsSsSs", 0, 0, 8, RATE_LIMITER_FULL},
    {"opening, four answers", 32, 0, "SsSsSsSs", 0, 0, 8, 0},
    {"not beyond what is allowed", 2, 0, "SsSsSsSsSsSs", 0, 0, 2, RATE_LIMITER_FULL},
    {"a failure does not lessen what may be in flight", 8, 0, "SSr2s", 0, 0, 7, 0},
    {"a failure that nobody saw beside it: one by one", 8, 0, "Sr", 0, 0, 0, 0},
    {"one by one, the next is in flight", 8, 0, "SrS", 0, 0, 1, RATE_LIMITER_FULL},
    {"a success since then clears it", 8, 0, "SrSs", 0, 0, 7, 0},
    {"a success from before then does not", 8, 0, "SS2rS1s", 0, 0, 1, RATE_LIMITER_FULL},
    {"contemporaries came before it", 8, 0, "SSS2s3s1rS", 0, 0, 7, 0},
    {"only it waits", 8, 0, "SSS2s3s1r", 0, 5000, 0, 0},
    {"failures of all kinds", 8, 0, "SfSf", 0, 0, 0, 0},
    {"other answers tell nothing", 8, 0, "SoSoSoSoSoSoSo", 0, 0, 7, 0},
    {"all fail", 8, 0, "SrSrSrSr", 0, 0, 0, 1000},
    {"all fail, no refusals", 8, 0, "SfSfSfSf", 0, 0, 0, 1000},
    {"all fail, time is asked for", 8, 0, "SrSrSrSr", 0, 7000, 0, 7000},
    {"all fail, the probe too", 8, 0, "SrSrSrSrSr", 0, 0, 0, 2000},
    {"all fail, five probes too", 8, 0, "SrSrSrSrSrSrSrSrSr", 0, 0, 0, 4000},
    {"all fail, one more from before", 8, 0, "SSSSSrrrrr", 0, 0, 0, 1000},
    {"all failed, one succeeds", 8, 0, "SrSrSrSrSs", 1000, 0, 3, 0},
    {"all failed, and halved", 8, 0, "SrSrSrSrSs", 1000, 0, 4, RATE_LIMITER_FULL},
    {"never below one", 1, 0, "SrSrSrSrSsSrSrSrSrSs", 4000, 0, 0, 0},
    {"rate, at first", 8, 10, "", 0, 0, 0, 0},
    {"rate, spaced", 8, 10, "S", 0, 0, 1, 100},
    {"rate, a fraction", 8, 0.5, "S", 0, 0, 1, 2000},
    {"rate, tiny", 8, 1e-300, "S", 0, 0, 1, 1000 * 1000 * 1000},
    {"rate, huge", 8, 1e300, "S", 0, 0, 1, 1},
    {"rate, negative", 8, -1, "S", 0, 0, 1, 0},
};

static enum attempt_end end_of(char letter)
{
    return letter == 's'   ? ATTEMPT_SUCCEEDED
           : letter == 'r' ? ATTEMPT_REFUSED
           : letter == 'f' ? ATTEMPT_FAILED
                           : ATTEMPT_OTHER;
}

/* Returns the time at which the last step was taken. */
static int64_t take_steps(struct rate_limiter *limiter, const struct step_case *c)
{
    int64_t now_ms = -c->step_ms;
    int64_t earliest = 1;
    for (const char *at = c->steps; *at; at++) {
        int64_t ticket = 0;
        now_ms += c->step_ms;
        if (*at >= '1' && *at <= '9')
            ticket = *at++ - '0';
        if (*at == 'S')
            rate_limiter_started(limiter, now_ms);
        else
            rate_limiter_ended(limiter, now_ms, ticket ? ticket : earliest++, end_of(*at),
                               c->retry_after_ms);
    }
    return now_ms < 0 ? 0 : now_ms;
}

static void test_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(step_cases); i++) {
        const struct step_case *c = &step_cases[i];
        struct rate_limiter limiter = rate_limiter_begin(c->connections, c->rate, 0);
        int64_t now_ms = take_steps(&limiter, c);
        int64_t wait_ms = rate_limiter_wait_ms(&limiter, now_ms, c->in_flight);
        if (wait_ms != c->expected_wait_ms)
            fail_msg("%s: %lld ms", c->what, (long long)wait_ms);
    }
}

/* ---- the ends of the range ---- */

static const int64_t extremes[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};

static void take_extremes(struct rate_limiter *limiter, int64_t now_ms, int64_t other)
{
    for (int act = ATTEMPT_SUCCEEDED; act <= ATTEMPT_OTHER; act++) {
        rate_limiter_started(limiter, now_ms);
        rate_limiter_ended(limiter, now_ms, other, (enum attempt_end)act, other);
        rate_limiter_ended(limiter, now_ms, limiter->tickets, (enum attempt_end)act, other);
        int64_t wait_ms = rate_limiter_wait_ms(limiter, other, 0);
        if (wait_ms < 0 && limiter->gate_in_flight == 0)
            fail_msg("%lld, %lld: %lld ms", (long long)now_ms, (long long)other,
                     (long long)wait_ms);
        assert_int_equal(rate_limiter_wait_ms(limiter, other, INT32_MAX), RATE_LIMITER_FULL);
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

enum { OUTAGES = 20, SEEDS = 4, SEEDS_OF_TABLE = 20, GRID_PAGES = 1000 };

/* Of the runs with every seed; the server's second begins at another moment in each. */
struct score {
    double slower; /* time ÷ ideal, on average */
    double slowest;
    double refused; /* the share refused by the limit, on average */
    double most_refused;
};

static struct score rate_runs(struct server server, int connections, uint32_t seeds)
{
    struct score score = {0};
    for (uint32_t seed = 1; seed <= seeds; seed++) {
        struct client client = {.connections = connections, .pages = GRID_PAGES, .seed = seed};
        server.phase_ms = 1000 / seeds * seed;
        struct outcome outcome = simulate(&server, &client);
        double slower = (double)outcome.took_ms / (double)simulate_ideal_ms(&server, &client);
        double refused = (double)outcome.refused / outcome.started;
        score.slower += slower / seeds;
        score.refused += refused / seeds;
        score.slowest = slower > score.slowest ? slower : score.slowest;
        score.most_refused = refused > score.most_refused ? refused : score.most_refused;
    }
    return score;
}

static const int64_t grid_latencies_ms[] = {0, 5, 50, 200};
static const int grid_chances[] = {0, 1, 5, 20}; /* percent */
static const struct {
    const char *name;
    enum limit_kind kind;
    int limit;
} grid_limits[] = {
    {"none", LIMIT_SLIDING, 0},          {"10/s sliding", LIMIT_SLIDING, 10},
    {"40/s sliding", LIMIT_SLIDING, 40}, {"200/s sliding", LIMIT_SLIDING, 200},
    {"10/s fixed", LIMIT_FIXED, 10},     {"40/s fixed", LIMIT_FIXED, 40},
    {"200/s fixed", LIMIT_FIXED, 200},
};

static struct server server_of_grid(size_t limit, size_t latency, size_t chance)
{
    return (struct server){.kind = grid_limits[limit].kind,
                           .limit = grid_limits[limit].limit,
                           .latency_ms = grid_latencies_ms[latency],
                           .chance = grid_chances[chance] / 100.0};
}

static void print_table(void)
{
    printf("| limit | latency |");
    for (size_t i = 0; i < COUNT(grid_chances); i++)
        printf(" %d %% fail |", grid_chances[i]);
    printf("\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < COUNT(grid_limits) * COUNT(grid_latencies_ms); i++) {
        size_t limit = i / COUNT(grid_latencies_ms);
        size_t latency = i % COUNT(grid_latencies_ms);
        printf("| %s | %lld ms |", grid_limits[limit].name, (long long)grid_latencies_ms[latency]);
        for (size_t chance = 0; chance < COUNT(grid_chances); chance++) {
            struct score score =
                rate_runs(server_of_grid(limit, latency, chance), 8, SEEDS_OF_TABLE);
            printf(" %.2f, %.1f %% |", score.slower, score.refused * 100);
        }
        printf("\n");
    }
}

/* Up to 5 % of chance faults cost little. With 20 % the limiter is at times mistaken, and finds
 * back.
 */
static void test_grid(void **state)
{
    (void)state;
    static const struct {
        double slower;
        double slowest;
        double refused;
    } bounds[COUNT(grid_chances)] = {
        {1.25, 1.5, 0.03}, {1.25, 1.6, 0.04}, {1.45, 2.5, 0.05}, {1.8, 4, 0.15}};
    for (size_t i = 0; i < COUNT(grid_limits) * COUNT(grid_latencies_ms) * COUNT(grid_chances);
         i++) {
        size_t chance = i % COUNT(grid_chances);
        size_t latency = i / COUNT(grid_chances) % COUNT(grid_latencies_ms);
        size_t limit = i / COUNT(grid_chances) / COUNT(grid_latencies_ms);
        struct score score = rate_runs(server_of_grid(limit, latency, chance), 8, SEEDS);
        if (score.slower > bounds[chance].slower || score.slowest > bounds[chance].slowest ||
            score.refused > bounds[chance].refused)
            fail_msg("%s, %lld ms, %d %%: time %.2f of the ideal, at most %.2f; %.1f %% refused",
                     grid_limits[limit].name, (long long)grid_latencies_ms[latency],
                     grid_chances[chance], score.slower, score.slowest, score.refused * 100);
    }
}

/* A limit and no faults: with every number of connections, and whether or not the server says how
   long to wait. The first refusals take a second to sit out. */
static void test_limits(void **state)
{
    (void)state;
    static const int connections[] = {1, 8, 32};
    static const int64_t retry_afters_ms[] = {0, 1000, 2000};
    for (size_t i = 1; i < COUNT(grid_limits); i++) {
        for (size_t j = 0; j < COUNT(connections) * COUNT(retry_afters_ms); j++) {
            struct server server = server_of_grid(i, 1, 0);
            server.retry_after_ms = retry_afters_ms[j % COUNT(retry_afters_ms)];
            struct score score = rate_runs(server, connections[j / COUNT(retry_afters_ms)], SEEDS);
            if (score.slowest > 2.5 || score.most_refused > 0.06)
                fail_msg("%s, Retry-After %lld ms, %d connections: %.2f, %.1f %% refused",
                         grid_limits[i].name, (long long)server.retry_after_ms,
                         connections[j / COUNT(retry_afters_ms)], score.slowest,
                         score.most_refused * 100);
        }
    }
}

/* A small burst hides how much such a server bears; it takes a while to find out. */
static void test_bucket_limit(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(grid_latencies_ms); i++) {
        struct server server = {.kind = LIMIT_BUCKET,
                                .limit = 40,
                                .retry_after_ms = 1000,
                                .latency_ms = grid_latencies_ms[i]};
        struct score score = rate_runs(server, 8, SEEDS);
        if (score.slowest > 1.75 || score.most_refused > 0.07)
            fail_msg("%lld ms: %.2f, %.1f %%", (long long)grid_latencies_ms[i], score.slowest,
                     score.most_refused * 100);
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
        struct client client = {.connections = cases[i].connections, .pages = cases[i].pages};
        struct outcome outcome = simulate(&server, &client);
        int rounds = 1 + (cases[i].pages - 1 + client.connections - 1) / client.connections;
        int64_t most_ms = (rounds + cases[i].rounds_more) * server.latency_ms;
        if (outcome.took_ms > most_ms + most_ms / 5) /* it serves one request after another */
            fail_msg("%d connections, %d pages: %lld ms", client.connections, client.pages,
                     (long long)outcome.took_ms);
    }
}

/* Some pages fail at their first attempt, in whatever order: that is no limit. The time is mostly
   what the server asks for. */
static void test_pages_that_fail_once(void **state)
{
    (void)state;
    static const int of[] = {2, 9, 20};
    for (size_t i = 0; i < COUNT(of); i++) {
        for (int once = 1; once < of[i] && once <= 4; once++) {
            struct server server = {
                .retry_after_ms = 1500, .fails_once_of = of[i], .fails_once = once};
            struct client client = {.connections = 8, .pages = 200, .seed = 1};
            struct outcome outcome = simulate(&server, &client);
            if (outcome.took_ms > 12000)
                fail_msg("%d of %d: %lld ms", once, of[i], (long long)outcome.took_ms);
            assert_int_equal(outcome.failed, outcome.started - client.pages);
        }
    }
}

/* In an outage one request at a time asks whether it is over; afterwards all go on at once. */
static void test_outage(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(grid_latencies_ms) * OUTAGES; i++) {
        int64_t seconds = 1 + (int64_t)i / (int64_t)COUNT(grid_latencies_ms) * 6;
        struct server server = {.latency_ms = grid_latencies_ms[i % COUNT(grid_latencies_ms)],
                                .down_from_ms = i % 3 == 0 ? 0 : 50,
                                .down_until_ms = seconds * 1000};
        struct client client = {.connections = 8, .pages = 200, .seed = (uint32_t)i};
        struct outcome outcome = simulate(&server, &client);
        int64_t healthy_ms = 200 * (server.latency_ms + 8) / 8;
        if (outcome.took_ms > seconds * 1000 + 5500 + 2 * healthy_ms ||
            outcome.in_outage > 16 + seconds / 4)
            fail_msg("%lld s, %lld ms: %lld ms, %d requests in vain", (long long)seconds,
                     (long long)server.latency_ms, (long long)outcome.took_ms, outcome.in_outage);
    }
}

/* What was answered in the second before it began is no limit: the rest comes at full speed. */
static void test_outage_shows_no_limit(void **state)
{
    (void)state;
    struct server server = {.latency_ms = 20, .down_from_ms = 100, .down_until_ms = 10000};
    struct client client = {.connections = 8, .pages = 400, .seed = 1};
    struct outcome outcome = simulate(&server, &client);
    assert_true(outcome.took_ms < server.down_until_ms + 4000 + 3000);
}

/* Half of the pages fail once, eight in a row: those that succeed are in flight beside them. */
static void test_contemporaries_are_awaited(void **state)
{
    (void)state;
    struct server server = {.latency_ms = 200, .fails_once_of = 16, .fails_once = 8};
    struct client client = {.connections = 16, .pages = 400, .seed = 1};
    struct outcome outcome = simulate(&server, &client);
    if (outcome.took_ms > 12000)
        fail_msg("%lld ms", (long long)outcome.took_ms);
}

static void test_rates(void **state)
{
    (void)state;
    static const double rates[] = {0.5, 1, 1.5, 2.5, 3, 7, 16, 40, 97.3, 200, 333, 999};
    for (size_t i = 0; i < COUNT(rates); i++) {
        struct server server = {.latency_ms = 5};
        struct client client = {.connections = 8, .rate = rates[i], .pages = 2000};
        struct outcome outcome = simulate(&server, &client);
        double least_ms = (outcome.started - 1) * 1000.0 / rates[i];
        if (outcome.most_in_second > (int)rates[i] + 1 ||
            (double)outcome.took_ms > 1.02 * least_ms + 100)
            fail_msg("%g/s: %d in a second, %lld ms instead of %.0f", rates[i],
                     outcome.most_in_second, (long long)outcome.took_ms, least_ms);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_grid),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_healthy),
        cmocka_unit_test(test_bucket_limit),
        cmocka_unit_test(test_outage),
        cmocka_unit_test(test_pages_that_fail_once),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_outage_shows_no_limit),
        cmocka_unit_test(test_contemporaries_are_awaited),
    };
    if (argc > 1 && strcmp(argv[1], "--table") == 0) {
        print_table();
        return 0;
    }
    return cmocka_run_group_tests_name("rate_limiter", tests, NULL, NULL);
}
