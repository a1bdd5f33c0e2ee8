/* The client of a simulated fetch. It mirrors src/fetch/fetch.c and the snapshot's writer: the same
   pure modules, in the same order, over a set in memory, which
   like the snapshot has room for an id once only. */
#include "simulation.h"

#include "fetch/pages.h"
#include "fetch/passes.h"
#include "fetch/verdict.h"
#include "model/ledger.h"

enum { WINDOW_MAX = 8 };

struct request {
    int64_t page; /* 0: none under way */
    int64_t asked_ms;
    bool is_answered;
    struct answer answer;
};

struct client {
    const struct schedule *schedule;
    struct chance chance;
    struct server server;
    struct request requests[WINDOW_MAX];
    struct pass_order order;
    int pass;
    struct pages pages;
    struct pass_record records[SIMULATION_PASSES_MAX];
    int64_t created_before[SIMULATION_PASSES_MAX]; /* what was surely there as the pass began */
    int seen_in_pass[SIMULATION_CONTACTS_MAX];     /* the last one; 0: not read */
};

static int requests_busy(const struct client *client)
{
    int busy = 0;
    for (int i = 0; i < client->schedule->window; i++)
        busy += client->requests[i].page != 0;
    return busy;
}

static void start_requests(struct client *client)
{
    for (int i = 0; i < client->schedule->window; i++) {
        struct request *request = &client->requests[i];
        if (request->page != 0)
            continue;
        request->page = pages_next(&client->pages);
        request->asked_ms = client->server.now_ms;
        request->is_answered = false;
    }
}

static struct pass_record *current(struct client *client)
{
    return &client->records[client->pass - 1];
}

static void store_contact(struct client *client, int id)
{
    const struct sim_contact *contact = &client->server.contacts[id];
    current(client)->rejected += !contact->is_usable;
    current(client)->doubles += client->seen_in_pass[id] == client->pass;
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

static void store_page(struct client *client, struct request *request)
{
    const struct answer *answer = &request->answer;
    if (request->page == 1)
        note_opening(client, request);
    struct pass_record *record = current(client);
    for (int i = 0; i < answer->rows; i++)
        store_contact(client, answer->ids[i]);
    record->rows += answer->rows;
    if (answer->count < record->count_low)
        record->count_low = answer->count;
    if (answer->count > record->count_high)
        record->count_high = answer->count;
    pages_receive(&client->pages, request->page, answer->rows, answer->count);
    request->page = 0;
}

/* One request goes on: the server answers it, the answer gets lost, or it arrives. */
static void advance(struct client *client)
{
    struct request *request =
        &client->requests[chance_below(&client->chance, client->schedule->window)];
    if (request->page == 0)
        return;
    if (request->is_answered) {
        store_page(client, request);
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
    client->pages = (struct pages){0};
    while (!pages_done(&client->pages, requests_busy(client))) {
        start_requests(client);
        server_step(&client->server);
        advance(client);
    }
    current(client)->count_fits = pages_count_fits(&client->pages);
    current(client)->ends_short = pages_end_short(&client->pages);
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
    struct client client = {
        .schedule = schedule,
        .chance = {schedule->seed * 2 + 1},
        .order = {sort_key_names[schedule->sort], schedule->is_descending ? "desc" : "asc"},
    };
    server_open(&client.server, schedule, &client.chance);
    int since_pass = run_passes(&client);
    struct outcome outcome = {.is_complete = since_pass > 0, .passes = client.pass};
    for (int id = 0; id < client.server.contact_count; id++) {
        const struct sim_contact *contact = &client.server.contacts[id];
        bool is_kept = client.seen_in_pass[id] > 0 && client.seen_in_pass[id] >= since_pass;
        outcome.missing += contact->is_steady && contact->is_usable && !is_kept;
    }
    return outcome;
}
