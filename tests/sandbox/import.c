#include "import.h"

#include "base/memory.h"
#include "json_text.h"
#include "member.h"

#include <stdlib.h>

struct import {
    struct collection collection;
    struct collection *inner;
    uint32_t first;     /* the first imported contact */
    int64_t created_at; /* when all of them were created */
};

static const struct import *import_of(const struct collection *collection)
{
    return (const struct import *)collection;
}

static int64_t import_id(const struct collection *collection, uint32_t ordinal)
{
    return collection_id(import_of(collection)->inner, ordinal);
}

static uint64_t import_labels(const struct collection *collection, uint32_t ordinal)
{
    return collection_labels(import_of(collection)->inner, ordinal);
}

static void import_read(const struct collection *collection, uint32_t ordinal,
                        struct contact *contact)
{
    const struct import *import = import_of(collection);
    collection_read(import->inner, ordinal, contact);
    if (ordinal >= import->first)
        contact->created_at = import->created_at;
}

static void write_created_at(const struct import *import, const char *comma, struct buffer *json)
{
    buffer_append_text(json, comma);
    buffer_append_text(json, "\"created_at\":");
    json_number(json, import->created_at);
}

/* Every other member stays unchanged. */
static void import_write(const struct collection *collection, uint32_t ordinal, unsigned parts,
                         struct buffer *json)
{
    const struct import *import = import_of(collection);
    if (ordinal < import->first) {
        collection_write(import->inner, ordinal, parts, json);
        return;
    }
    struct buffer text = {0};
    collection_write(import->inner, ordinal, parts, &text);
    const char *at = buffer_text(&text);
    const char *comma = "{";
    struct member member;
    while (member_next(&at, &member)) {
        if (member_is(&member, "created_at"))
            continue;
        buffer_append_text(json, comma);
        buffer_append(json, member.text, member.length);
        comma = ",";
    }
    write_created_at(import, comma, json);
    buffer_append_char(json, '}');
    buffer_free(&text);
}

static void import_free(struct collection *collection)
{
    collection_free(import_of(collection)->inner);
    free(collection);
}

struct collection *collection_import(struct collection *collection, uint32_t count)
{
    static const struct collection_kind kind = {
        .id = import_id,
        .labels = import_labels,
        .read = import_read,
        .write = import_write,
        .free = import_free,
    };
    struct import *import = memory_new(1, sizeof *import);
    import->collection = *collection;
    import->collection.kind = &kind;
    import->inner = collection;
    import->first = count < collection->count ? collection->count - count : 0;
    if (import->first < collection->count) {
        struct contact contact;
        collection_read(collection, import->first, &contact);
        import->created_at = contact.created_at;
    }
    return &import->collection;
}
