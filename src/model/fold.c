#include "model/fold.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

/* Whether the byte is a whole character and no blank, as nearly all bytes of most texts are. */
static bool is_plain(uint8_t byte)
{
    return byte > ' ' && byte < 0x7F;
}

void fold_blanks(const char *text, struct buffer *out)
{
    buffer_append(out, "", 0);
    size_t start = out->length;
    bool blank_before = false;
    const uint8_t *bytes = (const uint8_t *)text;
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t from = at;
        UChar32 c = 0;
        while (at < length && is_plain(bytes[at]))
            at++;
        if (at == from)
            U8_NEXT(bytes, at, length, c);
        if (c > 0 && u_isUWhiteSpace(c)) {
            blank_before = true;
            continue;
        }
        if (blank_before && out->length > start)
            buffer_append_char(out, ' ');
        blank_before = false;
        if (c >= 0)
            buffer_append(out, text + from, at - from);
        else
            buffer_append_text(out, "\uFFFD"); /* a damaged snapshot's text */
    }
}

bool fold_is_blank(const char *text)
{
    const uint8_t *bytes = (const uint8_t *)text;
    for (size_t at = 0; bytes[at] != '\0';) {
        if (is_plain(bytes[at]))
            return false;
        UChar32 c;
        U8_NEXT(bytes, at, -1, c);
        if (c < 0 || !u_isUWhiteSpace(c))
            return false;
    }
    return true;
}

/* Most names are ASCII, where NFKC changes nothing and case folding is lower case. */
static bool fold_ascii(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] >= 0x80)
            return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] - 'A' + 'a');
    }
    return true;
}

/* The NFKC form of UTF-8 text, case-folded, as UTF-16; NULL if ICU has no data. The caller frees
 * it. */
static UChar *fold_wide(const char *text, size_t length, int32_t *folded_length)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
    /* NFKC turns one unit into at most 18, case folding one into at most 3. */
    int32_t capacity = (int32_t)length * 18 + 1;
    int32_t wide_length;
    UChar *wide = memory_new((size_t)length + 1, sizeof *wide);
    UChar *normal = memory_new((size_t)capacity, sizeof *normal);
    u_strFromUTF8WithSub(wide, (int32_t)length + 1, &wide_length, text, (int32_t)length, 0xFFFD,
                         NULL, &status);
    int32_t normal_length = unorm2_normalize(nfkc, wide, wide_length, normal, capacity, &status);
    free(wide);
    UChar *folded = memory_new((size_t)normal_length * 3 + 1, sizeof *folded);
    *folded_length = u_strFoldCase(folded, normal_length * 3 + 1, normal, normal_length,
                                   U_FOLD_CASE_DEFAULT, &status);
    free(normal);
    if (U_SUCCESS(status))
        return folded;
    free(folded);
    return NULL;
}

void fold_key(const char *text, struct buffer *out)
{
    buffer_append(out, "", 0);
    size_t start = out->length;
    fold_blanks(text, out);
    size_t length = out->length - start;
    if (fold_ascii(out->bytes + start, length))
        return;

    int32_t folded_length;
    UChar *folded = fold_wide(out->bytes + start, length, &folded_length);
    if (!folded)
        return; /* better to compare the text unchanged than not at all */
    UErrorCode status = U_ZERO_ERROR;
    size_t capacity = (size_t)folded_length * 3 + 1;
    char *utf8 = memory_new(capacity, 1);
    int32_t utf8_length;
    u_strToUTF8WithSub(utf8, (int32_t)capacity, &utf8_length, folded, folded_length, 0xFFFD, NULL,
                       &status);
    free(folded);
    if (U_SUCCESS(status)) {
        out->length = start;
        buffer_append(out, utf8, (size_t)utf8_length);
    }
    free(utf8);
}
