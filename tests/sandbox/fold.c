#include "fold.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

/* Only the beginning of longer texts is compared. */
enum { COMPARED_BYTES_MAX = 4096 };

bool fold_text(const char *text, char *folded, size_t size)
{
    mbstate_t reading = {0};
    mbstate_t writing = {0};
    size_t used = 0;
    while (*text) {
        char bytes[MB_LEN_MAX] = {*text};
        size_t length = 1;
        size_t taken = 1;
        if (*text >= 'A' && *text <= 'Z') {
            bytes[0] = (char)(*text - 'A' + 'a');
        } else if ((unsigned char)*text >= 0x80) {
            wchar_t wide;
            size_t found = mbrtowc(&wide, text, strnlen(text, MB_LEN_MAX), &reading);
            if (found > MB_LEN_MAX) {
                reading = (mbstate_t){0};
            } else {
                taken = found;
                length = wcrtomb(bytes, (wchar_t)towlower((wint_t)wide), &writing);
            }
        }
        if (used + length >= size)
            break;
        memcpy(folded + used, bytes, length);
        used += length;
        text += taken;
    }
    folded[used] = '\0';
    return *text == '\0';
}

bool fold_contains(const char *text, const char *folded)
{
    char lower[COMPARED_BYTES_MAX];
    if (!text)
        return false;
    fold_text(text, lower, sizeof lower);
    return strstr(lower, folded) != NULL;
}
