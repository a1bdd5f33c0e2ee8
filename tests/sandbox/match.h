/* Whether a contact matches a filter. */
#ifndef SANDBOX_MATCH_H
#define SANDBOX_MATCH_H

#include "request.h"

bool match_labels(const struct filter *filter, uint64_t labels);

/* The search alone; a contact's texts never change. */
bool match_search(const struct filter *filter, const struct collection *collection,
                  uint32_t ordinal);

#endif
