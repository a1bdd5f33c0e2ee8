/* Countries that are looked up once, and then remembered. */
#include "model/country_memo.h"

#include "model/country.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *code;
    const char *text;
} cases[] = {
    {NULL, NULL},
    {"", ""},
    {NULL, ""},
    {"", NULL},
    {"DE", NULL},
    {NULL, "DE"},
    {"de", "France"},
    {"FR", "Germany"},
    {NULL, "France"},
    {"XX", "France"},
    {NULL, "Atlantis"},
    {"D", "E"},
    {NULL, "United Kingdom of Great Britain and Northern Ireland"},
    {"  GB          ", "Spain"},
    {"12345678", "Spain"},
    {"1234567", "Spain"},
    {NULL, "a text that takes up as many bytes as there are"},
    {NULL, "a text that takes up more bytes than there are.."},
};

/* More than once, and with many others between. */
static void test_same(void **state)
{
    (void)state;
    enum { ROUNDS = 3, OTHERS = 1000 };
    struct country_memo *memo = country_memo_new();
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < COUNT(cases) * 2; i++) {
            const char *code = cases[i / 2].code;
            const char *text = cases[i / 2].text;
            if (country_memo_find(memo, code, text) != country_find(code, text))
                fail_msg("%s, %s", code ? code : "-", text ? text : "-");
        }
        for (int i = 0; i < OTHERS; i++) {
            char text[24];
            snprintf(text, sizeof text, "place %d", i);
            assert_null(country_memo_find(memo, NULL, text));
        }
    }
    free(memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same)};
    return cmocka_run_group_tests_name("country_memo", tests, NULL, NULL);
}
