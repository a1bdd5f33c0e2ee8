/* Countries by code and by name. */
#include "model/country.h"

#include "support.h"

#include <ctype.h>
#include <pthread.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

/* ISO 3166-1 alpha-2, all officially assigned. */
static const char official[] =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR "
    "BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ "
    "EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW "
    "GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY "
    "KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV "
    "MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY "
    "QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG "
    "TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM "
    "ZW ";

static bool is_listed(const char *code)
{
    char entry[4] = {code[0], code[1], ' ', '\0'};
    return strstr(official, entry) != NULL;
}

static void *look_up(void *context)
{
    const struct country **found = context;
    found[0] = country_by_code("DE");
    found[1] = country_find(NULL, "Allemagne");
    found[2] = country_find("fr", "Germany");
    return NULL;
}

/* Runs first, so that the threads come while nothing is read yet. */
static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[4];
    const struct country *found[4][3];
    for (size_t i = 0; i < COUNT(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, look_up, found[i]), 0);
    for (size_t i = 0; i < COUNT(threads); i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_string_equal(found[i][0]->name, "Germany");
        assert_ptr_equal(found[i][1], found[i][0]);
        assert_string_equal(found[i][2]->code, "FR");
    }
}

static void test_every_code(void **state)
{
    (void)state;
    int real = 0;
    for (char first = 'A'; first <= 'Z'; first++) {
        for (char second = 'A'; second <= 'Z'; second++) {
            const char code[3] = {first, second, '\0'};
            const char lower[3] = {(char)tolower(first), (char)tolower(second), '\0'};
            const char mixed[5] = {' ', first, (char)tolower(second), ' ', '\0'};
            const struct country *country = country_by_code(code);
            if ((country != NULL) != is_listed(code))
                fail_msg("%s", code);
            assert_ptr_equal(country_find(code, NULL), country);
            assert_ptr_equal(country_find(lower, NULL), country);
            assert_ptr_equal(country_find(mixed, NULL), country);
            assert_null(country_by_code(lower));
            if (!country)
                continue;
            real++;
            assert_string_equal(country->code, code);
            assert_true(strlen(country->name) > 2);
            assert_ptr_equal(country_find(NULL, code), country);
            assert_ptr_equal(country_find(NULL, country->name), country);
        }
    }
    assert_int_equal(real, 249);
}

/* Every name in ICU's data of the report's languages leads to its own country and no other. */
static void test_every_name(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "zh_Hans", "zh_Hant", "ja", "de", "fr", "es"};
    for (size_t i = 0; i < COUNT(languages); i++) {
        for (const char *code = official; *code; code += 3) {
            char locale[] = "und_XX";
            memcpy(locale + 4, code, 2);
            UErrorCode status = U_ZERO_ERROR;
            UChar wide[128];
            char name[400];
            uloc_getDisplayCountry(locale, languages[i], wide, 128, &status);
            u_strToUTF8(name, sizeof name, NULL, wide, -1, &status);
            assert_true(U_SUCCESS(status));
            const struct country *country = country_find(NULL, name);
            if (!country || strncmp(country->code, code, 2) != 0)
                fail_msg("%s: '%s' is %s instead of %.2s", languages[i], name,
                         country ? country->code : "unknown", code);
        }
    }
}

struct find_case {
    const char *code;
    const char *text;
    const char *expected; /* NULL: none */
};

static const struct find_case find_cases[] = {
    /* names in the report's languages */
    {NULL, "Germany", "DE"},
    {NULL, "Deutschland", "DE"},
    {NULL, "Allemagne", "DE"},
    {NULL, "Alemania", "DE"},
    {NULL, "\u5FB7\u56FD", "DE"},
    {NULL, "\u5FB7\u570B", "DE"},
    {NULL, "\u30C9\u30A4\u30C4", "DE"},
    {NULL, "\u4E2D\u56FD", "CN"},
    {NULL, "\u4E2D\u570B", "CN"},
    {NULL, "\u65E5\u672C", "JP"},
    {NULL, "Japon", "JP"},
    {NULL, "\u00D6sterreich", "AT"},
    {NULL, "Espa\u00F1a", "ES"},
    {NULL, "C\u00F4te d\u2019Ivoire", "CI"},
    /* what people write */
    {NULL, "USA", "US"},
    {NULL, "U.S.A.", "US"},
    {NULL, "United States of America", "US"},
    {NULL, "UK", "GB"},
    {NULL, "England", "GB"},
    {NULL, "PRC", "CN"},
    {NULL, "\u4E2D\u534E\u4EBA\u6C11\u5171\u548C\u56FD", "CN"},
    {NULL, "Korea", "KR"},
    {NULL, "Holland", "NL"},
    {NULL, "Turkey", "TR"},
    {NULL, "T\u00FCrkiye", "TR"},
    {NULL, "Russian Federation", "RU"},
    {NULL, "DEU", "DE"},
    {NULL, "de", "DE"},
    /* blanks and case aside */
    {NULL, "  gErMaNy ", "DE"},
    {NULL, "\u3000\u4E2D\u56FD\u00A0", "CN"},
    {NULL, "united   kingdom", "GB"},
    {NULL, "\uFF35\uFF33\uFF21", "US"},
    {NULL, "\u00F6STERREICH", "AT"},
    /* the code wins, if it is a real one */
    {"DE", "France", "DE"},
    {"de", "France", "DE"},
    {" De\t", "France", "DE"},
    {"DE", NULL, "DE"},
    {"DE", "Atlantis", "DE"},
    {"XX", "France", "FR"},
    {"UK", "France", "FR"},
    {"XK", "France", "FR"}, /* Kosovo's code is not official */
    {"IC", "Spain", "ES"},
    {"DEU", "France", "FR"},
    {"D", "France", "FR"},
    {"", "France", "FR"},
    {"  ", "France", "FR"},
    {"\u00E9", "France", "FR"},
    {"49", "France", "FR"},
    /* none */
    {NULL, NULL, NULL},
    {"", "", NULL},
    {NULL, "", NULL},
    {NULL, " \u3000", NULL},
    {"XX", NULL, NULL},
    {"UK", NULL, NULL},
    {"ZZ", "Atlantis", NULL},
    {NULL, "Germany (West)", NULL},
    {NULL, "Unknown Region", NULL},
    {NULL, "ZZ", NULL},
    {NULL, "XK", NULL},
};

static void test_find(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(find_cases); i++) {
        const struct find_case *c = &find_cases[i];
        const struct country *found = country_find(c->code, c->text);
        const char *code = found ? found->code : "none";
        if (strcmp(code, c->expected ? c->expected : "none") != 0)
            fail_msg("code '%s', text '%s': %s", c->code ? c->code : "NULL",
                     c->text ? c->text : "NULL", code);
    }
}

static void test_english_names(void **state)
{
    (void)state;
    assert_string_equal(country_by_code("DE")->name, "Germany");
    assert_string_equal(country_by_code("GB")->name, "United Kingdom");
    assert_string_equal(country_by_code("US")->name, "United States");
    assert_null(country_by_code(""));
    assert_null(country_by_code("D"));
    assert_null(country_by_code("DEU"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads),       cmocka_unit_test(test_every_code),
        cmocka_unit_test(test_every_name),    cmocka_unit_test(test_find),
        cmocka_unit_test(test_english_names),
    };
    return cmocka_run_group_tests_name("country", tests, NULL, NULL);
}
