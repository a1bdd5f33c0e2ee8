/* A simulated fetch: its passes, and what becomes of them, as in src/fetch/fetch.c. */
#include "fetch/proof/verdict.h"
#include "simulation_client.h"

#include <string.h>

static void let_settle(struct client *client)
{
    int64_t newest = 0;
    for (int id = 0; id < client->server.contact_count; id++) {
        int64_t created_at = client->server.contacts[id].key[KEY_CREATED_AT];
        if (client->seen_in_pass[id] > 0 && created_at > newest)
            newest = created_at;
    }
    client->server.now_ms += 1000 * passes_wait_s(client->pass, client_current(client), newest,
                                                  client->server.now_ms / 1000);
}

static int64_t count_contacts(const struct client *client, int since_pass)
{
    return client_count_since(client, since_pass, INT64_MAX);
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
    struct page_facts facts = client_make_facts(client, &answer, &held);
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

/* How many of the contacts read equal another one in that key. */
static int64_t count_tied(const struct client *client, enum sort_key key)
{
    int64_t tied = 0;
    for (int id = 0; id < client->server.contact_count; id++) {
        bool is_tied = false;
        for (int other = 0; other < client->server.contact_count; other++)
            is_tied |=
                other != id && client->seen_in_pass[other] > 0 &&
                client->server.contacts[other].key[key] == client->server.contacts[id].key[key];
        tied += client->seen_in_pass[id] > 0 && is_tied;
    }
    return tied;
}

static struct pass_order find_order(struct client *client)
{
    bool was_tied = client_current(client)->doubles > 0;
    int64_t tied[PASS_KEYS];
    for (int key = 0; key < PASS_KEYS; key++)
        tied[key] = was_tied ? count_tied(client, find_sort_key(pass_key_names[key])) : 0;
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
    if (client_current(client)->doubles == 0 ||
        (!is_last && strcmp(find_order(client).sort, client->order.sort) != 0))
        return 0;
    ties_find(&client->plan->ties);
    while (since_pass == 0 && client->closing == CLOSING_READ_ON && client->asked < ASKED_MAX &&
           ties_pages(&client->plan->ties) > 0) {
        page_plan_begin_round(client->plan);
        client_run_plan(client);
        page_plan_end_round(client->plan);
        client_count_read(client);
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
        client_run_pass(client);
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
