#include "base/memory.h"
#include "lang/language_parts.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { NAME_UNITS_MAX = 128 };

/* NULL if ICU has no name for the code. */
static char *read_name(const ULocaleDisplayNames *display, const char *code)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[NAME_UNITS_MAX];
    char name[NAME_UNITS_MAX * 3 + 1];
    int32_t length = uldn_regionDisplayName(display, code, wide, NAME_UNITS_MAX, &status);
    u_strToUTF8(name, sizeof name, NULL, wide, length, &status);
    return U_SUCCESS(status) && length > 0 ? memory_copy_text(name) : NULL;
}

/* Full names, like the model's English ones. */
void language_open_countries(struct language *language, UErrorCode *status)
{
    UDisplayContext contexts[] = {UDISPCTX_LENGTH_FULL, UDISPCTX_NO_SUBSTITUTE};
    ULocaleDisplayNames *display = uldn_openForContext(language->kind->code, contexts, 2, status);
    if (U_FAILURE(*status))
        return;
    const char *const *codes = uloc_getISOCountries();
    while (codes[language->country_count])
        language->country_count++;
    language->countries = memory_new(language->country_count, sizeof *language->countries);
    for (size_t i = 0; i < language->country_count; i++)
        language->countries[i] = read_name(display, codes[i]);
    uldn_close(display);
}

void language_close_countries(struct language *language)
{
    for (size_t i = 0; i < language->country_count; i++)
        free(language->countries[i]);
    free(language->countries);
}

static int compare_codes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char *language_country(const struct language *language, const char *code)
{
    const char *const *codes = uloc_getISOCountries(); /* ICU lists them in order */
    const char *const *found =
        bsearch(&code, codes, language->country_count, sizeof *codes, compare_codes);
    const char *name = found ? language->countries[found - codes] : NULL;
    return name ? name : code;
}
