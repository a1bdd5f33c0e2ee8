#include "base/utf8.h"

#include "base/buffer.h"

#include <string.h>
#include <unicode/utf8.h>

bool utf8_is_clean(const char *bytes, size_t length)
{
    const uint8_t *units = (const uint8_t *)bytes;
    for (size_t at = 0; at < length;) {
        if (units[at] > 0 && units[at] < 0x80) {
            at++;
            continue;
        }
        UChar32 c;
        U8_NEXT(units, at, length, c);
        if (c <= 0)
            return false;
    }
    return true;
}

void utf8_repair(const char *bytes, size_t length, struct buffer *out)
{
    const uint8_t *units = (const uint8_t *)bytes;
    for (size_t at = 0; at < length;) {
        size_t from = at;
        UChar32 c;
        U8_NEXT(units, at, length, c);
        if (c <= 0)
            buffer_append_text(out, "\uFFFD");
        else
            buffer_append(out, bytes + from, at - from);
    }
}
