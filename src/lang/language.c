#include "base/buffer.h"
#include "base/memory.h"
#include "lang/language_parts.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

static const struct language_kind kinds[] = {
    {"en", "en", "Latn"}, {"zh-Hans", "zh", "Hans"}, {"zh-Hant", "zh", "Hant"},
    {"ja", "ja", "Jpan"}, {"de", "de", "Latn"},      {"fr", "fr", "Latn"},
    {"es", "es", "Latn"},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* Writes ICU's full locale, such as zh_Hant_TW for "zh_tw". False if the name is no locale. */
static bool expand_name(const char *name, char full[static ULOC_FULLNAME_CAPACITY])
{
    char tag[ULOC_FULLNAME_CAPACITY];
    char locale[ULOC_FULLNAME_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    size_t length = strlen(name);
    if (length >= sizeof tag)
        return false;
    for (size_t i = 0; i <= length; i++)
        tag[i] = (char)(name[i] == '_' ? '-' : name[i]);
    uloc_forLanguageTag(tag, locale, sizeof locale, &parsed, &status);
    /* If the name has no language, ICU would assume English. */
    if (U_FAILURE(status) || (size_t)parsed != length ||
        uloc_getLanguage(locale, tag, sizeof tag, &status) == 0)
        return false;
    uloc_addLikelySubtags(locale, full, ULOC_FULLNAME_CAPACITY, &status);
    return U_SUCCESS(status);
}

static const struct language_kind *find_kind(const char *name)
{
    char full[ULOC_FULLNAME_CAPACITY];
    char base[ULOC_LANG_CAPACITY];
    char script[ULOC_SCRIPT_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    if (!expand_name(name, full))
        return NULL;
    uloc_getLanguage(full, base, sizeof base, &status);
    uloc_getScript(full, script, sizeof script, &status);
    for (size_t i = 0; U_SUCCESS(status) && i < KINDS; i++) {
        if (strcmp(base, kinds[i].base) == 0 && strcmp(script, kinds[i].script) == 0)
            return &kinds[i];
    }
    return NULL;
}

const char *language_find(const char *name)
{
    const struct language_kind *kind = find_kind(name);
    return kind ? kind->code : NULL;
}

static bool no_such_language(const char *name, struct error *error)
{
    struct buffer all = {0};
    for (size_t i = 0; i < KINDS; i++)
        buffer_print(&all, "%s%s", i ? ", " : "", kinds[i].code);
    error_set(error, EXIT_WRONG_USE, "there is no language '%s'", name);
    error_hint(error, "languages: %s", buffer_text(&all));
    buffer_free(&all);
    return false;
}

bool language_check(const char *name, struct error *error)
{
    return language_find(name) || no_such_language(name, error);
}

static bool read_catalogue(struct language *language, struct error *error)
{
    const struct catalogue_file *file = catalogue_files;
    while (file->code && strcmp(file->code, language->kind->code) != 0)
        file++;
    if (!file->code)
        return error_set(error, EXIT_UNEXPECTED, "lang/%s.json: not compiled in",
                         language->kind->code);
    return catalogue_read(&language->catalogue, file, error);
}

static bool read_locale(struct language *language, struct error *error)
{
    UErrorCode status = U_ZERO_ERROR;
    language_open_formats(language, &status);
    language_open_countries(language, &status);
    language->plural_rules = uplrules_open(language->kind->code, &status);
    language->characters = ubrk_open(UBRK_CHARACTER, language->kind->code, NULL, 0, &status);
    language->lines = ubrk_open(UBRK_LINE, language->kind->code, NULL, 0, &status);
    return U_SUCCESS(status) || error_set(error, EXIT_UNEXPECTED, "language '%s': ICU says %s",
                                          language->kind->code, u_errorName(status));
}

bool language_open(struct language **opened, const char *name, struct error *error)
{
    const struct language_kind *kind = find_kind(name);
    if (!kind)
        return no_such_language(name, error);
    struct language *language = memory_new(1, sizeof *language);
    language->kind = kind;
    if (!read_catalogue(language, error) || !read_locale(language, error)) {
        language_free(language);
        return false;
    }
    *opened = language;
    return true;
}

void language_free(struct language *language)
{
    if (!language)
        return;
    language_close_formats(language);
    language_close_countries(language);
    uplrules_close(language->plural_rules);
    ubrk_close(language->characters);
    ubrk_close(language->lines);
    catalogue_clear(&language->catalogue);
    free(language);
}

const char *language_code(const struct language *language)
{
    return language->kind->code;
}
