#include "index.h"

#include "base/memory.h"
#include "fold.h"

#include <stdlib.h>
#include <string.h>

/* What one contact is sorted by while the index is made. */
struct entry {
    int64_t number;
    size_t text; /* where in the heap of texts */
    uint32_t ordinal;
    bool is_known;
};

struct index index_of_all(const struct collection *collection)
{
    return (struct index){.count = collection->count, .known = collection->count};
}

static bool matches(const struct collection *collection, const struct filter *filter,
                    uint32_t ordinal)
{
    if (filter->by_labels && !(collection_labels(collection, ordinal) & filter->labels))
        return false;
    if (!*filter->search)
        return true;
    struct contact contact;
    collection_read(collection, ordinal, &contact);
    return fold_contains(contact.email, filter->search) ||
           fold_contains(contact.phone_number, filter->search) ||
           fold_contains(contact.name, filter->search) ||
           fold_contains(contact.identifier, filter->search);
}

static struct index select_matches(const struct collection *collection, const struct filter *filter)
{
    struct index index = {.ordinals = memory_new(collection->count, sizeof *index.ordinals)};
    for (uint32_t i = 0; i < collection->count; i++)
        if (matches(collection, filter, i))
            index.ordinals[index.count++] = i;
    index.ordinals = memory_resize(index.ordinals, index.count, sizeof *index.ordinals);
    index.known = index.count;
    return index;
}

static const char *text_of(const struct contact *contact, enum sort_key sort)
{
    switch (sort) {
    case SORT_NAME:
        return contact->name;
    case SORT_EMAIL:
        return contact->email;
    case SORT_PHONE_NUMBER:
        return contact->phone_number;
    case SORT_COMPANY:
        return contact->company;
    case SORT_CITY:
        return contact->city;
    case SORT_COUNTRY:
        return contact->country;
    case SORT_NONE:
    case SORT_CREATED_AT:
    case SORT_LAST_ACTIVITY_AT:
        break;
    }
    return NULL;
}

/* Ties are left in no useful order, like a database's, but in the same one every time. */
static int compare_ties(const struct entry *a, const struct entry *b)
{
    uint32_t left = a->ordinal * UINT32_C(2654435761);
    uint32_t right = b->ordinal * UINT32_C(2654435761);
    return (left > right) - (left < right);
}

static int compare_entries(const void *left, const void *right, void *context)
{
    const struct entry *a = left;
    const struct entry *b = right;
    const struct buffer *texts = context;
    if (a->is_known != b->is_known)
        return a->is_known ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    int by_text = strcmp(texts->bytes + a->text, texts->bytes + b->text);
    return by_text ? by_text : compare_ties(a, b);
}

/* The texts stand in one buffer: made-up contacts need not be made again to be compared. */
static struct entry make_entry(const struct collection *collection, uint32_t ordinal,
                               enum sort_key sort, struct buffer *texts)
{
    struct contact contact;
    collection_read(collection, ordinal, &contact);
    struct entry entry = {.ordinal = ordinal, .text = texts->length};
    if (sort == SORT_LAST_ACTIVITY_AT) {
        entry.is_known = contact.has_activity;
        entry.number = entry.is_known ? contact.last_activity_at : 0;
        entry.text = 0;
        return entry;
    }
    const char *text = text_of(&contact, sort);
    entry.is_known = text != NULL;
    buffer_append_text(texts, text ? text : "");
    buffer_append_char(texts, '\0');
    return entry;
}

static void sort_index(const struct collection *collection, enum sort_key sort, struct index *index)
{
    struct buffer texts = {0};
    buffer_append_char(&texts, '\0');
    struct entry *entries = memory_new(index->count, sizeof *entries);
    index->known = 0;
    for (uint32_t i = 0; i < index->count; i++) {
        entries[i] = make_entry(collection, index->ordinals[i], sort, &texts);
        index->known += entries[i].is_known;
    }
    qsort_r(entries, index->count, sizeof *entries, compare_entries, &texts);
    for (uint32_t i = 0; i < index->count; i++)
        index->ordinals[i] = entries[i].ordinal;
    free(entries);
    buffer_free(&texts);
}

struct index index_build(const struct collection *collection, const struct filter *filter,
                         enum sort_key sort)
{
    struct index index = select_matches(collection, filter);
    if (sort != SORT_CREATED_AT)
        sort_index(collection, sort, &index);
    index.nulls_lead_descending = sort == SORT_EMAIL || sort == SORT_PHONE_NUMBER;
    return index;
}

void index_free(struct index *index)
{
    free(index->ordinals);
    *index = (struct index){0};
}
