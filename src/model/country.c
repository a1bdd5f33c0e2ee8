#include "model/country.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

enum { COUNTRIES_MAX = 300, NAME_UNITS_MAX = 128 };

static const char *const report_languages[] = {"en", "zh_Hans", "zh_Hant", "ja", "de", "fr", "es"};

/* What people write that is no name in ICU's data. Alpha-2 and alpha-3 codes written as text are
 * added to these. */
static const struct alias {
    const char *name;
    char code[3];
} aliases[] = {
    {"U.S.", "US"},
    {"U.S.A.", "US"},
    {"United States of America", "US"},
    {"The United States", "US"},
    {"America", "US"},
    {"Vereinigte Staaten von Amerika", "US"},
    {"États-Unis d'Amérique", "US"},
    {"Estados Unidos de América", "US"},
    {"EE. UU.", "US"},
    {"EE.UU.", "US"},
    {"美利坚合众国", "US"},
    {"アメリカ", "US"},
    {"UK", "GB"},
    {"U.K.", "GB"},
    {"Great Britain", "GB"},
    {"Britain", "GB"},
    {"United Kingdom of Great Britain and Northern Ireland", "GB"},
    {"England", "GB"},
    {"Scotland", "GB"},
    {"Wales", "GB"},
    {"Northern Ireland", "GB"},
    {"Großbritannien", "GB"},
    {"Grande-Bretagne", "GB"},
    {"Gran Bretaña", "GB"},
    {"PRC", "CN"},
    {"P.R. China", "CN"},
    {"P.R.C.", "CN"},
    {"Mainland China", "CN"},
    {"People's Republic of China", "CN"},
    {"中国大陆", "CN"},
    {"中國大陸", "CN"},
    {"中华人民共和国", "CN"},
    {"中華人民共和國", "CN"},
    {"Hong Kong SAR", "HK"},
    {"Macau", "MO"},
    {"臺灣", "TW"},
    {"Korea", "KR"},
    {"Republic of Korea", "KR"},
    {"Korea, Republic of", "KR"},
    {"대한민국", "KR"},
    {"DPRK", "KP"},
    {"Russian Federation", "RU"},
    {"Viet Nam", "VN"},
    {"Turkey", "TR"},
    {"Türkiye", "TR"},
    {"Czech Republic", "CZ"},
    {"Holland", "NL"},
    {"The Netherlands", "NL"},
    {"U.A.E.", "AE"},
    {"UAE", "AE"},
    {"Ivory Coast", "CI"},
    {"Burma", "MM"},
    {"Macedonia", "MK"},
    {"Swaziland", "SZ"},
    {"Cape Verde", "CV"},
    {"East Timor", "TL"},
    {"Bundesrepublik Deutschland", "DE"},
    {"Federal Republic of Germany", "DE"},
};

struct named {
    char *key; /* folded */
    const struct country *country;
};

static struct country countries[COUNTRIES_MAX];
static size_t country_count;
static struct named *names; /* sorted by key */
static size_t name_count;

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
    names = memory_resize(names, name_count + 1, sizeof *names);
    names[name_count++] = (struct named){buffer_take(&key), country};
}

static char *to_utf8(const UChar *wide, int32_t length)
{
    char text[NAME_UNITS_MAX * 3 + 1];
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(text, sizeof text, NULL, wide, length, &status);
    return U_SUCCESS(status) ? memory_copy_text(text) : NULL;
}

/* The name of a country, or NULL if ICU has none. The caller frees it. */
static char *display_name(const ULocaleDisplayNames *language, const char *code)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[NAME_UNITS_MAX];
    int32_t length = uldn_regionDisplayName(language, code, wide, NAME_UNITS_MAX, &status);
    return U_SUCCESS(status) && length > 0 ? to_utf8(wide, length) : NULL;
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

static void add_codes(void)
{
    for (const char *const *code = uloc_getISOCountries(); *code; code++) {
        if (!is_official(*code) || country_count == COUNTRIES_MAX)
            continue;
        struct country *country = &countries[country_count++];
        memcpy(country->code, *code, sizeof country->code);
        country->name = country->code; /* until English is read */
        add_name(*code, country);
        char locale[] = "und_XX";
        memcpy(locale + 4, *code, sizeof country->code);
        add_name(uloc_getISO3Country(locale), country);
    }
}

/* Adds the names in one language, in full ("United Kingdom") or short ("UK"). */
static void add_language(const char *language, UDisplayContext length)
{
    UErrorCode status = U_ZERO_ERROR;
    UDisplayContext contexts[] = {length, UDISPCTX_NO_SUBSTITUTE};
    ULocaleDisplayNames *display = uldn_openForContext(language, contexts, 2, &status);
    bool is_english = strcmp(language, "en") == 0 && length == UDISPCTX_LENGTH_FULL;
    for (size_t i = 0; U_SUCCESS(status) && i < country_count; i++) {
        char *name = display_name(display, countries[i].code);
        if (name)
            add_name(name, &countries[i]);
        if (name && is_english)
            countries[i].name = name;
        else
            free(name);
    }
    uldn_close(display);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(((const struct named *)left)->key, ((const struct named *)right)->key);
}

static int compare_codes(const void *left, const void *right)
{
    return strcmp(((const struct country *)left)->code, ((const struct country *)right)->code);
}

static void free_names(void)
{
    for (size_t i = 0; i < name_count; i++)
        free(names[i].key);
    free(names);
    for (size_t i = 0; i < country_count; i++) {
        if (countries[i].name != countries[i].code)
            free((char *)countries[i].name);
    }
}

static void load_once(void)
{
    if (country_count > 0)
        return;
    add_codes(); /* ICU lists them in order */
    for (size_t i = 0; i < sizeof report_languages / sizeof *report_languages; i++) {
        add_language(report_languages[i], UDISPCTX_LENGTH_FULL);
        add_language(report_languages[i], UDISPCTX_LENGTH_SHORT);
    }
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        add_name(aliases[i].name, country_by_code(aliases[i].code));
    qsort(names, name_count, sizeof *names, compare_names);
    atexit(free_names);
}

const struct country *country_by_code(const char *code)
{
    load_once();
    struct country wanted = {.code = {code[0], code[0] ? code[1] : '\0'}};
    if (strlen(code) != 2)
        return NULL;
    return bsearch(&wanted, countries, country_count, sizeof *countries, compare_codes);
}

static const struct country *country_by_any_case_code(const char *code)
{
    if (strlen(code) != 2)
        return NULL;
    char upper[3] = {0};
    for (int i = 0; i < 2; i++)
        upper[i] = code[i] >= 'a' && code[i] <= 'z' ? (char)(code[i] - 'a' + 'A') : code[i];
    return country_by_code(upper);
}

static const struct country *country_by_name(const char *text)
{
    load_once();
    struct buffer key = {0};
    name_key(text, &key);
    struct named wanted = {.key = key.bytes};
    const struct named *found = bsearch(&wanted, names, name_count, sizeof *names, compare_names);
    buffer_free(&key);
    return found ? found->country : NULL;
}

const struct country *country_find(const char *code, const char *text)
{
    const struct country *country = NULL;
    if (code) {
        struct buffer trimmed = {0};
        fold_blanks(code, &trimmed);
        country = country_by_any_case_code(buffer_text(&trimmed));
        buffer_free(&trimmed);
    }
    return country || !text ? country : country_by_name(text);
}
