#include "base/utf8.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <string.h>
#include <unicode/utf8.h>

/* Whether all eight bytes are ASCII and none is NUL: subtracting 1 from a byte sets its highest bit
   only if the byte was NUL or had that bit already. */
static bool are_plain(const uint8_t units[static 8])
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t eight;
    memcpy(&eight, units, sizeof eight);
    return (((eight - ones) | eight) & ones << 7) == 0;
}

bool utf8_is_clean(const char *bytes, size_t length)
{
    const uint8_t *units = (const uint8_t *)bytes;
    for (size_t at = 0; at < length;) {
        if (length - at >= 8 && are_plain(units + at)) {
            at += 8;
            continue;
        }
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

const char *utf8_keep(const char *bytes, size_t length, struct arena *arena)
{
    if (utf8_is_clean(bytes, length))
        return arena_copy(arena, bytes, length);
    struct buffer repaired = {0};
    utf8_repair(bytes, length, &repaired);
    const char *text = arena_copy(arena, buffer_text(&repaired), repaired.length);
    buffer_free(&repaired);
    return text;
}
