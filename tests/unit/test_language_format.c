/* How the languages write numbers, dates and countries, and how wide texts are in a terminal. */
#include "lang/language.h"

#include "base/buffer.h"
#include "base/zone.h"
#include "model/country.h"
#include "support.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uloc.h>

#define NBSP "\u00a0"
#define THIN "\u202f"

enum { LANGUAGES = 7 };

static const char *const codes[LANGUAGES] = {"en", "zh-Hans", "zh-Hant", "ja", "de", "fr", "es"};

static struct language *languages[LANGUAGES];

static int open_all(void **state)
{
    (void)state;
    struct error error;
    for (int i = 0; i < LANGUAGES; i++) {
        if (!language_open(&languages[i], codes[i], &error))
            fail_msg("%s: %s", codes[i], error.message);
    }
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGES; i++)
        language_free(languages[i]);
    return 0;
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        const char *expected[LANGUAGES];
    } cases[] = {
        {0, {"0", "0", "0", "0", "0", "0", "0"}},
        {-7, {"-7", "-7", "-7", "-7", "-7", "-7", "-7"}},
        {1234, {"1,234", "1,234", "1,234", "1,234", "1.234", "1" THIN "234", "1.234"}},
        {84211, {"84,211", "84,211", "84,211", "84,211", "84.211", "84" THIN "211", "84.211"}},
        {INT64_MIN,
         {"-9,223,372,036,854,775,808", "-9,223,372,036,854,775,808", "-9,223,372,036,854,775,808",
          "-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808",
          "-9" THIN "223" THIN "372" THIN "036" THIN "854" THIN "775" THIN "808",
          "-9.223.372.036.854.775.808"}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int j = 0; j < LANGUAGES; j++) {
            char text[LANGUAGE_FORMAT_BYTES];
            language_number(languages[j], cases[i].number, text);
            assert_string_equal(text, cases[i].expected[j]);
        }
    }
}

static void test_percents(void **state)
{
    (void)state;
    static const struct {
        double share;
        const char *expected[LANGUAGES];
    } cases[] = {
        {0.123,
         {"12.3%", "12.3%", "12.3%", "12.3%", "12,3" NBSP "%", "12,3" NBSP "%", "12,3" NBSP "%"}},
        {0.1025, /* halves go up, as in spreadsheets */
         {"10.3%", "10.3%", "10.3%", "10.3%", "10,3" NBSP "%", "10,3" NBSP "%", "10,3" NBSP "%"}},
        {0, {"0.0%", "0.0%", "0.0%", "0.0%", "0,0" NBSP "%", "0,0" NBSP "%", "0,0" NBSP "%"}},
        {1,
         {"100.0%", "100.0%", "100.0%", "100.0%", "100,0" NBSP "%", "100,0" NBSP "%",
          "100,0" NBSP "%"}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int j = 0; j < LANGUAGES; j++) {
            char text[LANGUAGE_FORMAT_BYTES];
            language_percent(languages[j], cases[i].share, text);
            assert_string_equal(text, cases[i].expected[j]);
        }
    }
}

static const struct {
    int64_t seconds;
    const char *dates[LANGUAGES];
    const char *clock;
    const char *short_clock; /* without the leading zero, which Japanese and Spanish leave out */
} moments[] = {
    {1795359600 - 1, /* the last second of a day in Tokyo */
     {"Nov 22, 2026", "2026年11月22日", "2026年11月22日", "2026年11月22日", "22. Nov. 2026",
      "22 nov. 2026", "22 nov 2026"},
     "23:59",
     "23:59"},
    {951782700,
     {"Feb 29, 2000", "2000年2月29日", "2000年2月29日", "2000年2月29日", "29. Feb. 2000",
      "29 févr. 2000", "29 feb 2000"},
     "09:05",
     "9:05"},
    {INT64_MAX,
     {"Dec 31, 9999", "9999年12月31日", "9999年12月31日", "9999年12月31日", "31. Dez. 9999",
      "31 déc. 9999", "31 dic 9999"},
     "23:59",
     "23:59"},
    {INT64_MIN,
     {"Jan 1, 1", "1年1月1日", "1年1月1日", "1年1月1日", "1. Jan. 1", "1 janv. 1", "1 ene 1"},
     "09:18",
     "9:18"},
};

static void test_dates(void **state)
{
    (void)state;
    static const char *const joints[LANGUAGES] = {", ", " ", " ", " ", ", ", ", ", ", "};
    struct zone *zone;
    struct error error;
    assert_true(zone_open(&zone, "Asia/Tokyo", &error));
    for (size_t i = 0; i < COUNT(moments); i++) {
        for (int j = 0; j < LANGUAGES; j++) {
            char text[LANGUAGE_FORMAT_BYTES];
            char expected[LANGUAGE_FORMAT_BYTES];
            bool is_short = strcmp(codes[j], "ja") == 0 || strcmp(codes[j], "es") == 0;
            language_date(languages[j], moments[i].seconds, zone, text);
            assert_string_equal(text, moments[i].dates[j]);
            language_moment(languages[j], moments[i].seconds, zone, text);
            snprintf(expected, sizeof expected, "%s%s%s", moments[i].dates[j], joints[j],
                     is_short ? moments[i].short_clock : moments[i].clock);
            assert_string_equal(text, expected);
        }
    }
    zone_free(zone);
}

static void test_countries(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        const char *expected[LANGUAGES];
    } cases[] = {
        {"DE", {"Germany", "德国", "德國", "ドイツ", "Deutschland", "Allemagne", "Alemania"}},
        {"AD", {"Andorra", "安道尔", "安道爾", "アンドラ", "Andorra", "Andorre", "Andorra"}},
        {"ZW",
         {"Zimbabwe", "津巴布韦", "辛巴威", "ジンバブエ", "Simbabwe", "Zimbabwe", "Zimbabue"}},
        {"US",
         {"United States", "美国", "美國", "アメリカ合衆国", "Vereinigte Staaten", "États-Unis",
          "Estados Unidos"}},
        {"??", {"??", "??", "??", "??", "??", "??", "??"}},
        {"", {"", "", "", "", "", "", ""}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (int j = 0; j < LANGUAGES; j++)
            assert_string_equal(language_country(languages[j], cases[i].code),
                                cases[i].expected[j]);
    }
}

/* English names are the model's own; every country has a name everywhere that leads back to it. */
static void test_every_country(void **state)
{
    (void)state;
    int real = 0;
    for (const char *const *code = uloc_getISOCountries(); *code; code++) {
        const struct country *country = country_by_code(*code);
        if (!country)
            continue;
        real++;
        assert_string_equal(language_country(languages[0], *code), country->name);
        for (int j = 0; j < LANGUAGES; j++)
            assert_ptr_equal(country_find(NULL, language_country(languages[j], *code)), country);
    }
    assert_int_equal(real, 249);
}

static const struct {
    const char *text;
    int columns;
} widths[] = {
    {"", 0},
    {"abc", 3},
    {"Müller", 6},
    {"Mu\u0308ller", 6},
    {"\u0301", 0},
    {"中国", 4},
    {"ドイツ", 6},
    {"ﾄﾞｲﾂ", 4},     /* halfwidth, its voicing mark a character of its own */
    {"か\u3099", 2}, /* the combining mark */
    {"ＡＢ", 4},
    {"한국", 4},
    {"\u1112\u1161\u11ab", 2}, /* the same syllable in its parts */
    {"한", 2},
    {"（）。", 6},
    {"😀", 2},
    {"👍🏽", 2},
    {"👩‍👩‍👧‍👦", 2},
    {"🇩🇪", 2},
    {"🇩🇪🇫🇷", 4},
    {"\u2764", 1},
    {"\u2764\ufe0f", 2},
    {"1\ufe0f\u20e3", 2},
    {"a\u200bb\u2060c", 3},
    {"1" THIN "000" NBSP "%", 7},
    {"…×·", 3},
    {"हिन्दी", 5},
    {"ไทย", 3},
    {"a\tb\n", 2},
    {"\xff", 1},
};

static void test_widths(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(widths); i++) {
        int columns = language_display_width(languages[0], widths[i].text);
        if (columns != widths[i].columns)
            fail_msg("'%s' takes %d columns instead of %d", widths[i].text, columns,
                     widths[i].columns);
    }
}

static const struct {
    const char *text;
    int columns;
    const char *expected;
} cuts[] = {
    {"Germany", 8, "Germany"},
    {"Germany", 7, "Germany"},
    {"Germany", 6, "Germa…"},
    {"Germany", 1, "…"},
    {"Germany", 0, ""},
    {"Germany", -1, ""},
    {"", 0, ""},
    {"中国人", 6, "中国人"},
    {"中国人", 5, "中国…"},
    {"中国人", 4, "中…"},
    {"Mu\u0308ller", 3, "Mu\u0308…"},
    {"Mu\u0308", 2, "Mu\u0308"},
    {"👩‍👩‍👧‍👦🇩🇪", 4, "👩‍👩‍👧‍👦🇩🇪"},
    {"👩‍👩‍👧‍👦🇩🇪", 3, "👩‍👩‍👧‍👦…"},
    {"👩‍👩‍👧‍👦🇩🇪", 2, "…"},
};

static void test_cuts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cuts); i++) {
        struct buffer text = {0};
        language_cut(languages[0], cuts[i].text, cuts[i].columns, &text);
        assert_string_equal(buffer_text(&text), cuts[i].expected);
        buffer_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),       cmocka_unit_test(test_percents),
        cmocka_unit_test(test_dates),         cmocka_unit_test(test_countries),
        cmocka_unit_test(test_every_country), cmocka_unit_test(test_widths),
        cmocka_unit_test(test_cuts),
    };
    return cmocka_run_group_tests_name("language formats", tests, open_all, close_all);
}
