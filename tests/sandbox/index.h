/* The contacts that match a filter, ascending by one key; those that lack the key come last, as
   PostgreSQL's do. */
#ifndef SANDBOX_INDEX_H
#define SANDBOX_INDEX_H

#include "collection.h"
#include "request.h"

struct index {
    uint32_t *ordinals; /* NULL: every contact, in the order of creation */
    uint32_t count;
    uint32_t known;             /* how many have the key; the others stand behind them */
    bool nulls_lead_descending; /* plain ORDER BY … DESC; most keys say NULLS LAST */
};

struct index index_of_all(const struct collection *collection);

/* `sort` is not SORT_NONE. */
struct index index_build(const struct collection *collection, const struct filter *filter,
                         enum sort_key sort);

void index_free(struct index *index);

#endif
