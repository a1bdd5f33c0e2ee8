/* The client of a simulated fetch. It does what src/fetch/fetch.c, page_plan.c and the snapshot's
   writer do: it calls the same pure modules in the same order. In the place of the snapshot it has
   a set in memory, which like the snapshot has room for an id once only. */
#include "simulation.h"

#include "fetch/proof/page_plan.h"
#include "fetch/proof/passes.h"
#include "fetch/proof/verdict.h"
#include "model/ledger.h"

#include <string.h>

enum {
    SLOTS_MAX = 8,
    ASKED_MAX = 3000, /* a server that repeats its last page has no end; a fetch gives up then */
};

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
    enum closing closing;
    int contradicted;
    int rounds;
    struct page_plan *plan;
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
    struct pass_start start = page_plan_start(client->plan);
    int64_t count = request->answer.count;
    if (start.length == COUNT_UNKNOWN) {
        start.server_time = request->answer.server_time;
        start.elapsed_ms = client->server.now_ms - request->asked_ms;
    }
    client->created_before[client->pass - 1] = start.server_time - start.elapsed_ms / 1000 - 2;
    *current(client) = (struct pass_record){
        .length = start.length, .count_first = count, .count_low = count, .count_high = count};
}

/* What the facts of one page point to. */
struct facts_held {
    int64_t created_at[SIMULATION_PAGE_MAX];
    int64_t ids[SIMULATION_PAGE_MAX];
    uint64_t keys[SIMULATION_PAGE_MAX];
};

static struct page_facts make_facts(const struct client *client, const struct answer *answer,
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
    struct page_facts facts = make_facts(client, &request->answer, &held);
    facts.elapsed_ms = client->server.now_ms - request->asked_ms;
    page_plan_receive(client->plan, &request->reading, &facts);
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

static int64_t count_since(const struct client *client, int since_pass, int64_t created_before)
{
    int64_t read = 0;
    for (int id = 0; id < client->server.contact_count; id++)
        read += client->server.contacts[id].is_usable && client->seen_in_pass[id] >= since_pass &&
                client->server.contacts[id].key[KEY_CREATED_AT] < created_before;
    return read;
}

/* Counts anew what has been read since each pass began. */
static void count_read(struct client *client)
{
    for (int pass = 1; pass <= client->pass; pass++) {
        struct pass_record *record = &client->records[pass - 1];
        record->read_since = count_since(client, pass, INT64_MAX);
        record->old_since = count_since(client, pass, client->created_before[pass - 1]);
    }
}

static void run_plan(struct client *client)
{
    while (!page_plan_is_over(client->plan, requests_busy(client)) && client->asked < ASKED_MAX) {
        start_requests(client);
        server_step(&client->server);
        advance(client);
    }
}

static void run_pass(struct client *client)
{
    const struct page_plan_rules rules = choose_rules(client);
    const struct pages_seen none = {0};
    struct error error = {0};
    page_plan_begin(client->plan, &rules, &none, &error);
    run_plan(client);
    struct pass_end end = page_plan_end(client->plan);
    current(client)->count_fits = end.count_fits;
    current(client)->ends_oddly = end.ends_oddly;
    current(client)->holds_by_order = end.holds_by_order;
    client->has_rewound[client->pass - 1] = client->plan->sentinel.epoch > 1;
    count_read(client);
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

static int64_t count_contacts(const struct client *client, int since_pass)
{
    return count_since(client, since_pass, INT64_MAX);
}

/* Asks for page 1 in the opposite order. */
static enum witness_word ask_witness(struct client *client, int since_pass)
{
    bool is_descending = strcmp(client->order.direction, "desc") == 0;
    struct answer answer;
    struct facts_held held;
    bool is_known[SIMULATION_PAGE_MAX];
    server_step(&client->server);
    client->asked++;
    server_answer(&client->server, client->order.sort, is_descending ? "asc" : "desc", 1, &answer);
    struct page_facts facts = make_facts(client, &answer, &held);
    for (int64_t i = 0; i < facts.usable; i++)
        is_known[i] = client->seen_in_pass[facts.ids[i]] >= since_pass;
    const struct testimony testimony = {
        .page = &facts,
        .is_known = is_known,
        .first = &client->plan->first,
        .is_by_age = strcmp(client->order.sort, "created_at") == 0,
        .is_oldest_first = is_descending,
        .created_before = client->created_before[since_pass - 1],
        .contacts = count_contacts(client, since_pass),
    };
    return witness_judge(&testimony);
}

/* Returns since which pass the fetch is complete; 0: not yet. */
static int close_fetch(struct client *client, int since_pass)
{
    enum witness_word word = ask_witness(client, since_pass);
    client->closing = witness_close(word, client->contradicted, &client->records[since_pass - 1],
                                    count_contacts(client, since_pass), SIMULATION_ROUND);
    client->contradicted += word == WITNESS_CONTRADICTS;
    return client->closing == CLOSING_COMPLETE ? since_pass : 0;
}

static int64_t largest_tie(const struct client *client, enum sort_key key)
{
    int64_t largest = 0;
    for (int id = 0; id < client->server.contact_count; id++) {
        int64_t tied = 0;
        for (int other = 0; other < client->server.contact_count; other++)
            tied += client->seen_in_pass[other] > 0 &&
                    client->server.contacts[other].key[key] == client->server.contacts[id].key[key];
        if (client->seen_in_pass[id] > 0 && tied > largest)
            largest = tied;
    }
    return largest;
}

static struct pass_order find_order(struct client *client)
{
    bool was_tied = current(client)->doubles > 0;
    int64_t tied[PASS_KEYS];
    for (int key = 0; key < PASS_KEYS; key++)
        tied[key] = was_tied ? largest_tie(client, find_sort_key(pass_key_names[key])) : 0;
    return passes_next(client->order, was_tied, tied);
}

static int judge(struct client *client)
{
    const struct verdict_rules rules = {!client->schedule->is_filtered, SIMULATION_ROUND};
    int since_pass =
        client->asked < ASKED_MAX ? verdict_find(client->records, client->pass, &rules) : 0;
    client->closing = CLOSING_READ_ON;
    return since_pass > 0 ? close_fetch(client, since_pass) : 0;
}

/* Reads the pages of tied contacts again. */
static int read_ties(struct client *client)
{
    int since_pass = 0;
    bool is_last = client->pass == SIMULATION_PASSES_MAX;
    if (current(client)->doubles == 0 ||
        (!is_last && strcmp(find_order(client).sort, client->order.sort) != 0))
        return 0;
    ties_find(&client->plan->ties);
    while (since_pass == 0 && client->closing == CLOSING_READ_ON && client->asked < ASKED_MAX &&
           ties_pages(&client->plan->ties) > 0) {
        page_plan_begin_round(client->plan);
        run_plan(client);
        page_plan_end_round(client->plan);
        client->rounds++;
        count_read(client);
        since_pass = judge(client);
    }
    return since_pass;
}

static int run_passes(struct client *client)
{
    int since_pass = 0;
    while (since_pass == 0 && client->asked < ASKED_MAX && client->closing == CLOSING_READ_ON &&
           client->pass < SIMULATION_PASSES_MAX) {
        if (client->pass > 0) {
            client->order = find_order(client);
            let_settle(client);
        }
        client->pass++;
        run_pass(client);
        since_pass = judge(client);
        if (since_pass == 0 && client->closing == CLOSING_READ_ON)
            since_pass = read_ties(client);
    }
    return since_pass;
}

struct outcome simulate(const struct schedule *schedule)
{
    static struct page_plan plan; /* large, and begun anew by each pass */
    struct client client = {
        .schedule = schedule,
        .plan = &plan,
        .closing = CLOSING_READ_ON,
        .chance = {schedule->seed * 2 + 1},
        .order = {sort_key_names[schedule->sort], schedule->is_descending ? "desc" : "asc"},
    };
    server_open(&client.server, schedule, &client.chance);
    int since_pass = run_passes(&client);
    page_plan_free(&plan);
    struct outcome outcome = {
        .is_complete = since_pass > 0,
        .holds_by_order = since_pass > 0 && client.records[since_pass - 1].holds_by_order,
        .has_rewound = since_pass > 0 && client.has_rewound[since_pass - 1],
        .closing = client.closing,
        .passes = client.pass,
        .rounds = client.rounds,
        .requests = client.asked,
    };
    for (int id = 0; id < client.server.contact_count; id++) {
        const struct sim_contact *contact = &client.server.contacts[id];
        bool is_kept = client.seen_in_pass[id] > 0 && client.seen_in_pass[id] >= since_pass;
        outcome.missing += contact->is_steady && contact->is_usable && !is_kept;
    }
    return outcome;
}
