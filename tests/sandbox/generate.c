/* Made-up contacts: contact n depends only on the seed and n, so a million need no memory. */
#include "collection.h"

#include "base/memory.h"
#include "dice.h"
#include "person.h"
#include "profile.h"
#include "words.h"

#include <math.h>
#include <stdlib.h>

enum {
    FIRST_ID = 300000,
    LONGEST_SILENCE_SECONDS = 700 * 86400,
    IMPORT_BLOCK = 128, /* an import lies within one block of this many contacts */
};

#define OPENED_AT INT64_C(1609718400) /* 2021-01-04, the account's first day */
#define CLOSED_AT INT64_C(1793491200) /* 2026-11-01, the latest a contact can be new or active */

struct generator {
    struct collection collection;
    uint64_t seed;
    uint32_t grown; /* how many contacts the account has when it closes */
};

static uint64_t seed_of(const struct collection *collection)
{
    return ((const struct generator *)collection)->seed;
}

/* The ids between two contacts belong to visitors who left no address and are not listed. */
static int64_t generated_id(const struct collection *collection, uint32_t ordinal)
{
    struct dice dice = dice_for(seed_of(collection), ordinal, FOR_ID);
    return FIRST_ID + 3 * (int64_t)ordinal + dice_below(&dice, 3);
}

/* An account that grows: the more contacts it has, the faster new ones come. */
static int64_t grown_at(uint32_t grown, uint32_t ordinal)
{
    double share = log1p(ordinal / 40.0) / log1p(grown / 40.0);
    return OPENED_AT + (int64_t)(share * (double)(CLOSED_AT - OPENED_AT));
}

/* In one of three blocks a run of contacts was imported, all in the second in which the first
   came. */
static int64_t created_at(uint64_t seed, uint32_t grown, uint32_t ordinal)
{
    uint32_t block = ordinal / IMPORT_BLOCK;
    uint32_t within = ordinal % IMPORT_BLOCK;
    struct dice dice = dice_for(seed, block, FOR_IMPORT);
    bool has_import = block == 0 || dice_below(&dice, 3) == 0;
    uint32_t first = dice_below(&dice, 48);
    uint32_t length = 4 + dice_below(&dice, IMPORT_BLOCK - 48 - 4);
    if (has_import && within >= first && within < first + length)
        within = first;
    return grown_at(grown, block * IMPORT_BLOCK + within);
}

static uint64_t generated_labels(const struct collection *collection, uint32_t ordinal)
{
    struct dice dice = dice_for(seed_of(collection), ordinal, FOR_LABELS);
    uint64_t labels = 0;
    for (uint32_t wanted = dice_skewed(&dice, 4); wanted > 0; wanted--)
        labels |= UINT64_C(1) << dice_skewed(&dice, (uint32_t)words_label_count);
    return labels;
}

/* Most were active lately, some never, and none before their creation. */
static void set_activity(uint64_t seed, uint32_t ordinal, struct contact *contact)
{
    struct dice dice = dice_for(seed, ordinal, FOR_ACTIVITY);
    contact->has_activity = !dice_percent(&dice, 12);
    int64_t silence = dice_skewed(&dice, LONGEST_SILENCE_SECONDS);
    contact->last_activity_at = CLOSED_AT - silence;
    if (contact->last_activity_at < contact->created_at)
        contact->last_activity_at = contact->created_at + dice_below(&dice, 3600);
    if (contact->last_activity_at > CLOSED_AT)
        contact->last_activity_at = CLOSED_AT;
    if (dice_below(&dice, 200) == 0)
        contact->last_activity_at = 0;
}

static void make(const struct collection *collection, uint32_t ordinal, struct contact *contact,
                 struct person *person)
{
    uint64_t seed = seed_of(collection);
    contact->id = generated_id(collection, ordinal);
    contact->created_at = created_at(seed, ((const struct generator *)collection)->grown, ordinal);
    set_activity(seed, ordinal, contact);
    person_make(seed, ordinal, contact, person);
}

static void generated_read(const struct collection *collection, uint32_t ordinal,
                           struct contact *contact)
{
    struct person person;
    make(collection, ordinal, contact, &person);
}

static void generated_write(const struct collection *collection, uint32_t ordinal, unsigned parts,
                            struct buffer *json)
{
    struct contact contact;
    struct person person;
    make(collection, ordinal, &contact, &person);
    struct dice dice = dice_for(seed_of(collection), ordinal, FOR_PROFILE);
    profile_write(&contact, &person, &dice, (parts & WITH_INBOXES) != 0, json);
    if (parts & WITH_LABELS)
        profile_write_labels(generated_labels(collection, ordinal), json);
    buffer_append_char(json, '}');
}

static void generated_free(struct collection *collection)
{
    free(collection);
}

struct collection *collection_generate(uint32_t count, uint64_t seed, uint32_t grown)
{
    static const struct collection_kind kind = {
        .id = generated_id,
        .labels = generated_labels,
        .read = generated_read,
        .write = generated_write,
        .free = generated_free,
    };
    struct generator *generator = memory_new(1, sizeof *generator);
    generator->collection = (struct collection){
        .kind = &kind,
        .count = count,
        .labels = words_labels,
        .label_count = words_label_count,
    };
    generator->seed = seed;
    generator->grown = grown > count ? grown : count;
    return &generator->collection;
}
