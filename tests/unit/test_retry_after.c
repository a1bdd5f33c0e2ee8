/* How long a server asks to wait. */
#include "fetch/http/retry_after.h"

#include "support.h"

enum { NOW = 1800000000 }; /* Fri, 15 Jan 2027 08:00:00 GMT */

static const struct {
    const char *value;
    int64_t server_time;
    int64_t expected_ms;
} cases[] = {
    {"22", NOW, 22000},
    {" 22 ", NOW, 22000},
    {"0", NOW, 0},
    {"1.5", NOW, 1500},
    {"0.25", NOW, 250},
    {"0.0001", NOW, 1},
    {"2.", NOW, 2000},
    {"-5", NOW, 0},
    {"", NOW, 0},
    {" ", NOW, 0},
    {"soon", NOW, 0},
    {"5 minutes", NOW, 0},
    {"999999", NOW, 999999000},
    {"99999999999999999999999", NOW, INT64_MAX},
    {"9223372036854775807", NOW, INT64_MAX},
    {"0000000000000000000000000000000000000000000000000000000000000000001", NOW, 0}, /* no header */
    {"Fri, 15 Jan 2027 08:00:30 GMT", NOW, 30000},
    {"Fri, 15 Jan 2027 08:00:00 GMT", NOW, 0},
    {"Fri, 15 Jan 2027 07:59:00 GMT", NOW, 0},
    {"Fri, 15 Jan 2027 08:20:30 GMT", NOW + 1200, 30000}, /* its clock is ahead */
    {"Fri, 15 Jan 2027 07:40:30 GMT", NOW - 1200, 30000}, /* or behind */
    {"Fri, 15 Jan 2027 08:00:30 GMT", 0, 30000},          /* it does not tell */
    {"Friday, 15-Jan-27 08:00:30 GMT", NOW, 30000},
    {"Fri, 99 Jan 2027 08:00:30 GMT", NOW, 0},
};

static void test_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t wait_ms = retry_after_ms(cases[i].value, cases[i].server_time, NOW);
        if (wait_ms != cases[i].expected_ms)
            fail_msg("\"%s\": %lld ms", cases[i].value, (long long)wait_ms);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values)};
    return cmocka_run_group_tests_name("retry_after", tests, NULL, NULL);
}
