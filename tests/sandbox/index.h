/* The contacts that match a filter, ascending by one key; those that lack the key come last, as
   PostgreSQL's do. */
#ifndef SANDBOX_INDEX_H
#define SANDBOX_INDEX_H

#include "request.h"
#include "roster.h"

enum tie_order {
    TIES_KEPT,     /* ties come in no useful order, but in the same one every time */
    TIES_SHUFFLED, /* ties come in another order at each request */
};

struct index {
    uint32_t *ordinals; /* NULL: every contact, in the order of creation */
    uint32_t count;
    uint32_t known;             /* how many have the key; the others come after them */
    bool nulls_lead_descending; /* plain ORDER BY … DESC; most keys say NULLS LAST */

    /* Where each run of contacts that tie begins, the first at 0; NULL unless ties are shuffled. */
    uint32_t *runs;
    uint32_t run_count;
};

/* Places of an index. */
struct run {
    uint32_t start;
    uint32_t length;
};

struct index index_of_all(const struct collection *collection);

/* `sort` is not SORT_NONE; `further` is a set of keys, as in a request. The roster is locked. */
struct index index_build(const struct roster *roster, const struct filter *filter,
                         enum sort_key sort, unsigned further, enum tie_order ties);

/* The contacts that tie with the one at `place`, including itself; needs the runs. */
struct run index_run(const struct index *index, uint32_t place);

void index_free(struct index *index);

#endif
