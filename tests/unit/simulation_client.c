/* The client of a simulated fetch: what it reads in one pass. It does what src/fetch/reader.c and
   the snapshot's writer do: it calls the same pure modules in the same order. In the place of the
   snapshot it has a set in memory, which like the snapshot has room for an id once only. */
#include "simulation_client.h"

#include "model/ledger.h"

#include <string.h>

static int requests_busy(const struct client *client)
{
    int busy = 0;
    for (int i = 0; i < client->schedule->slots; i++)
        busy += client->requests[i].page != 0;
    return busy;
}

static struct page_plan_rules choose_rules(const struct client *client)
{
    struct page_plan_rules rules = {.is_whole = !client->schedule->is_filtered};
    if (rules.is_whole && strcmp(client->order.sort, "created_at") == 0 &&
        strcmp(client->order.direction, "asc") == 0)
        rules.sentinel = client->schedule->sentinel;
    return rules;
}

static void start_requests(struct client *client)
{
    for (int i = 0; i < client->schedule->slots; i++) {
        struct request *request = &client->requests[i];
        if (request->page != 0)
            continue;
        if (!page_plan_next(client->plan, requests_busy(client), &request->reading))
            return;
        request->page = request->reading.page;
        client->asked++;
        request->asked_ms = client->server.now_ms;
        request->is_answered = false;
    }
}

struct pass_record *client_current(struct client *client)
{
    return &client->records[client->pass - 1];
}

static void store_contact(struct client *client, int id, bool is_again)
{
    const struct sim_contact *contact = &client->server.contacts[id];
    client_current(client)->rejected += !is_again && !contact->is_usable;
    client_current(client)->doubles += !is_again && client->seen_in_pass[id] == client->pass;
    client_current(client)->fresh += contact->is_usable && client->seen_in_pass[id] == 0;
    client->seen_in_pass[id] = client->pass;
}

static void note_opening(struct client *client, const struct request *request)
{
    struct pass_start start = page_plan_start(client->plan);
    int64_t count = request->answer.count;
    if (start.length == COUNT_UNKNOWN) {
        start.server_time = request->answer.server_time;
        start.elapsed_ms = client->server.now_ms - request->asked_ms;
    }
    client->created_before[client->pass - 1] = start.server_time - start.elapsed_ms / 1000 - 2;
    *client_current(client) = (struct pass_record){
        .length = start.length, .count_first = count, .count_low = count, .count_high = count};
}

struct page_facts client_make_facts(const struct client *client, const struct answer *answer,
                                    struct facts_held *held)
{
    struct page_facts facts = {
        .records = answer->records,
        .count = answer->is_refused ? COUNT_UNKNOWN : answer->count,
        .created_at = held->created_at,
        .ids = held->ids,
        .keys = held->keys,
        .server_time = answer->server_time,
        .is_odd_end = answer->is_refused,
    };
    for (int i = 0; i < answer->records; i++) {
        const struct sim_contact *contact = &client->server.contacts[answer->ids[i]];
        if (!contact->is_usable)
            continue;
        held->created_at[facts.usable] = contact->key[KEY_CREATED_AT];
        held->keys[facts.usable] = (uint64_t)contact->key[find_sort_key(client->order.sort)];
        held->ids[facts.usable++] = answer->ids[i];
        facts.dated++;
    }
    return facts;
}

static void take_note(struct client *client, const struct request *request)
{
    struct facts_held held;
    struct page_facts facts = client_make_facts(client, &request->answer, &held);
    facts.elapsed_ms = client->server.now_ms - request->asked_ms;
    page_plan_receive(client->plan, &request->reading, &facts);
}

static void store_page(struct client *client, const struct request *request)
{
    const struct answer *answer = &request->answer;
    bool is_again = request->reading.kind != READING_FIRST;
    if (request->page == 1 && !is_again)
        note_opening(client, request);
    struct pass_record *record = client_current(client);
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
    if (reading_is_stored(request->reading.kind))
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

int64_t client_count_since(const struct client *client, int since_pass, int64_t created_before)
{
    int64_t read = 0;
    for (int id = 0; id < client->server.contact_count; id++)
        read += client->server.contacts[id].is_usable && client->seen_in_pass[id] >= since_pass &&
                client->server.contacts[id].key[KEY_CREATED_AT] < created_before;
    return read;
}

/* Counts anew what has been read since each pass began. */
void client_count_read(struct client *client)
{
    for (int pass = 1; pass <= client->pass; pass++) {
        struct pass_record *record = &client->records[pass - 1];
        record->read_since = client_count_since(client, pass, INT64_MAX);
        record->old_since = client_count_since(client, pass, client->created_before[pass - 1]);
    }
}

void client_run_plan(struct client *client)
{
    while (!page_plan_is_over(client->plan, requests_busy(client)) && client->asked < ASKED_MAX) {
        start_requests(client);
        server_step(&client->server);
        advance(client);
    }
}

void client_run_pass(struct client *client)
{
    const struct page_plan_rules rules = choose_rules(client);
    const struct pages_seen none = {0};
    struct error error = {0};
    page_plan_begin(client->plan, &rules, &none, &error);
    client_run_plan(client);
    struct pass_end end = page_plan_end(client->plan);
    client_current(client)->count_fits = end.count_fits;
    client_current(client)->ends_oddly = end.ends_oddly;
    client_current(client)->holds_by_order = end.holds_by_order;
    client->has_rewound[client->pass - 1] = client->plan->sentinel.epoch > 1;
    client_count_read(client);
}
