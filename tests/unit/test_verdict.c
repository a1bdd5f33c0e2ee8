/* Whether a fetch is complete. */
#include "fetch/verdict.h"
#include "model/ledger.h"
#include "support.h"

static void test_by_count(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        int64_t count, old_read, rejected;
        bool complete;
    } cases[] = {
        {"all read", 100, 100, 0, true},
        {"none there", 0, 0, 0, true},
        {"one missing", 100, 99, 0, false},
        {"one more than counted", 100, 101, 0, false},
        {"some without an id", 100, 97, 3, true},
        {"some without an id, one missing", 100, 96, 3, false},
        {"no count", COUNT_UNKNOWN, 100, 0, false},
        {"no count, nothing read", COUNT_UNKNOWN, 0, 0, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (verdict_by_count(cases[i].count, cases[i].old_read, cases[i].rejected) !=
            cases[i].complete)
            fail_msg("%s", cases[i].what);
    }
}

static const struct {
    const char *what;
    struct pass_result result;
    int pass;
    bool count_is_whole;
    bool complete;
} agreement_cases[] = {
    {"the first pass has none to agree with", {100, 100, 100, 0, 0, 0, 0, 0}, 1, true, false},
    {"the same twice", {100, 100, 100, 0, 0, 0, 0, 0}, 2, true, true},
    {"the same twice, later", {100, 100, 100, 0, 0, 0, 0, 0}, 5, true, true},
    {"a new one", {100, 100, 101, 0, 0, 0, 1, 0}, 2, true, false},
    {"one gone", {100, 100, 99, 0, 0, 0, 0, 1}, 2, true, false},
    {"one gone, one new", {100, 100, 100, 0, 0, 0, 1, 1}, 2, true, false},
    {"doubled now", {100, 100, 101, 0, 1, 0, 0, 0}, 2, true, false},
    {"doubled before", {100, 100, 100, 0, 0, 1, 0, 0}, 2, true, false},
    {"a steady count says more", {1000, 1000, 60, 0, 0, 0, 0, 0}, 2, true, false},
    {"a count of one page says less", {15, 15, 60, 0, 0, 0, 0, 0}, 2, true, true},
    {"a changing count says more", {62, 61, 60, 0, 0, 0, 0, 0}, 2, true, true},
    {"a page's count of a search", {1000, 1000, 60, 0, 0, 0, 0, 0}, 2, false, true},
    {"no count", {COUNT_UNKNOWN, COUNT_UNKNOWN, 60, 0, 0, 0, 0, 0}, 2, true, true},
};

static void test_by_agreement(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(agreement_cases); i++) {
        if (verdict_by_agreement(&agreement_cases[i].result, agreement_cases[i].pass,
                                 agreement_cases[i].count_is_whole) != agreement_cases[i].complete)
            fail_msg("%s", agreement_cases[i].what);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_count),
        cmocka_unit_test(test_by_agreement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
