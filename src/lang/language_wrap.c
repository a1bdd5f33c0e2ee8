#include "base/buffer.h"
#include "base/memory.h"
#include "lang/language_parts.h"

#include <stdlib.h>
#include <unicode/utext.h>

static size_t without_blanks(const char *text, size_t from, size_t to)
{
    while (to > from && text[to - 1] == ' ')
        to--;
    return to;
}

static int width_between(const struct language *language, const char *text, size_t from, size_t to)
{
    char *part = memory_copy_bytes(text + from, without_blanks(text, from, to) - from);
    int width = language_display_width(language, part);
    free(part);
    return width;
}

/* The latest end of the line that begins at `from`: before the first piece that does not fit,
   unless the line has no other piece. */
static size_t find_end(const struct language *language, const char *text, size_t from, int columns)
{
    int32_t end = ubrk_following(language->lines, (int32_t)from);
    int32_t next = end;
    while (next != UBRK_DONE && width_between(language, text, from, (size_t)next) <= columns) {
        end = next;
        next = ubrk_next(language->lines);
    }
    return (size_t)end;
}

void language_wrap(const struct language *language, const char *text, int columns,
                   struct buffer *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *open = utext_openUTF8(NULL, text, -1, &status);
    ubrk_setUText(language->lines, open, &status);
    size_t from = 0;
    while (U_SUCCESS(status) && text[from]) {
        size_t to = find_end(language, text, from, columns);
        if (from > 0)
            buffer_append_char(out, '\n');
        buffer_append(out, text + from, without_blanks(text, from, to) - from);
        from = to;
    }
    utext_close(open);
}
