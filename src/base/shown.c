#include "base/shown.h"

#include "base/buffer.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* Scripts of Iran and India need the joiners, though these are invisible themselves. */
static bool is_shown(UChar32 c)
{
    enum { NON_JOINER = 0x200C, JOINER = 0x200D };
    if (c >= 0x20 && c < 0x7F)
        return true;
    switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_SURROGATE:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return false;
    case U_FORMAT_CHAR:
        return c == NON_JOINER || c == JOINER;
    default:
        return true;
    }
}

void shown_append(const char *text, size_t bytes, struct buffer *out)
{
    const uint8_t *units = (const uint8_t *)text;
    for (size_t at = 0; at < bytes;) {
        size_t from = at;
        UChar32 c;
        U8_NEXT(units, at, bytes, c);
        if (c >= 0 && is_shown(c))
            buffer_append(out, text + from, at - from);
    }
}

size_t shown_whole_bytes(const char *text, size_t most)
{
    size_t length = strnlen(text, most + 1);
    if (length <= most)
        return length;
    length = most;
    while (length > 0 && U8_IS_TRAIL((uint8_t)text[length]))
        length--;
    return length;
}
