#include "roster.h"

#include "base/memory.h"
#include "dice.h"
#include "person.h"
#include "profile.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct row {
    uint64_t labels;
    int64_t created_at; /* of a contact created since the start */
    bool is_removed;
};

struct roster {
    struct collection collection;   /* grows */
    const struct collection *first; /* the contacts from the beginning */
    uint64_t seed;
    pthread_rwlock_t lock;
    const char *labels[LABELS_MAX];
    int64_t highest_id; /* in `first`; known once a contact was created */
    struct row *rows;   /* for every contact; NULL until the first change */
    uint32_t row_capacity;
    struct former *past;
    size_t past_count;
    size_t past_capacity;
};

static const struct roster *roster_of(const struct collection *collection)
{
    return (const struct roster *)collection;
}

static int64_t roster_id(const struct collection *collection, uint32_t ordinal)
{
    const struct roster *roster = roster_of(collection);
    if (ordinal < roster->first->count)
        return collection_id(roster->first, ordinal);
    return roster->highest_id + 1 + (ordinal - roster->first->count);
}

static uint64_t roster_labels(const struct collection *collection, uint32_t ordinal)
{
    const struct roster *roster = roster_of(collection);
    return roster->rows ? roster->rows[ordinal].labels : collection_labels(roster->first, ordinal);
}

static void make_new(const struct collection *collection, uint32_t ordinal, struct contact *contact,
                     struct person *person)
{
    const struct roster *roster = roster_of(collection);
    contact->id = roster_id(collection, ordinal);
    contact->created_at = roster->rows[ordinal].created_at;
    contact->has_activity = false;
    contact->last_activity_at = 0;
    person_make(roster->seed, ordinal, contact, person);
}

static void roster_read(const struct collection *collection, uint32_t ordinal,
                        struct contact *contact)
{
    const struct roster *roster = roster_of(collection);
    struct person person;
    if (ordinal < roster->first->count)
        collection_read(roster->first, ordinal, contact);
    else
        make_new(collection, ordinal, contact, &person);
}

/* The API never shows labels, so this leaves them out. */
static void roster_write(const struct collection *collection, uint32_t ordinal, unsigned parts,
                         struct buffer *json)
{
    const struct roster *roster = roster_of(collection);
    if (ordinal < roster->first->count) {
        collection_write(roster->first, ordinal, parts & ~(unsigned)WITH_LABELS, json);
        return;
    }
    struct contact contact;
    struct person person;
    make_new(collection, ordinal, &contact, &person);
    struct dice dice = dice_for(roster->seed, ordinal, FOR_PROFILE);
    profile_write(&contact, &person, &dice, (parts & WITH_INBOXES) != 0, json);
    buffer_append_char(json, '}');
}

struct roster *roster_new(const struct collection *collection, uint64_t seed)
{
    /* Only handed out as const, so no caller frees it as a collection. */
    static const struct collection_kind kind = {
        .id = roster_id,
        .labels = roster_labels,
        .read = roster_read,
        .write = roster_write,
    };
    struct roster *roster = memory_new(1, sizeof *roster);
    for (size_t i = 0; i < collection->label_count; i++)
        roster->labels[i] = collection->labels[i];
    roster->collection = (struct collection){
        .kind = &kind,
        .count = collection->count,
        .labels = roster->labels,
        .label_count = collection->label_count,
    };
    roster->first = collection;
    roster->seed = seed;
    pthread_rwlock_init(&roster->lock, NULL);
    return roster;
}

void roster_free(struct roster *roster)
{
    if (!roster)
        return;
    for (size_t i = roster->first->label_count; i < roster->collection.label_count; i++)
        free((char *)roster->labels[i]);
    pthread_rwlock_destroy(&roster->lock);
    free(roster->rows);
    free(roster->past);
    free(roster);
}

bool roster_add_label(struct roster *roster, const char *label, struct error *error)
{
    struct collection *collection = &roster->collection;
    if (collection_label_bit(collection, label, strlen(label)))
        return true;
    if (collection->label_count == LABELS_MAX)
        return error_set(error, EXIT_WRONG_USE, "more than %d labels", LABELS_MAX);
    roster->labels[collection->label_count++] = memory_copy_text(label);
    return true;
}

void roster_lock_to_read(struct roster *roster)
{
    pthread_rwlock_rdlock(&roster->lock);
}

void roster_lock_to_change(struct roster *roster)
{
    pthread_rwlock_wrlock(&roster->lock);
}

void roster_unlock(struct roster *roster)
{
    pthread_rwlock_unlock(&roster->lock);
}

const struct collection *roster_contacts(const struct roster *roster)
{
    return &roster->collection;
}

bool roster_lists(const struct roster *roster, uint32_t ordinal)
{
    return !roster->rows || !roster->rows[ordinal].is_removed;
}

const struct former *roster_past(const struct roster *roster, size_t *count)
{
    *count = roster->past_count;
    return roster->past;
}

/* An account without changes needs no memory, whatever its size. */
static void need_rows(struct roster *roster)
{
    if (roster->rows)
        return;
    uint32_t count = roster->collection.count;
    struct row *rows = memory_new(count + 1, sizeof *rows);
    for (uint32_t i = 0; i < count; i++)
        rows[i].labels = collection_labels(roster->first, i);
    roster->rows = rows;
    roster->row_capacity = count + 1;
}

static void remember(struct roster *roster, struct former former)
{
    if (roster->past_count == roster->past_capacity) {
        roster->past_capacity = roster->past_capacity ? roster->past_capacity * 2 : 64;
        roster->past = memory_resize(roster->past, roster->past_capacity, sizeof *roster->past);
    }
    roster->past[roster->past_count++] = former;
}

static int64_t find_highest_id(const struct collection *collection)
{
    int64_t highest = 0;
    for (uint32_t i = 0; i < collection->count; i++) {
        int64_t id = collection_id(collection, i);
        highest = id > highest ? id : highest;
    }
    return highest;
}

/* Not before the newest contact, even if this machine's clock is. */
static int64_t next_created_at(const struct roster *roster)
{
    int64_t now = time(NULL);
    if (roster->collection.count == 0)
        return now;
    struct contact newest;
    roster_read(&roster->collection, roster->collection.count - 1, &newest);
    return newest.created_at > now ? newest.created_at : now;
}

void roster_create(struct roster *roster)
{
    uint32_t ordinal = roster->collection.count;
    if (ordinal == CONTACTS_MAX)
        return;
    need_rows(roster);
    if (ordinal == roster->first->count)
        roster->highest_id = find_highest_id(roster->first);
    if (ordinal == roster->row_capacity) {
        roster->row_capacity *= 2;
        roster->rows = memory_resize(roster->rows, roster->row_capacity, sizeof *roster->rows);
    }
    roster->rows[ordinal] = (struct row){.created_at = next_created_at(roster)};
    roster->collection.count++;
    remember(roster, (struct former){.ordinal = ordinal, .was_listed = false});
}

static void remember_row(struct roster *roster, uint32_t ordinal)
{
    need_rows(roster);
    const struct row *row = &roster->rows[ordinal];
    remember(roster, (struct former){ordinal, !row->is_removed, row->labels});
}

void roster_remove(struct roster *roster, uint32_t ordinal)
{
    remember_row(roster, ordinal);
    roster->rows[ordinal].is_removed = true;
}

void roster_relabel(struct roster *roster, uint32_t ordinal, uint64_t labels)
{
    remember_row(roster, ordinal);
    roster->rows[ordinal].labels = labels;
}
