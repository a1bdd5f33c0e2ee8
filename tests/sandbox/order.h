/* Which contacts match, and in which order. Plain walks by creation need no memory; any other
   filter or sort costs one index, made when it is first asked for and kept for the next page until
   the roster changes. */
#ifndef SANDBOX_ORDER_H
#define SANDBOX_ORDER_H

#include "index.h"

struct order;

/* The roster is borrowed and has to live longer. `seed` decides how ties are shuffled. */
struct order *order_new(const struct roster *roster, enum tie_order ties, uint64_t seed);
void order_free(struct order *order);

struct selection {
    const struct filter *filter;
    enum sort_key sort;
    unsigned further; /* the keys by which ties are ordered, see request.h */
    bool descending;
    uint64_t turn; /* shuffled ties come in another order in each turn */
};

/* Copies the ordinals of up to `limit` matches, from the `first` one on, and returns their number;
   `total` gets the number of all matches. Any thread that has locked the roster may call it. */
uint32_t order_page(struct order *order, const struct selection *selection, uint64_t first,
                    uint32_t limit, uint32_t *ordinals, uint32_t *total);

#endif
