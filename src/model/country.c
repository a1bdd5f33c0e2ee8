#include "model/country.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/country_aliases.h"
#include "model/fold.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { COUNTRIES_MAX = 300, NAME_UNITS_MAX = 128 };

static const char *const report_languages[] = {"en", "zh_Hans", "zh_Hant", "ja", "de", "fr", "es"};

struct named {
    char *key; /* folded */
    const struct country *country;
    size_t place; /* in the order of adding; if several countries share a name, the first one gets
                     it */
};

/* Most contacts need only the codes with their English names. The other names take ten times as
   long to read, so we read them only when a text must be looked up. */
static pthread_once_t codes_once = PTHREAD_ONCE_INIT;
static struct country countries[COUNTRIES_MAX];
static size_t country_count;
static const struct country *by_letters['Z' - 'A' + 1]['Z' - 'A' + 1];

static pthread_once_t names_once = PTHREAD_ONCE_INIT;
static struct named *names; /* sorted by key */
static size_t name_count;
static size_t name_capacity;

/* The key of a name. Unlike ICU's names, people's have typewriters' apostrophes: Côte d'Ivoire. */
static void name_key(const char *name, struct buffer *key)
{
    static const char curly[] = "\u2019";
    struct buffer folded = {0};
    fold_key(name, &folded);
    for (const char *c = buffer_text(&folded); *c; c++) {
        bool is_curly = strncmp(c, curly, sizeof curly - 1) == 0;
        buffer_append_char(key, is_curly ? '\'' : *c);
        c += is_curly ? sizeof curly - 2 : 0;
    }
    buffer_append(key, "", 0);
    buffer_free(&folded);
}

static void add_name(const char *name, const struct country *country)
{
    struct buffer key = {0};
    name_key(name, &key);
    if (name_count == name_capacity) {
        name_capacity = name_capacity * 2 + COUNTRIES_MAX;
        names = memory_resize(names, name_capacity, sizeof *names);
    }
    names[name_count] = (struct named){buffer_take(&key), country, name_count};
    name_count++;
}

/* The name of a country in one language. */
struct wide_name {
    UChar units[NAME_UNITS_MAX];
    int32_t length;
};

static ULocaleDisplayNames *open_language(const char *language, UDisplayContext length)
{
    UErrorCode status = U_ZERO_ERROR;
    UDisplayContext contexts[] = {length, UDISPCTX_NO_SUBSTITUTE};
    ULocaleDisplayNames *display = uldn_openForContext(language, contexts, 2, &status);
    return U_SUCCESS(status) ? display : NULL;
}

/* False if ICU has no name. */
static bool find_name(const ULocaleDisplayNames *display, const char *code, struct wide_name *name)
{
    UErrorCode status = U_ZERO_ERROR;
    name->length = uldn_regionDisplayName(display, code, name->units, NAME_UNITS_MAX, &status);
    return U_SUCCESS(status) && name->length > 0;
}

/* The caller frees it. NULL if it is not valid UTF-16. */
static char *to_utf8(const struct wide_name *name)
{
    char text[NAME_UNITS_MAX * 3 + 1];
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(text, sizeof text, NULL, name->units, name->length, &status);
    return U_SUCCESS(status) ? memory_copy_text(text) : NULL;
}

/* ICU lists four codes beyond ISO 3166-1: Diego Garcia, Ceuta and Melilla, the Canary Islands and
 * Kosovo. */
static bool is_official(const char *code)
{
    static const char *const others[] = {"DG", "EA", "IC", "XK"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (strcmp(code, others[i]) == 0)
            return false;
    }
    return true;
}

static void free_countries(void)
{
    for (size_t i = 0; i < country_count; i++) {
        if (countries[i].name != countries[i].code)
            free((char *)countries[i].name);
    }
}

static void load_codes(void)
{
    ULocaleDisplayNames *english = open_language("en", UDISPCTX_LENGTH_FULL);
    for (const char *const *code = uloc_getISOCountries(); *code; code++) {
        if (!is_official(*code) || country_count == COUNTRIES_MAX)
            continue;
        struct country *country = &countries[country_count++];
        struct wide_name name;
        memcpy(country->code, *code, sizeof country->code);
        if (english && find_name(english, *code, &name))
            country->name = to_utf8(&name);
        if (!country->name)
            country->name = country->code;
        by_letters[country->code[0] - 'A'][country->code[1] - 'A'] = country;
    }
    uldn_close(english);
    atexit(free_countries);
}

static void add_codes(void)
{
    for (size_t i = 0; i < country_count; i++) {
        char locale[] = "und_XX";
        memcpy(locale + 4, countries[i].code, sizeof countries[i].code);
        add_name(countries[i].code, &countries[i]);
        add_name(uloc_getISO3Country(locale), &countries[i]);
    }
}

static void add_wide_name(const struct wide_name *name, const struct country *country)
{
    char *text = to_utf8(name);
    if (text)
        add_name(text, country);
    free(text);
}

/* Adds the names in one language: in full ("United Kingdom"), and the few that are shorter ("UK").
 */
static void add_language(const char *language)
{
    ULocaleDisplayNames *full = open_language(language, UDISPCTX_LENGTH_FULL);
    ULocaleDisplayNames *brief = open_language(language, UDISPCTX_LENGTH_SHORT);
    for (size_t i = 0; i < country_count; i++) {
        const struct country *country = &countries[i];
        struct wide_name name;
        struct wide_name shorter;
        bool has_name = full && find_name(full, country->code, &name);
        if (has_name)
            add_wide_name(&name, country);
        if (brief && find_name(brief, country->code, &shorter) &&
            !(has_name && shorter.length == name.length &&
              u_memcmp(shorter.units, name.units, name.length) == 0))
            add_wide_name(&shorter, country);
    }
    uldn_close(full);
    uldn_close(brief);
}

static int compare_names(const void *left, const void *right)
{
    const struct named *a = left;
    const struct named *b = right;
    int order = strcmp(a->key, b->key);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

static int compare_keys(const void *wanted, const void *named)
{
    return strcmp(wanted, ((const struct named *)named)->key);
}

/* Keeps only the first of those that have the same key. */
static void drop_repeated_names(void)
{
    size_t kept = 0;
    for (size_t i = 0; i < name_count; i++) {
        if (kept > 0 && strcmp(names[kept - 1].key, names[i].key) == 0)
            free(names[i].key);
        else
            names[kept++] = names[i];
    }
    name_count = kept;
}

static void free_names(void)
{
    for (size_t i = 0; i < name_count; i++)
        free(names[i].key);
    free(names);
}

static void load_names(void)
{
    pthread_once(&codes_once, load_codes);
    add_codes();
    for (size_t i = 0; i < sizeof report_languages / sizeof *report_languages; i++)
        add_language(report_languages[i]);
    for (const struct country_alias *alias = country_aliases; alias->name; alias++)
        add_name(alias->name, country_by_code(alias->code));
    qsort(names, name_count, sizeof *names, compare_names);
    drop_repeated_names();
    atexit(free_names);
}

const struct country *country_by_code(const char *code)
{
    for (int i = 0; i < 2; i++) {
        if (code[i] < 'A' || code[i] > 'Z')
            return NULL;
    }
    if (code[2] != '\0')
        return NULL;
    pthread_once(&codes_once, load_codes);
    return by_letters[code[0] - 'A'][code[1] - 'A'];
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Ignores case and surrounding blanks. */
static const struct country *country_by_loose_code(const char *code)
{
    size_t length = strlen(code);
    if (length ==
        2) { /* like nearly all codes; too short for two letters with blanks around them */
        const char plain[] = {upper(code[0]), upper(code[1]), '\0'};
        return country_by_code(plain);
    }
    if (length < 2)
        return NULL;
    struct buffer trimmed = {0};
    fold_blanks(code, &trimmed);
    const struct country *country =
        trimmed.length == 2 ? country_by_loose_code(buffer_text(&trimmed)) : NULL;
    buffer_free(&trimmed);
    return country;
}

static const struct country *country_by_name(const char *text)
{
    pthread_once(&names_once, load_names);
    struct buffer key = {0};
    name_key(text, &key);
    const struct named *found =
        bsearch(buffer_text(&key), names, name_count, sizeof *names, compare_keys);
    buffer_free(&key);
    return found ? found->country : NULL;
}

const struct country *country_find(const char *code, const char *text)
{
    const struct country *country = code ? country_by_loose_code(code) : NULL;
    return country || !text ? country : country_by_name(text);
}
