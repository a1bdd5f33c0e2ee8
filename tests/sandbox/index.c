#include "index.h"

#include "base/memory.h"
#include "match.h"

#include <stdlib.h>
#include <string.h>

/* A contact's sort key while the index is built. */
struct entry {
    int64_t number;
    size_t text;    /* offset in the buffer of texts */
    size_t further; /* likewise: what the further keys say, as one text */
    uint32_t ordinal;
    bool is_known;
};

struct index index_of_all(const struct collection *collection)
{
    return (struct index){.count = collection->count, .known = collection->count};
}

static struct index select_matches(const struct roster *roster, const struct filter *filter)
{
    const struct collection *contacts = roster_contacts(roster);
    struct index index = {.ordinals = memory_new(contacts->count, sizeof *index.ordinals)};
    for (uint32_t i = 0; i < contacts->count; i++)
        if (roster_lists(roster, i) && match_labels(filter, collection_labels(contacts, i)) &&
            match_search(filter, contacts, i))
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

/* Ties get no useful order, like a database's, but the same one every time. */
static int compare_ties(const struct entry *a, const struct entry *b)
{
    uint32_t left = a->ordinal * UINT32_C(2654435761);
    uint32_t right = b->ordinal * UINT32_C(2654435761);
    return (left > right) - (left < right);
}

static int compare_keys(const struct entry *a, const struct entry *b, const struct buffer *texts)
{
    if (a->is_known != b->is_known)
        return a->is_known ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    int by_text = strcmp(texts->bytes + a->text, texts->bytes + b->text);
    return by_text ? by_text : strcmp(texts->bytes + a->further, texts->bytes + b->further);
}

static int compare_entries(const void *left, const void *right, void *texts)
{
    int by_key = compare_keys(left, right, texts);
    return by_key ? by_key : compare_ties(left, right);
}

/* All texts are in one buffer, so comparing need not make up contacts again. */
static struct entry make_entry(const struct collection *collection, uint32_t ordinal,
                               enum sort_key sort, struct buffer *texts)
{
    struct contact contact;
    collection_read(collection, ordinal, &contact);
    struct entry entry = {.ordinal = ordinal, .text = texts->length};
    if (sort == SORT_LAST_ACTIVITY_AT || sort == SORT_CREATED_AT) {
        bool by_activity = sort == SORT_LAST_ACTIVITY_AT;
        entry.is_known = !by_activity || contact.has_activity;
        if (entry.is_known)
            entry.number = by_activity ? contact.last_activity_at : contact.created_at;
        entry.text = 0;
        return entry;
    }
    const char *text = text_of(&contact, sort);
    entry.is_known = text != NULL;
    buffer_append_text(texts, text ? text : "");
    buffer_append_char(texts, '\0');
    return entry;
}

/* Appends the values as a text that sorts as they do, unknown ones last. */
static void append_further(const struct collection *collection, uint32_t ordinal, unsigned further,
                           struct buffer *texts)
{
    struct contact contact;
    collection_read(collection, ordinal, &contact);
    for (const enum sort_key *rank = sort_key_ranks; *rank != SORT_NONE; rank++) {
        if (!(further & 1U << *rank))
            continue;
        const char *text = text_of(&contact, *rank);
        bool by_activity = *rank == SORT_LAST_ACTIVITY_AT;
        if (text)
            buffer_print(texts, "k%s\001", text);
        else if (*rank == SORT_CREATED_AT || (by_activity && contact.has_activity))
            buffer_print(texts, "k%020lld\001",
                         (long long)(by_activity ? contact.last_activity_at : contact.created_at));
        else
            buffer_append_text(texts, "u\001");
    }
    buffer_append_char(texts, '\0');
}

static void mark_runs(const struct entry *entries, const struct buffer *texts, struct index *index)
{
    index->runs = memory_new(index->count, sizeof *index->runs);
    for (uint32_t i = 0; i < index->count; i++)
        if (i == 0 || compare_keys(&entries[i - 1], &entries[i], texts) != 0)
            index->runs[index->run_count++] = i;
}

static void sort_index(const struct collection *collection, enum sort_key sort, unsigned further,
                       enum tie_order ties, struct index *index)
{
    struct buffer texts = {0};
    buffer_append_char(&texts, '\0');
    struct entry *entries = memory_new(index->count, sizeof *entries);
    index->known = 0;
    for (uint32_t i = 0; i < index->count; i++) {
        entries[i] = make_entry(collection, index->ordinals[i], sort, &texts);
        index->known += entries[i].is_known;
        if (further) {
            entries[i].further = texts.length;
            append_further(collection, index->ordinals[i], further, &texts);
        }
    }
    qsort_r(entries, index->count, sizeof *entries, compare_entries, &texts);
    for (uint32_t i = 0; i < index->count; i++)
        index->ordinals[i] = entries[i].ordinal;
    if (ties == TIES_SHUFFLED)
        mark_runs(entries, &texts, index);
    free(entries);
    buffer_free(&texts);
}

struct index index_build(const struct roster *roster, const struct filter *filter,
                         enum sort_key sort, unsigned further, enum tie_order ties)
{
    struct index index = select_matches(roster, filter);
    if (sort != SORT_CREATED_AT || further || ties == TIES_SHUFFLED)
        sort_index(roster_contacts(roster), sort, further, ties, &index);
    index.nulls_lead_descending = sort == SORT_EMAIL || sort == SORT_PHONE_NUMBER;
    return index;
}

struct run index_run(const struct index *index, uint32_t place)
{
    uint32_t low = 0;
    uint32_t high = index->run_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (index->runs[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    uint32_t end = high < index->run_count ? index->runs[high] : index->count;
    return (struct run){index->runs[low], end - index->runs[low]};
}

void index_free(struct index *index)
{
    free(index->ordinals);
    free(index->runs);
    *index = (struct index){0};
}
