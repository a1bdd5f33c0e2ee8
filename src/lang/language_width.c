#include "base/buffer.h"
#include "lang/language_parts.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

static int width_of_code_point(UChar32 c)
{
    int8_t type = u_charType(c);
    int syllable = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_CONTROL_CHAR ||
        u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
        syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO)
        return 0;
    int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

/* An emoji takes two columns, however many code points it has: flags, families. */
static int width_of_character(UText *text, int64_t from, int64_t to)
{
    static const UChar32 emoji_selector = 0xFE0F;
    int width = 0;
    utext_setNativeIndex(text, from);
    while (utext_getNativeIndex(text) < to) {
        UChar32 c = utext_next32(text);
        if (c == emoji_selector || u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION))
            return 2;
        width += width_of_code_point(c);
    }
    return width;
}

/* How many bytes of the text fit into `*columns`. Sets it to the number of columns that they
   take. */
static size_t measure(const struct language *language, const char *text, int *columns)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *open = utext_openUTF8(NULL, text, -1, &status);
    ubrk_setUText(language->characters, open, &status);
    int used = 0;
    int32_t from = ubrk_first(language->characters);
    int32_t to;
    while (U_SUCCESS(status) && (to = ubrk_next(language->characters)) != UBRK_DONE) {
        int width = width_of_character(open, from, to);
        if (used + width > *columns)
            break;
        used += width;
        from = to;
    }
    utext_close(open);
    *columns = used;
    return (size_t)from;
}

/* Most texts are ASCII and need no further analysis. */
static bool is_plain(const char *text)
{
    while (*text >= 0x20 && *text < 0x7F)
        text++;
    return *text == '\0';
}

int language_display_width(const struct language *language, const char *text)
{
    size_t length = strlen(text);
    int columns = INT_MAX - 2;
    if (length <= INT_MAX && is_plain(text))
        return (int)length;
    measure(language, text, &columns);
    return columns;
}

void language_cut(const struct language *language, const char *text, int columns,
                  struct buffer *out)
{
    static const char ellipsis[] = "…";
    int room = columns > 0 ? columns : 0;
    size_t fitting = measure(language, text, &room);
    if (text[fitting] && columns > 0) {
        room = columns - 1;
        buffer_append(out, text, measure(language, text, &room));
        buffer_append_text(out, ellipsis);
    } else {
        buffer_append(out, text, fitting);
    }
}
