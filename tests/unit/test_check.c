/* What becomes of page_size, from what came. */
#include "fetch/check.h"
#include "support.h"

static void test_page_size_kinds(void **state)
{
    (void)state;
    static const struct {
        int64_t asked, records, asked_less, records_less;
        enum page_size_kind expected;
    } cases[] = {
        {100, 100, 50, 50, PAGE_SIZE_HONOURED}, {100, 15, 7, 7, PAGE_SIZE_CAPPED},
        {100, 15, 7, 15, PAGE_SIZE_IGNORED},    {15, 15, 7, 15, PAGE_SIZE_IGNORED},
        {15, 15, 7, 7, PAGE_SIZE_HONOURED},     {100, 0, 1, 0, PAGE_SIZE_OPEN},
        {100, 1, 1, 1, PAGE_SIZE_OPEN},         {100, 2, 1, 1, PAGE_SIZE_CAPPED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (check_page_size_kind(cases[i].asked, cases[i].records, cases[i].asked_less,
                                 cases[i].records_less) != cases[i].expected)
            fail_msg("row %zu", i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_page_size_kinds)};
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
