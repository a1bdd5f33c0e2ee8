#include "collection.h"

#include <string.h>

void collection_free(struct collection *collection)
{
    if (collection)
        collection->kind->free(collection);
}

int64_t collection_id(const struct collection *collection, uint32_t ordinal)
{
    return collection->kind->id(collection, ordinal);
}

uint64_t collection_labels(const struct collection *collection, uint32_t ordinal)
{
    return collection->kind->labels(collection, ordinal);
}

void collection_read(const struct collection *collection, uint32_t ordinal, struct contact *contact)
{
    collection->kind->read(collection, ordinal, contact);
}

void collection_write(const struct collection *collection, uint32_t ordinal, unsigned parts,
                      struct buffer *json)
{
    collection->kind->write(collection, ordinal, parts, json);
}

uint64_t collection_label_bit(const struct collection *collection, const char *label, size_t length)
{
    for (size_t i = 0; i < collection->label_count; i++) {
        const char *known = collection->labels[i];
        if (strncmp(known, label, length) == 0 && known[length] == '\0')
            return UINT64_C(1) << i;
    }
    return 0;
}
