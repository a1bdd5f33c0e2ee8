#include "write/workbook/table_headers.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "model/fold.h"

#include <stdbool.h>
#include <string.h>

static const char *keep(const struct buffer *text, struct arena *arena)
{
    return arena_copy(arena, buffer_text(text), text->length);
}

static bool is_taken(const char *const *keys, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(keys[i], key) == 0)
            return true;
    }
    return false;
}

/* Appends the first number that makes the header differ from all earlier ones. `keys` are the
   earlier headers, folded. */
static void make_unique(struct buffer *header, const char *const *keys, size_t count,
                        struct buffer *key)
{
    struct buffer plain = {0};
    buffer_append(&plain, header->bytes, header->length);
    for (int number = 1;; number++) {
        if (number > 1) {
            buffer_clear(header);
            buffer_print(header, "%s %d", buffer_text(&plain), number);
        }
        buffer_clear(key);
        fold_key(buffer_text(header), key);
        if (!is_taken(keys, count, buffer_text(key)))
            break;
    }
    buffer_free(&plain);
}

const char **table_headers_make(const struct language *language, const struct columns *columns,
                                struct arena *arena)
{
    const char **headers = arena_new(arena, columns->count * sizeof *headers);
    const char **keys = arena_new(arena, columns->count * sizeof *keys);
    struct buffer name = {0};
    struct buffer header = {0};
    struct buffer key = {0};
    for (size_t i = 0; i < columns->count; i++) {
        buffer_clear(&name);
        buffer_clear(&header);
        language_column(language, &columns->items[i], &name);
        fold_blanks(buffer_text(&name), &header);
        make_unique(&header, keys, i, &key);
        headers[i] = keep(&header, arena);
        keys[i] = keep(&key, arena);
    }
    buffer_free(&name);
    buffer_free(&header);
    buffer_free(&key);
    return headers;
}
