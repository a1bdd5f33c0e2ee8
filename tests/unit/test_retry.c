/* Whether to try again and when, and whether a fetch is complete. */
#include "fetch/request/retry.h"

#include "support.h"

struct wait_case {
    const char *what;
    enum failure failure;
    int attempts;
    int retries_max;
    int64_t retry_after_ms;
    double chance;
    int64_t expected;
};

static const struct wait_case wait_cases[] = {
    {"first, least", FAILURE_PASSING, 1, 5, 0, 0.0, 250},
    {"first, half", FAILURE_PASSING, 1, 5, 0, 0.5, 375},
    {"first, most", FAILURE_PASSING, 1, 5, 0, 0.999999, 499},
    {"second", FAILURE_PASSING, 2, 5, 0, 0.0, 500},
    {"third", FAILURE_PASSING, 3, 5, 0, 0.0, 1000},
    {"fifth", FAILURE_PASSING, 5, 5, 0, 0.0, 4000},
    {"sixth of five", FAILURE_PASSING, 6, 5, 0, 0.0, -1},
    {"seventh", FAILURE_PASSING, 7, 100, 0, 0.0, 15000},
    {"ceiling", FAILURE_PASSING, 8, 100, 0, 0.999999, 29999},
    {"far beyond the ceiling", FAILURE_PASSING, 100, 100, 0, 0.0, 15000},
    {"none allowed", FAILURE_PASSING, 1, 0, 0, 0.0, -1},
    {"lasting", FAILURE_LASTING, 1, 5, 0, 0.0, -1},
    {"lasting, server asks", FAILURE_LASTING, 1, 5, 1000, 0.0, -1},
    {"unlikely, first", FAILURE_UNLIKELY, 1, 5, 0, 0.0, 250},
    {"unlikely, second", FAILURE_UNLIKELY, 2, 5, 0, 0.0, 500},
    {"unlikely, third", FAILURE_UNLIKELY, 3, 5, 0, 0.0, -1},
    {"unlikely, one allowed", FAILURE_UNLIKELY, 2, 1, 0, 0.0, -1},
    {"server asks for more", FAILURE_PASSING, 1, 5, 7000, 0.5, 7000},
    {"server asks for less", FAILURE_PASSING, 5, 5, 1000, 0.0, 4000},
    {"server asks for the most", FAILURE_PASSING, 1, 5, 600000, 0.0, 600000},
    {"server asks for too much", FAILURE_PASSING, 1, 5, 600001, 0.0, -1},
    {"server asks for ever", FAILURE_PASSING, 1, 5, INT64_MAX, 0.0, -1},
};

static void test_waits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(wait_cases); i++) {
        const struct wait_case *c = &wait_cases[i];
        int64_t wait =
            retry_wait_ms(c->failure, c->attempts, c->retries_max, c->retry_after_ms, c->chance);
        if (wait != c->expected)
            fail_msg("%s: %lld ms", c->what, (long long)wait);
    }
}

static void test_statuses(void **state)
{
    (void)state;
    static const struct {
        int status;
        enum failure expected;
    } cases[] = {
        {301, FAILURE_LASTING}, {400, FAILURE_LASTING}, {401, FAILURE_LASTING},
        {403, FAILURE_LASTING}, {404, FAILURE_LASTING}, {407, FAILURE_LASTING},
        {408, FAILURE_PASSING}, {409, FAILURE_LASTING}, {422, FAILURE_LASTING},
        {428, FAILURE_LASTING}, {429, FAILURE_PASSING}, {430, FAILURE_LASTING},
        {499, FAILURE_LASTING}, {500, FAILURE_PASSING}, {501, FAILURE_LASTING},
        {502, FAILURE_PASSING}, {503, FAILURE_PASSING}, {504, FAILURE_PASSING},
        {520, FAILURE_PASSING}, {599, FAILURE_PASSING},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (retry_status_failure(cases[i].status) != cases[i].expected)
            fail_msg("%d", cases[i].status);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waits),
        cmocka_unit_test(test_statuses),
    };
    return cmocka_run_group_tests_name("retry", tests, NULL, NULL);
}
