/* A pass with a sentinel over a list that changes at a given request: whether the pass is proven,
   and how many requests that takes. */
#include "fetch/proof/paginator.h"
#include "fetch/proof/sentinel.h"

#include "model/ledger.h"
#include "support.h"

#include <string.h>

enum {
    CONTACTS_MAX = 128,
    EVENTS_MAX = 12,
    SLOTS_MAX = 8,
    NOW_S = 1700000000, /* when the pass begins; a request takes a second */
    DAY_S = 86400,
};

struct contact {
    int64_t created_at;
    bool is_steady; /* there all the time */
    bool is_read;
    int id;
};

enum event_kind { EVENT_NONE, EVENT_REMOVE, EVENT_ENTER, EVENT_CREATE, EVENT_RESIZE, EVENT_SWAP };

/* What happens just before a request (from 1) is answered. */
struct event {
    int request;
    enum event_kind kind;
    int at; /* the rank (from 0) of who goes, enters or changes places with the next, or how many
               are created or on a page */
};

struct list {
    struct contact contacts[CONTACTS_MAX];
    int length;
    int64_t page_records;
    int64_t count_off;
    int ids;
    bool seen[CONTACTS_MAX]; /* by id */
};

struct pass_case {
    const char *what;
    int contacts;
    struct event events[EVENTS_MAX];
    bool is_proven;
    int requests; /* of a client with one connection; 0: not looked at */
    int tied;     /* the rank of a contact created when the one before it was; 0: none */
    int64_t count_off;
};

/* Pages of 4. A pass alone over 40 contacts asks for pages 1 to 10 and the empty one behind; the
   sentinel is read at the beginning, after each fourth page and at the end, and page 1 comes twice.
 */
static const struct pass_case cases[] = {
    {"nothing happens", 40, {{0}}, true, 16, 0, 0},
    {"nothing happens, a short last page", 38, {{0}}, true, 15, 0, 0},
    {"a single contact on the last page", 37, {{0}}, true, 15, 0, 0},
    {"one removed behind what is read", 40, {{9, EVENT_REMOVE, 34}}, true, 0, 0, 0},
    {"one removed in front of all", 40, {{9, EVENT_REMOVE, 0}}, true, 0, 0, 0},
    {"one removed just before the last sentinel", 40, {{16, EVENT_REMOVE, 0}}, true, 0, 0, 0},
    {"one removed on the sentinel, behind its first record",
     40,
     {{9, EVENT_REMOVE, 38}},
     true,
     0,
     0,
     0},
    {"one removed before the first sentinel", 40, {{2, EVENT_REMOVE, 0}}, true, 0, 0, 0},
    {"two removed one after the other",
     80,
     {{9, EVENT_REMOVE, 0}, {20, EVENT_REMOVE, 0}},
     true,
     0,
     0,
     0},
    {"more removed at once than stand on a page",
     40,
     {{9, EVENT_REMOVE, 0},
      {9, EVENT_REMOVE, 0},
      {9, EVENT_REMOVE, 0},
      {9, EVENT_REMOVE, 0},
      {9, EVENT_REMOVE, 0}},
     true,
     0,
     0,
     0},
    {"one removed and one created at once",
     40,
     {{9, EVENT_REMOVE, 0}, {9, EVENT_CREATE, 1}},
     true,
     0,
     0,
     0},
    {"one enters in front", 38, {{9, EVENT_ENTER, 0}}, true, 0, 0, 0},
    {"one enters in front, and the sentinel overflows", 40, {{9, EVENT_ENTER, 0}}, false, 0, 0, 0},
    {"some created", 40, {{9, EVENT_CREATE, 9}}, true, 0, 0, 0},
    {"two tie at the boundary of two pages", 40, {{0}}, true, 16, 8, 0},
    {"they change places between the pages", 40, {{5, EVENT_SWAP, 7}}, false, 0, 8, 0},
    {"they change places earlier", 40, {{4, EVENT_SWAP, 7}}, true, 16, 8, 0},
    {"they change places in front of what is read again",
     40,
     {{8, EVENT_REMOVE, 0},
      {8, EVENT_REMOVE, 0},
      {8, EVENT_REMOVE, 0},
      {8, EVENT_REMOVE, 0},
      {8, EVENT_SWAP, 11}},
     true,
     0,
     16,
     0},
    {"two tie within a page", 40, {{0}}, true, 16, 9, 0},
    {"pages get shorter", 40, {{6, EVENT_RESIZE, 3}}, false, 0, 0, 0},
    {"pages get longer", 40, {{6, EVENT_RESIZE, 5}}, false, 0, 0, 0},
    {"the count is too low by a page", 40, {{0}}, false, 0, 0, -4},
    {"the count is a little off", 38, {{0}}, false, 0, 0, 1},
};

static void add_at(struct list *list, int at, int64_t created_at, bool is_steady)
{
    assert_true(list->length < CONTACTS_MAX && list->ids < CONTACTS_MAX);
    memmove(&list->contacts[at + 1], &list->contacts[at],
            (size_t)(list->length - at) * sizeof *list->contacts);
    list->contacts[at] =
        (struct contact){.created_at = created_at, .is_steady = is_steady, .id = list->ids++};
    list->length++;
}

static void happen(struct list *list, const struct event *event, int64_t now_s)
{
    switch (event->kind) {
    case EVENT_REMOVE:
        list->length--;
        memmove(&list->contacts[event->at], &list->contacts[event->at + 1],
                (size_t)(list->length - event->at) * sizeof *list->contacts);
        break;
    case EVENT_ENTER:
        add_at(list, event->at, list->contacts[event->at].created_at - 1, false);
        break;
    case EVENT_CREATE:
        for (int i = 0; i < event->at; i++)
            add_at(list, list->length, now_s, false);
        break;
    case EVENT_RESIZE:
        list->page_records = event->at;
        break;
    case EVENT_SWAP:
        add_at(list, event->at + 2, list->contacts[event->at].created_at, true);
        list->contacts[event->at + 2].id = list->contacts[event->at].id;
        happen(list, &(struct event){0, EVENT_REMOVE, event->at}, now_s);
        break;
    case EVENT_NONE:
        break;
    }
}

struct client {
    const struct pass_case *pass;
    struct list list;
    struct paginator paginator;
    struct sentinel sentinel;
    struct reading slots[SLOTS_MAX]; /* the oldest first */
    int width;
    int requests;
};

static void answer(struct client *client, const struct reading *reading)
{
    struct list *list = &client->list;
    int64_t now_s = NOW_S + client->requests;
    const struct sentinel_limits limits = {3, 4};
    int64_t created_at[CONTACTS_MAX];
    int64_t ids[CONTACTS_MAX];
    struct page_facts page = {.count = list->length + client->pass->count_off,
                              .created_at = created_at,
                              .ids = ids,
                              .server_time = now_s,
                              .elapsed_ms = 1000};
    for (int64_t at = (reading->page - 1) * list->page_records; at < list->length; at++) {
        if (page.records == list->page_records)
            break;
        ids[page.records] = list->contacts[at].id;
        created_at[page.records++] = list->contacts[at].created_at;
        if (reading->kind != READING_SENTINEL)
            list->seen[list->contacts[at].id] = true;
    }
    page.dated = page.records;
    if (reading->kind == READING_FIRST)
        paginator_receive(&client->paginator, reading->page, page.records, page.count);
    if (reading->kind == READING_FIRST && reading->page == 1)
        sentinel_open(&client->sentinel, &limits, &page, client->paginator.expected_last);
    else
        sentinel_receive(&client->sentinel, reading, &page);
}

static bool choose(struct client *client, struct reading *reading)
{
    bool is_all_read = paginator_done(&client->paginator, client->width);
    if (sentinel_next(&client->sentinel, is_all_read, reading))
        return true;
    int64_t page = sentinel_holds(&client->sentinel) ? 0 : paginator_next(&client->paginator);
    if (page > 0)
        *reading = sentinel_note_asked(&client->sentinel, page);
    return page > 0;
}

static void answer_oldest(struct client *client)
{
    struct reading reading = client->slots[0];
    client->requests++;
    client->width--;
    memmove(client->slots, client->slots + 1, (size_t)client->width * sizeof *client->slots);
    for (int i = 0; i < EVENTS_MAX; i++) {
        if (client->pass->events[i].request == client->requests)
            happen(&client->list, &client->pass->events[i], NOW_S + client->requests);
    }
    answer(client, &reading);
}

/* Returns how many who were there all the time are missing. */
static int run_pass(struct client *client, const struct pass_case *pass, int width)
{
    int missing = 0;
    *client = (struct client){.pass = pass, .list.page_records = 4};
    for (int i = 0; i < pass->contacts; i++)
        add_at(&client->list, i,
               NOW_S - DAY_S + 10 * (pass->tied > 0 && i == pass->tied ? i - 1 : i), true);
    while (!paginator_done(&client->paginator, client->width) ||
           sentinel_is_at_work(&client->sentinel)) {
        struct reading reading;
        while (client->width < width && choose(client, &reading))
            client->slots[client->width++] = reading;
        if (client->width > 0)
            answer_oldest(client);
        assert_true(client->requests < 1000);
    }
    for (int i = 0; i < client->list.length; i++)
        missing +=
            client->list.contacts[i].is_steady && !client->list.seen[client->list.contacts[i].id];
    return missing;
}

static void test_one_connection(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        static struct client client;
        int missing = run_pass(&client, &cases[i], 1);
        bool is_costly = cases[i].requests > 0 && client.requests != cases[i].requests;
        if (client.sentinel.is_proven != cases[i].is_proven || is_costly ||
            (client.sentinel.is_proven && missing > 0))
            fail_msg("%s: %s after %d requests, %d missing\n", cases[i].what,
                     client.sentinel.is_proven ? "proven" : "not proven", client.requests, missing);
    }
}

/* Wherever one goes and whenever, nobody is missing where it is proven; and proven it is. */
static void test_any_removal(void **state)
{
    (void)state;
    for (int width = 1; width <= SLOTS_MAX; width++) {
        for (int request = 3; request <= 26; request++) {
            for (int at = 0; at < 76; at++) {
                static struct client client;
                struct pass_case pass = {"", 78, {{request, EVENT_REMOVE, at}}, true, 0, 0, 0};
                int missing = run_pass(&client, &pass, width);
                if (missing > 0 || !client.sentinel.is_proven)
                    fail_msg("%d slots, rank %d removed at request %d: %d missing", width, at,
                             request, missing);
            }
        }
    }
}

/* A list that never stands still between two sentinels is not read over and over. */
static void test_given_up(void **state)
{
    (void)state;
    static struct client client;
    struct pass_case pass = {.what = "", .contacts = 118};
    for (int i = 0; i < EVENTS_MAX; i++)
        pass.events[i] = (struct event){4 + 3 * i, EVENT_REMOVE, 0};
    run_pass(&client, &pass, 4);
    assert_in_range(client.requests, 30, 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_connection),
        cmocka_unit_test(test_any_removal),
        cmocka_unit_test(test_given_up),
    };
    return cmocka_run_group_tests_name("sentinel", tests, NULL, NULL);
}
