#include "match.h"

#include "fold.h"

bool match_labels(const struct filter *filter, uint64_t labels)
{
    return !filter->by_labels || (filter->labels & labels) != 0;
}

bool match_search(const struct filter *filter, const struct collection *collection,
                  uint32_t ordinal)
{
    if (!*filter->search)
        return true;
    struct contact contact;
    collection_read(collection, ordinal, &contact);
    return fold_contains(contact.email, filter->search) ||
           fold_contains(contact.phone_number, filter->search) ||
           fold_contains(contact.name, filter->search) ||
           fold_contains(contact.identifier, filter->search);
}
