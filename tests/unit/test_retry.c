/* Whether to try again and when, and whether a fetch is complete. */
#include "fetch/request/retry.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

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

/* A letter and a ticket each: s is a success of another page; A, B and C are failures of three
   pages, and then follows how many count against the page so far. */
static const struct {
    const char *what;
    const char *steps;
} outlook_cases[] = {
    {"alone at the start", "A1:0 A2:0 A3:0 A4:0"},
    {"all at the start", "A1:0 B2:0 C3:0 A4:0 B5:0 C6:0"},
    {"others succeeded before it began", "s1 A2:0 A3:0 A4:0"},
    {"a contemporary succeeds first", "s2 A1:1 A3:2 A4:3"},
    {"a contemporary succeeds afterwards", "A1:0 s2 A3:2 A4:3"},
    {"others succeed each time", "A1:0 s2 A3:2 s4 A5:3 s6 A7:4"},
    {"an outage begins: some succeed in between", "A2:0 s3 B4:0 A5:1 B6:0 A7:1 B8:0 A9:1"},
    {"an outage after mishaps", "s2 A1:1 s4 B3:1 A5:1 C6:0 A7:1 B8:1 C9:0 A10:1"},
    {"an answer that cannot be used", "s1 A1:1 s2 A2:2"},
};

static void check_steps(const char *what, const char *steps)
{
    struct retry_outlook outlook = {0};
    struct retry_page pages[] = {{.page = 1}, {.page = 2}, {.page = 3}};
    for (const char *at = steps; *at; at += strspn(at, " ")) {
        char who = *at++;
        char *end;
        int64_t ticket = strtol(at, &end, 10);
        at = end;
        if (who == 's') {
            retry_note_success(&outlook, ticket);
            continue;
        }
        struct retry_page *page = &pages[who - 'A'];
        retry_note_failure(&outlook, page, ticket, 1000);
        long expected = strtol(at + 1, &end, 10);
        at = end;
        if (page->failures != expected)
            fail_msg("%s: %c%lld: %d", what, who, (long long)ticket, page->failures);
    }
}

static void test_outlook(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(outlook_cases); i++)
        check_steps(outlook_cases[i].what, outlook_cases[i].steps);
}

static void test_outage_time(void **state)
{
    (void)state;
    struct retry_outlook outlook = {0};
    struct retry_page page = {.page = 1};
    struct retry_page other = {.page = 2};
    assert_int_equal(retry_outage_ms(&outlook, 5000), 0);
    retry_note_failure(&outlook, &page, 1, 4000);
    retry_note_failure(&outlook, &other, 2, 4500);
    assert_int_equal(retry_outage_ms(&outlook, 9000), 5000);
    retry_note_success(&outlook, 3);
    assert_int_equal(retry_outage_ms(&outlook, 9000), 0);
    retry_note_failure(&outlook, &other, 4, 8000);
    assert_int_equal(retry_outage_ms(&outlook, 9000), 1000);
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
        cmocka_unit_test(test_outlook),
        cmocka_unit_test(test_outage_time),
    };
    return cmocka_run_group_tests_name("retry", tests, NULL, NULL);
}
