/* Numbers as digits, and nothing behind them. */
#include "base/digits.h"

#include "support.h"

#include <stdint.h>
#include <string.h>

static void test_digits(void **state)
{
    (void)state;
    static const struct {
        uint64_t number;
        const char *expected;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {10, "10"},
        {1048576, "1048576"},
        {UINT32_MAX, "4294967295"},
        {INT64_MAX, "9223372036854775807"},
        {UINT64_MAX, "18446744073709551615"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[DIGITS_MAX + 1];
        memset(text, '#', sizeof text);
        char *end = digits_put(text, cases[i].number);
        assert_int_equal(*end, '#');
        *end = '\0';
        assert_string_equal(text, cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_digits)};
    return cmocka_run_group_tests_name("digits", tests, NULL, NULL);
}
