/* The server of a simulated fetch: contacts that come, go and change, and lists that break no ties.
 */
#include "simulation.h"

#include "model/ledger.h"

#include <stdlib.h>
#include <string.h>

enum {
    START_S = 1700000000,
    HOUR_S = 3600,
};

const char *const sort_key_names[KEYS] = {
    "created_at", "name", "email", "phone_number", "country", "last_activity_at",
};

static int64_t make_key(struct server *server, enum sort_key key)
{
    struct chance *chance = server->chance;
    switch (key) {
    case KEY_NAME: /* some are the same */
        return chance_below(chance, 60);
    case KEY_EMAIL: /* unique, but often absent */
        return chance_of(chance, 25) ? 0 : chance_below(chance, 1000000);
    case KEY_PHONE_NUMBER:
        return chance_of(chance, 50) ? 0 : chance_below(chance, 1000000);
    case KEY_COUNTRY:
        return chance_below(chance, 4);
    case KEY_LAST_ACTIVITY:
    case KEY_CREATED_AT:
    case KEYS:
        break;
    }
    return server->now_ms / 1000;
}

static int64_t make_past(struct server *server)
{
    const struct schedule *schedule = server->schedule;
    if (chance_of(server->chance, schedule->recent))
        return START_S - chance_below(server->chance, 4);
    if (chance_of(server->chance, schedule->imported))
        return START_S - HOUR_S;
    return START_S - 1 - chance_below(server->chance, schedule->spread_s);
}

static bool is_listed(const struct server *server, const struct sim_contact *contact)
{
    return contact->is_present && (!server->schedule->is_filtered || contact->is_labelled);
}

static struct sim_contact *add_contact(struct server *server)
{
    if (server->contact_count == server->schedule->contacts_max)
        return NULL;
    struct sim_contact *contact = &server->contacts[server->contact_count++];
    *contact = (struct sim_contact){
        .is_usable = !chance_of(server->chance, server->schedule->unusable),
        .is_present = true,
        .is_labelled = chance_of(server->chance, 75),
    };
    for (int key = 0; key < KEYS; key++)
        contact->key[key] = make_key(server, (enum sort_key)key);
    return contact;
}

void server_open(struct server *server, const struct schedule *schedule, struct chance *chance)
{
    *server = (struct server){
        .schedule = schedule,
        .chance = chance,
        .now_ms = (int64_t)START_S * 1000 + chance_below(chance, 1000),
        .page_records = schedule->page_records,
    };
    for (int i = 0; i < schedule->contacts; i++) {
        struct sim_contact *contact = add_contact(server);
        contact->key[KEY_CREATED_AT] = make_past(server);
        contact->key[KEY_LAST_ACTIVITY] = START_S - chance_below(chance, HOUR_S);
        contact->is_steady = is_listed(server, contact);
        server->cached_count += contact->is_steady;
    }
}

static struct sim_contact *pick_contact(struct server *server)
{
    return server->contact_count == 0
               ? NULL
               : &server->contacts[chance_below(server->chance, server->contact_count)];
}

static void remove_contact(struct sim_contact *contact)
{
    if (!contact)
        return;
    contact->is_present = false;
    contact->is_steady = false;
}

static void edit_contact(struct server *server, struct sim_contact *contact)
{
    enum sort_key key = (enum sort_key)chance_between(server->chance, KEY_NAME, KEYS - 1);
    if (contact)
        contact->key[key] = make_key(server, key);
}

static void relabel_contact(struct server *server, struct sim_contact *contact)
{
    if (!contact)
        return;
    contact->is_labelled = !contact->is_labelled;
    if (!is_listed(server, contact))
        contact->is_steady = false;
}

void server_step(struct server *server)
{
    const struct changes *changes = &server->schedule->changes;
    server->now_ms += chance_below(server->chance, server->schedule->step_ms + 1);
    if (chance_of(server->chance, changes->create))
        add_contact(server);
    if (chance_of(server->chance, changes->remove))
        remove_contact(pick_contact(server));
    if (chance_of(server->chance, changes->edit))
        edit_contact(server, pick_contact(server));
    if (chance_of(server->chance, changes->relabel))
        relabel_contact(server, pick_contact(server));
    if (chance_of(server->chance, changes->swap)) {
        remove_contact(pick_contact(server));
        add_contact(server);
    }
    if (chance_of(server->chance, 5))
        server->page_records = server->schedule->later_records;
}

/* A contact's place in one answer's list. */
struct place {
    int64_t key;
    int tie; /* by chance, and another one in each answer */
    int id;
};

static int compare_places(const void *left_place, const void *right_place)
{
    const struct place *left = left_place;
    const struct place *right = right_place;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return (left->tie > right->tie) - (left->tie < right->tie);
}

enum sort_key find_sort_key(const char *name)
{
    int key = 0;
    while (key < KEYS - 1 && strcmp(sort_key_names[key], name) != 0)
        key++;
    return (enum sort_key)key;
}

static int make_list(struct server *server, const char *sort, const char *direction,
                     struct place *list)
{
    enum sort_key key = find_sort_key(sort);
    bool is_descending = strcmp(direction, "desc") == 0 && !server->schedule->is_deaf;
    int sign = is_descending ? -1 : 1;
    int length = 0;
    for (int i = 0; i < server->contact_count; i++) {
        if (is_listed(server, &server->contacts[i])) {
            int tie = chance_below(server->chance, 1000000);
            list[length++] = (struct place){sign * server->contacts[i].key[key], tie, i};
        }
    }
    if (length > 0)
        qsort(list, (size_t)length, sizeof *list, compare_places);
    return length;
}

static int64_t count_told(struct server *server, int length, int records)
{
    const struct schedule *schedule = server->schedule;
    switch (schedule->counting) {
    case COUNTING_ABSENT:
        return COUNT_UNKNOWN;
    case COUNTING_OF_PAGE:
        return records;
    case COUNTING_WRONG:
        return length + schedule->count_off > 0 ? length + schedule->count_off : 0;
    case COUNTING_CACHED:
        if (chance_of(server->chance, 10))
            server->cached_count = length;
        return server->cached_count;
    case COUNTING_EXACT:
    case COUNTINGS:
        break;
    }
    return length;
}

/* Behind the last page stands what the schedule says. */
static int64_t page_given(const struct server *server, int64_t page, int length)
{
    int64_t last = (length + server->page_records - 1) / server->page_records;
    bool is_repeated = server->schedule->ending == ENDING_REPEATED && page > last && last > 0;
    return is_repeated ? last : page;
}

void server_answer(struct server *server, const char *sort, const char *direction, int64_t page,
                   struct answer *answer)
{
    struct place list[SIMULATION_CONTACTS_MAX];
    int all = make_list(server, sort, direction, list);
    const struct cap *cap = &server->schedule->cap;
    int length = cap->contacts > 0 && cap->contacts < all ? cap->contacts : all;
    int64_t given = page_given(server, page, length);
    answer->records = 0;
    for (int64_t at = (given - 1) * server->page_records; at < length; at++) {
        if (answer->records == server->page_records)
            break;
        answer->ids[answer->records++] = list[at].id;
    }
    answer->is_refused =
        server->schedule->ending == ENDING_ERROR && page > 1 && answer->records == 0;
    answer->count = count_told(server, cap->is_counted ? length : all, answer->records);
    answer->server_time = server->now_ms / 1000;
}
