#include "limiter_simulation.h"

#include "fetch/request/retry.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

enum { SECOND_US = 1000000, MS_US = 1000, SERVICE_US = 500 /* of one request after another */ };

struct page {
    enum { PAGE_FREE, PAGE_WAITING, PAGE_IN_FLIGHT } state;
    int number;
    int attempts;
    int64_t ticket;
    int64_t due_us; /* of the next attempt, or of the answer */
    enum attempt_end end;
};

struct run {
    const struct server *server;
    const struct client *client;
    struct rate_limiter limiter;
    struct page slots[SIMULATION_CONNECTIONS_MAX];
    struct page waiting[SIMULATION_WAITING_MAX];
    int opened; /* pages */
    int done;
    int64_t now_us;
    uint32_t dice;
    struct outcome outcome;

    /* the server's */
    int64_t allowed_us[SIMULATION_REQUESTS_MAX];
    int allowed;
    double tokens;
    int64_t filled_us;
    int64_t free_us; /* when it has served all that came */
    int asked;
    int64_t started_us[SIMULATION_REQUESTS_MAX];
};

static double draw(struct run *run)
{
    run->dice = run->dice * 1664525U + 1013904223U;
    return (double)(run->dice >> 8) / 16777216.0;
}

static int64_t oldest_us(const struct run *run)
{
    return run->allowed_us[run->allowed - run->server->limit];
}

static bool fits_fixed(const struct run *run, int64_t at_us)
{
    int64_t phase_us = run->server->phase_ms * MS_US;
    return (oldest_us(run) + phase_us) / SECOND_US < (at_us + phase_us) / SECOND_US;
}

static bool fits_bucket(struct run *run, int64_t at_us)
{
    double burst = run->server->limit / 4.0;
    run->tokens += (double)(at_us - run->filled_us) * run->server->limit / SECOND_US;
    run->filled_us = at_us;
    if (run->tokens > burst)
        run->tokens = burst;
    if (run->tokens < 1)
        return false;
    run->tokens -= 1;
    return true;
}

static bool allow(struct run *run, int64_t at_us)
{
    const struct server *server = run->server;
    bool fits = true;
    if (server->limit > 0 && server->kind == LIMIT_BUCKET)
        fits = fits_bucket(run, at_us);
    else if (server->limit > 0 && run->allowed >= server->limit)
        fits = server->kind == LIMIT_FIXED ? fits_fixed(run, at_us)
                                           : oldest_us(run) <= at_us - SECOND_US;
    if (fits)
        run->allowed_us[run->allowed++] = at_us;
    return fits;
}

static bool has_mishap(struct run *run, const struct page *page)
{
    const struct server *server = run->server;
    bool by_count = server->mishap_every > 0 && run->asked % server->mishap_every == 0;
    bool by_page = server->fails_once_of > 0 && page->attempts == 1 &&
                   page->number % server->fails_once_of < server->fails_once;
    return by_count || by_page || draw(run) < server->chance;
}

static bool is_down(const struct server *server, int64_t at_us)
{
    return at_us >= server->down_from_ms * MS_US && at_us < server->down_until_ms * MS_US;
}

/* As the sandbox: the limit stands in front of what may fail. */
static enum attempt_end serve(struct run *run, const struct page *page, int64_t at_us)
{
    run->asked++;
    if (!allow(run, at_us)) {
        run->outcome.refused++;
        return ATTEMPT_REFUSED;
    }
    bool down = is_down(run->server, at_us);
    if (!down && !has_mishap(run, page))
        return ATTEMPT_SUCCEEDED;
    run->outcome.failed++;
    run->outcome.in_outage += down;
    return ATTEMPT_REFUSED;
}

static int64_t now_ms(const struct run *run)
{
    return run->now_us / MS_US;
}

static int count(const struct page *pages, int room, int state)
{
    int sum = 0;
    for (int i = 0; i < room; i++)
        sum += pages[i].state == (unsigned)state;
    return sum;
}

static int64_t limiter_wait(const struct run *run)
{
    int in_flight = count(run->slots, run->client->connections, PAGE_IN_FLIGHT);
    return rate_limiter_wait_ms(&run->limiter, now_ms(run), in_flight);
}

static void start(struct run *run, const struct page *page)
{
    struct page *slot = run->slots;
    while (slot->state != PAGE_FREE)
        slot++;
    assert_true(run->outcome.started < SIMULATION_REQUESTS_MAX);
    *slot = *page;
    slot->state = PAGE_IN_FLIGHT;
    slot->attempts++;
    slot->ticket = rate_limiter_started(&run->limiter, now_ms(run));
    run->free_us = (run->free_us > run->now_us ? run->free_us : run->now_us) + SERVICE_US;
    slot->end = serve(run, slot, run->free_us);
    slot->due_us = run->free_us + run->server->latency_ms * MS_US;
    run->started_us[run->outcome.started++] = run->now_us;
}

/* The page that has been due for longest; NULL: none is. */
static struct page *earliest_waiting(struct run *run)
{
    struct page *earliest = NULL;
    for (int i = 0; i < SIMULATION_WAITING_MAX; i++) {
        struct page *page = &run->waiting[i];
        if (page->state == PAGE_WAITING && (!earliest || page->due_us < earliest->due_us))
            earliest = page;
    }
    return earliest;
}

/* The first page comes alone. */
static bool may_open(const struct run *run)
{
    return run->opened < run->client->pages && (run->done > 0 || run->opened == 0) &&
           count(run->waiting, SIMULATION_WAITING_MAX, PAGE_WAITING) + run->client->connections <
               SIMULATION_WAITING_MAX;
}

static void start_pages(struct run *run)
{
    while (count(run->slots, run->client->connections, PAGE_FREE) > 0 && limiter_wait(run) == 0) {
        struct page *again = earliest_waiting(run);
        if (again && again->due_us <= run->now_us) {
            struct page page = *again;
            again->state = PAGE_FREE;
            start(run, &page);
        } else if (may_open(run)) {
            start(run, &(struct page){.number = run->opened++});
        } else {
            break;
        }
    }
}

static void put_off(struct run *run, const struct page *page, int64_t retry_after_ms)
{
    struct page *place = run->waiting;
    while (place->state != PAGE_FREE)
        place++;
    *place = *page;
    place->state = PAGE_WAITING;
    int attempts =
        page->attempts < 4 ? page->attempts : 4; /* an outage is no fault of the page's */
    place->due_us = run->now_us + MS_US * retry_wait_ms(FAILURE_PASSING, attempts, INT32_MAX,
                                                        retry_after_ms, draw(run));
}

static void end(struct run *run, struct page *slot)
{
    struct page page = *slot;
    int64_t retry_after_ms = page.end == ATTEMPT_REFUSED ? run->server->retry_after_ms : 0;
    slot->state = PAGE_FREE;
    if (page.end == ATTEMPT_SUCCEEDED)
        run->done++;
    else
        put_off(run, &page, retry_after_ms);
    if (page.end == ATTEMPT_SUCCEEDED || !run->client->is_blind)
        rate_limiter_ended(&run->limiter, now_ms(run), page.ticket, page.end, retry_after_ms);
    else
        rate_limiter_ended(&run->limiter, now_ms(run), page.ticket, ATTEMPT_OTHER, 0);
}

static struct page *next_answer(struct run *run)
{
    struct page *next = NULL;
    for (int i = 0; i < run->client->connections; i++) {
        struct page *slot = &run->slots[i];
        if (slot->state == PAGE_IN_FLIGHT && (!next || slot->due_us < next->due_us))
            next = slot;
    }
    return next;
}

/* When something can happen at the earliest. The limiter sees whole milliseconds. */
static int64_t next_moment(struct run *run)
{
    const struct page *answer = next_answer(run);
    const struct page *again = earliest_waiting(run);
    int64_t next_us = answer ? answer->due_us : INT64_MAX;
    int64_t wait_ms = limiter_wait(run);
    if (count(run->slots, run->client->connections, PAGE_FREE) == 0 || wait_ms < 0)
        return next_us;
    int64_t allowed_us = wait_ms > 0 ? (now_ms(run) + wait_ms) * MS_US : run->now_us;
    int64_t due_us = may_open(run) ? run->now_us : again ? again->due_us : INT64_MAX;
    if (due_us < allowed_us)
        due_us = allowed_us;
    return due_us > run->now_us && due_us < next_us ? due_us : next_us;
}

static void count_most_in_second(struct run *run)
{
    int from = 0;
    for (int i = 0; i < run->outcome.started; i++) {
        while (run->started_us[i] - run->started_us[from] >= SECOND_US)
            from++;
        if (i - from + 1 > run->outcome.most_in_second)
            run->outcome.most_in_second = i - from + 1;
    }
}

/* Answers come one by one, and what may start does so after each. */
struct outcome simulate(const struct server *server, const struct client *client)
{
    struct run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    run->server = server;
    run->client = client;
    run->dice = client->seed * 2654435761U + 1;
    run->tokens = server->limit / 4.0;
    run->limiter = rate_limiter_begin(client->connections, client->rate, 0);
    start_pages(run);
    while (run->done < client->pages) {
        int64_t next_us = next_moment(run);
        assert_true(next_us != INT64_MAX);
        run->now_us = next_us;
        struct page *answer = next_answer(run);
        while (answer && answer->due_us <= run->now_us) {
            end(run, answer);
            start_pages(run);
            answer = next_answer(run);
        }
        start_pages(run);
    }
    run->outcome.took_ms = now_ms(run);
    count_most_in_second(run);
    struct outcome outcome = run->outcome;
    free(run);
    return outcome;
}

int64_t simulate_ideal_ms(const struct server *server, const struct client *client)
{
    struct client knowing = *client;
    knowing.is_blind = true;
    knowing.rate = server->limit;
    return simulate(server, &knowing).took_ms;
}
