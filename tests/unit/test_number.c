/* Numbers as text. */
#include "base/number.h"

#include "support.h"

#include <math.h>
#include <stdlib.h>

struct exact_case {
    double number;
    const char *expected;
};

static const struct exact_case exact_cases[] = {
    {0, "0"},
    {1, "1"},
    {-1.5, "-1.5"},
    {0.25, "0.25"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1.0 / 3, "0.3333333333333333"},
    {2.0 / 3, "0.6666666666666666"},
    {123456, "123456"},
    {9007199254740993.0, "9007199254740992"},
    {1e300, "1e+300"},
    {5e-324, "5e-324"},
    {1.7976931348623157e308, "1.7976931348623157e+308"},
};

static void test_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(exact_cases); i++) {
        char text[NUMBER_BYTES];
        number_exact(exact_cases[i].number, text);
        assert_string_equal(text, exact_cases[i].expected);
    }
}

static void test_exact_reads_back(void **state)
{
    (void)state;
    for (int part = 0; part <= 997; part++) {
        char text[NUMBER_BYTES];
        double share = part / 997.0;
        number_exact(share, text);
        assert_true(strtod(text, NULL) == share);
    }
}

static void test_grouped(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        const char *expected;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {999, "999"},
        {1000, "1,000"},
        {84211, "84,211"},
        {-1234567, "-1,234,567"},
        {INT64_MAX, "9,223,372,036,854,775,807"},
        {INT64_MIN, "-9,223,372,036,854,775,808"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[NUMBER_BYTES];
        number_grouped(cases[i].number, text);
        assert_string_equal(text, cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_exact_reads_back),
        cmocka_unit_test(test_grouped),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
