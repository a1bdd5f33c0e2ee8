/* Further sources of company and country, where the usual members say nothing. */
#include "model/further.h"

#include "base/arena.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *company_name;
    const char *extra;
    const char *custom;
    const char *expected;
} companies[] = {
    {"Acme", "{\"additional_attributes\":{\"company\":\"Other\"}}", "{\"firm\":\"Third\"}", "Acme"},
    {NULL, "{\"additional_attributes\":{\"company\":\"Other\"}}", "{\"firm\":\"Third\"}", "Other"},
    {"", "{\"additional_attributes\":{\"company\":\"Other\"}}", NULL, "Other"},
    {" \u3000", "{\"additional_attributes\":{\"company\":\" Other \"}}", NULL, " Other "},
    {NULL, "{\"additional_attributes\":{\"company\":42}}", NULL, "42"},
    {NULL, "{\"additional_attributes\":{\"company\":\" \"}}", "{\"firm\":\"Third\"}", "Third"},
    {NULL, "{\"additional_attributes\":{\"company\":null}}", "{\"firm\":\"Third\"}", "Third"},
    {NULL, "{\"additional_attributes\":{\"company\":{\"name\":\"x\"}}}", "{\"firm\":7}", "7"},
    {NULL, "{\"additional_attributes\":{\"company\":[]}}", "{\"firm\":[]}", NULL},
    {NULL, "{\"additional_attributes\":\"company\"}", "{\"firm\":true}", NULL},
    {NULL, "{\"company\":\"Elsewhere\"}", "{\"firm\":{}}", NULL},
    {NULL, "{\"x\":{\"company\":\"Elsewhere\"}}", "{\"other\":\"x\"}", NULL},
    {NULL, "{\"additional_attributes\":{\"company\":", "{\"firm\":", NULL}, /* damaged */
    {NULL, NULL, "{\"firm\":\"\"}", NULL},
    {" ", NULL, NULL, " "},
    {NULL, NULL, NULL, NULL},
};

static void check(size_t at, const char *told, const char *expected)
{
    if (told && expected ? strcmp(told, expected) != 0 : told != expected)
        fail_msg("%zu: %s", at, told ? told : "NULL");
}

static void test_companies(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(companies); i++)
        check(i,
              further_company(companies[i].company_name, companies[i].extra, companies[i].custom,
                              "firm", &arena),
              companies[i].expected);
    assert_null(further_company(NULL, NULL, "{\"firm\":\"Third\"}", NULL, &arena));
    arena_free(&arena);
}

static const struct {
    const char *code;
    const char *country;
    const char *expected;
} countries[] = {
    {"DE", NULL, NULL}, {NULL, "France", "France"}, {"XX", NULL, NULL},
    {"XX", "", ""},     {NULL, NULL, "JP"},         {"", " ", "JP"},
    {"DE", "JP", "JP"},
};

static void test_countries(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(countries); i++)
        check(i,
              further_country(countries[i].code, countries[i].country,
                              "{\"a. b\":\"JP\",\"a\":{\" b\":\"x\"}}", "a. b", &arena),
              countries[i].expected);
    check(99, further_country(NULL, "", "{\"a\":\"JP\"}", NULL, &arena), "");
    check(99, further_country(NULL, "", "{\"a\":\" \"}", "a", &arena), "");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_companies),
        cmocka_unit_test(test_countries),
    };
    return cmocka_run_group_tests_name("further", tests, NULL, NULL);
}
