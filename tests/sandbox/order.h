/* Which contacts match, and in which order. Plain walks by creation need no memory; any other
   filter or sort costs one index, made when it is first asked for and kept for the next page. */
#ifndef SANDBOX_ORDER_H
#define SANDBOX_ORDER_H

#include "collection.h"
#include "request.h"

struct order;

/* The collection is borrowed and has to live longer. */
struct order *order_new(const struct collection *collection);
void order_free(struct order *order);

struct selection {
    const struct filter *filter;
    enum sort_key sort;
    bool descending;
};

/* Copies the ordinals of up to `limit` matches, from the `first` one on, and returns how many these
   are; `total` gets the number of all matches. Any thread may call it. */
uint32_t order_page(struct order *order, const struct selection *selection, uint64_t first,
                    uint32_t limit, uint32_t *ordinals, uint32_t *total);

#endif
