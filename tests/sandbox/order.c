#include "order.h"

#include "base/memory.h"
#include "dice.h"
#include "shuffle.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_INDEXES = 32 };

struct kept {
    struct filter filter;
    enum sort_key sort;
    unsigned further;
    struct index index;
    size_t changes;   /* how many the roster had when the index was made */
    uint64_t used_at; /* a count of uses; 0 is an empty place */
};

struct order {
    const struct roster *roster;
    enum tie_order ties;
    uint64_t seed;
    pthread_mutex_t mutex;
    uint64_t uses;
    struct kept kept[KEPT_INDEXES];
};

struct order *order_new(const struct roster *roster, enum tie_order ties, uint64_t seed)
{
    struct order *order = memory_new(1, sizeof *order);
    order->roster = roster;
    order->ties = ties;
    order->seed = seed;
    pthread_mutex_init(&order->mutex, NULL);
    return order;
}

void order_free(struct order *order)
{
    if (!order)
        return;
    for (size_t i = 0; i < KEPT_INDEXES; i++)
        index_free(&order->kept[i].index);
    pthread_mutex_destroy(&order->mutex);
    free(order);
}

static bool is_same_filter(const struct filter *a, const struct filter *b)
{
    return a->by_labels == b->by_labels && a->labels == b->labels &&
           strcmp(a->search, b->search) == 0;
}

/* The index for this filter and sort; replaces the least recently used one if it has to be made. */
static const struct index *find_index(struct order *order, const struct filter *filter,
                                      enum sort_key sort, unsigned further)
{
    struct kept *oldest = order->kept;
    size_t changes;
    roster_past(order->roster, &changes);
    order->uses++;
    for (size_t i = 0; i < KEPT_INDEXES; i++) {
        struct kept *kept = &order->kept[i];
        if (kept->used_at && kept->changes == changes && kept->sort == sort &&
            kept->further == further && is_same_filter(&kept->filter, filter)) {
            kept->used_at = order->uses;
            return &kept->index;
        }
        if (kept->used_at < oldest->used_at)
            oldest = kept;
    }
    index_free(&oldest->index);
    *oldest = (struct kept){
        .filter = *filter,
        .sort = sort,
        .further = further,
        .index = index_build(order->roster, filter, sort, further, order->ties),
        .changes = changes,
        .used_at = order->uses,
    };
    return &oldest->index;
}

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    while (b > 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Without sort the API promises no order: a stride that shares no divisor with the count meets
   every contact once. */
static uint32_t scramble_stride(uint32_t count)
{
    uint32_t stride = (uint32_t)((double)count * 0.618);
    while (stride > 1 && common_divisor(stride, count) != 1)
        stride--;
    return stride ? stride : 1;
}

/* The place in the ascending index of the answer's contact number `at`. */
static uint32_t place_of(const struct index *index, const struct selection *selection, uint32_t at,
                         uint32_t stride)
{
    if (selection->sort == SORT_NONE)
        return (uint32_t)((uint64_t)at * stride % index->count);
    if (!selection->descending)
        return at;
    if (index->nulls_lead_descending)
        return index->count - 1 - at;
    return at < index->known ? index->known - 1 - at : at;
}

/* The original place of the contact that stands at `place` this time. Without sort all contacts
   tie. */
static uint32_t shuffled(const struct index *index, enum sort_key sort, uint64_t key,
                         uint32_t place)
{
    struct run run = {0, index->count};
    if (sort != SORT_NONE)
        run = index_run(index, place);
    return run.start + shuffle_place(key + run.start, place - run.start, run.length);
}

static uint32_t copy_page(const struct order *order, const struct index *index,
                          const struct selection *selection, uint64_t first, uint32_t limit,
                          uint32_t *ordinals)
{
    struct dice dice = dice_for_event(order->seed, selection->turn);
    uint64_t key = dice_roll(&dice);
    if (first >= index->count)
        return 0;
    uint32_t stride = selection->sort == SORT_NONE ? scramble_stride(index->count) : 0;
    uint32_t start = (uint32_t)first;
    uint32_t length = index->count - start < limit ? index->count - start : limit;
    for (uint32_t i = 0; i < length; i++) {
        uint32_t place = place_of(index, selection, start + i, stride);
        if (order->ties == TIES_SHUFFLED)
            place = shuffled(index, selection->sort, key, place);
        ordinals[i] = index->ordinals ? index->ordinals[place] : place;
    }
    return length;
}

/* Whether the collection's own order, by creation, is enough. */
static bool is_plain(const struct order *order, const struct filter *filter)
{
    size_t changes;
    roster_past(order->roster, &changes);
    return changes == 0 && order->ties == TIES_KEPT && !filter->by_labels && !*filter->search;
}

uint32_t order_page(struct order *order, const struct selection *selection, uint64_t first,
                    uint32_t limit, uint32_t *ordinals, uint32_t *total)
{
    const struct filter *filter = selection->filter;
    enum sort_key sort = selection->sort == SORT_NONE ? SORT_CREATED_AT : selection->sort;
    if (sort == SORT_CREATED_AT && !selection->further && is_plain(order, filter)) {
        struct index all = index_of_all(roster_contacts(order->roster));
        *total = all.count;
        return copy_page(order, &all, selection, first, limit, ordinals);
    }
    pthread_mutex_lock(&order->mutex);
    const struct index *index = find_index(order, filter, sort, selection->further);
    *total = index->count;
    uint32_t length = copy_page(order, index, selection, first, limit, ordinals);
    pthread_mutex_unlock(&order->mutex);
    return length;
}
