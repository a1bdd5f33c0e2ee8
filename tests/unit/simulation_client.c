/* The client of a simulated fetch. It does what src/fetch/fetch.c, page_plan.c and the snapshot's
   writer do: it calls the same pure modules in the same order. In the place of the snapshot it has
   a set in memory, which like the snapshot has room for an id once only. */
#include "simulation.h"

#include "fetch/proof/paginator.h"
#include "fetch/proof/passes.h"
#include "fetch/proof/sentinel.h"
#include "fetch/proof/verdict.h"
#include "model/ledger.h"

#include <string.h>

enum { SLOTS_MAX = 8 };

struct request {
    int64_t page; /* 0: none in flight */
    struct reading reading;
    int64_t asked_ms;
    bool is_answered;
    struct answer answer;
};

struct client {
    const struct schedule *schedule;
    struct chance chance;
    struct server server;
    struct request requests[SLOTS_MAX];
    struct pass_order order;
    int pass;
    int asked;
    struct paginator paginator;
    struct sentinel *sentinel;
    struct pass_record records[SIMULATION_PASSES_MAX];
    bool has_rewound[SIMULATION_PASSES_MAX];
    int64_t created_before[SIMULATION_PASSES_MAX]; /* what was surely there as the pass began */
    int seen_in_pass[SIMULATION_CONTACTS_MAX];     /* the last one; 0: not read */
};

static int requests_busy(const struct client *client)
{
    int busy = 0;
    for (int i = 0; i < client->schedule->slots; i++)
        busy += client->requests[i].page != 0;
    return busy;
}

static struct sentinel_limits choose_sentinel(const struct client *client)
{
    bool is_possible = !client->schedule->is_filtered &&
                       strcmp(client->order.sort, "created_at") == 0 &&
                       strcmp(client->order.direction, "asc") == 0;
    return is_possible ? client->schedule->sentinel : (struct sentinel_limits){0};
}

static bool choose_page(struct client *client, struct reading *reading)
{
    bool is_all_read = paginator_done(&client->paginator, requests_busy(client));
    if (sentinel_next(client->sentinel, is_all_read, reading))
        return true;
    int64_t page = sentinel_holds(client->sentinel) ? 0 : paginator_next(&client->paginator);
    if (page > 0)
        *reading = sentinel_note_asked(client->sentinel, page);
    return page > 0;
}

static void start_requests(struct client *client)
{
    for (int i = 0; i < client->schedule->slots; i++) {
        struct request *request = &client->requests[i];
        if (request->page != 0)
            continue;
        if (!choose_page(client, &request->reading))
            return;
        request->page = request->reading.page;
        client->asked++;
        request->asked_ms = client->server.now_ms;
        request->is_answered = false;
    }
}

static struct pass_record *current(struct client *client)
{
    return &client->records[client->pass - 1];
}

static void store_contact(struct client *client, int id, bool is_again)
{
    const struct sim_contact *contact = &client->server.contacts[id];
    current(client)->rejected += !is_again && !contact->is_usable;
    current(client)->doubles += !is_again && client->seen_in_pass[id] == client->pass;
    current(client)->fresh += contact->is_usable && client->seen_in_pass[id] == 0;
    client->seen_in_pass[id] = client->pass;
}

static void note_opening(struct client *client, const struct request *request)
{
    int64_t took_s = (client->server.now_ms - request->asked_ms) / 1000 + 1;
    int64_t count = request->answer.count;
    client->created_before[client->pass - 1] = request->answer.server_time - took_s - 1;
    *current(client) =
        (struct pass_record){.count_first = count, .count_low = count, .count_high = count};
}

static void take_note(struct client *client, const struct request *request)
{
    const struct answer *answer = &request->answer;
    const struct reading *reading = &request->reading;
    int64_t created_at[SIMULATION_PAGE_MAX];
    int64_t ids[SIMULATION_PAGE_MAX];
    struct sentinel_limits limits = choose_sentinel(client);
    struct page_facts seen = {
        .records = answer->records,
        .count = answer->count,
        .created_at = created_at,
        .ids = ids,
        .server_time = answer->server_time,
        .elapsed_ms = client->server.now_ms - request->asked_ms,
    };
    for (int i = 0; i < answer->records; i++) {
        const struct sim_contact *contact = &client->server.contacts[answer->ids[i]];
        created_at[i] = contact->key[KEY_CREATED_AT];
        ids[i] = answer->ids[i];
        seen.dated += contact->is_usable;
    }
    if (reading->kind == READING_FIRST)
        paginator_receive(&client->paginator, reading->page, seen.records, seen.count);
    if (reading->kind == READING_FIRST && reading->page == 1)
        sentinel_open(client->sentinel, &limits, &seen, client->paginator.expected_last);
    else
        sentinel_receive(client->sentinel, reading, &seen);
}

static void store_page(struct client *client, const struct request *request)
{
    const struct answer *answer = &request->answer;
    bool is_again = request->reading.kind != READING_FIRST;
    if (request->page == 1 && !is_again)
        note_opening(client, request);
    struct pass_record *record = current(client);
    for (int i = 0; i < answer->records; i++)
        store_contact(client, answer->ids[i], is_again);
    record->rows += is_again ? 0 : answer->records;
    if (answer->count < record->count_low)
        record->count_low = answer->count;
    if (answer->count > record->count_high)
        record->count_high = answer->count;
}

static void take_page(struct client *client, struct request *request)
{
    take_note(client, request);
    if (request->reading.kind != READING_SENTINEL)
        store_page(client, request);
    request->page = 0;
}

/* Moves one request on: the server answers it, or the answer is lost, or it arrives. */
static void advance(struct client *client)
{
    struct request *request =
        &client->requests[chance_below(&client->chance, client->schedule->slots)];
    if (request->page == 0)
        return;
    if (request->is_answered) {
        take_page(client, request);
    } else if (chance_of(&client->chance, client->schedule->lost)) {
        request->asked_ms = client->server.now_ms;
    } else {
        server_answer(&client->server, client->order.sort, client->order.direction, request->page,
                      &request->answer);
        request->is_answered = true;
    }
}

static int64_t count_since(const struct client *client, int since_pass, int64_t created_before)
{
    int64_t read = 0;
    for (int id = 0; id < client->server.contact_count; id++)
        read += client->server.contacts[id].is_usable && client->seen_in_pass[id] >= since_pass &&
                client->server.contacts[id].key[KEY_CREATED_AT] < created_before;
    return read;
}

static void run_pass(struct client *client)
{
    client->paginator = (struct paginator){0};
    sentinel_reset(client->sentinel);
    while (!paginator_done(&client->paginator, requests_busy(client)) ||
           sentinel_is_at_work(client->sentinel)) {
        start_requests(client);
        server_step(&client->server);
        advance(client);
    }
    current(client)->count_fits = paginator_count_fits(&client->paginator);
    current(client)->ends_short = paginator_ends_short(&client->paginator);
    current(client)->holds_by_order = client->sentinel->is_proven;
    client->has_rewound[client->pass - 1] = client->sentinel->epoch > 1;
    for (int pass = 1; pass <= client->pass; pass++) {
        struct pass_record *record = &client->records[pass - 1];
        record->read_since = count_since(client, pass, INT64_MAX);
        record->old_since = count_since(client, pass, client->created_before[pass - 1]);
    }
}

static void let_settle(struct client *client)
{
    int64_t newest = 0;
    for (int id = 0; id < client->server.contact_count; id++) {
        int64_t created_at = client->server.contacts[id].key[KEY_CREATED_AT];
        if (client->seen_in_pass[id] > 0 && created_at > newest)
            newest = created_at;
    }
    client->server.now_ms +=
        1000 * passes_wait_s(client->pass, current(client), newest, client->server.now_ms / 1000);
}

static int run_passes(struct client *client)
{
    int since_pass = 0;
    while (since_pass == 0 && client->pass < SIMULATION_PASSES_MAX) {
        if (client->pass > 0) {
            client->order = passes_next(client->order, current(client)->doubles > 0);
            let_settle(client);
        }
        client->pass++;
        run_pass(client);
        since_pass = verdict_find(client->records, client->pass, !client->schedule->is_filtered);
    }
    return since_pass;
}

struct outcome simulate(const struct schedule *schedule)
{
    static struct sentinel sentinel; /* large, and reset by each pass */
    struct client client = {
        .schedule = schedule,
        .sentinel = &sentinel,
        .chance = {schedule->seed * 2 + 1},
        .order = {sort_key_names[schedule->sort], schedule->is_descending ? "desc" : "asc"},
    };
    server_open(&client.server, schedule, &client.chance);
    int since_pass = run_passes(&client);
    struct outcome outcome = {
        .is_complete = since_pass > 0,
        .holds_by_order = since_pass > 0 && client.records[since_pass - 1].holds_by_order,
        .has_rewound = since_pass > 0 && client.has_rewound[since_pass - 1],
        .passes = client.pass,
        .requests = client.asked,
    };
    for (int id = 0; id < client.server.contact_count; id++) {
        const struct sim_contact *contact = &client.server.contacts[id];
        bool is_kept = client.seen_in_pass[id] > 0 && client.seen_in_pass[id] >= since_pass;
        outcome.missing += contact->is_steady && contact->is_usable && !is_kept;
    }
    return outcome;
}
