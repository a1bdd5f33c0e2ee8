/* Whether an unfinished fetch may be resumed. */
#include "command/resume.h"
#include "support.h"

#include <string.h>

/* The rows say what differs from this. */
#pragma GCC diagnostic ignored "-Woverride-init"

static const char *const two_labels[] = {"vip", "trial"};
static const char *const reordered[] = {"trial", "vip", "trial"};
static const char *const two_others[] = {"vip", "paid"};

#define USUAL                                                                                      \
    .base_url = "https://api.example", .labels = two_labels, .label_count = 2,                     \
    .sort = "created_at", .direction = "asc", .page_size = 100, .inboxes = true

static const struct {
    struct source asked;
    const char *reason; /* NULL: may be resumed */
} sources[] = {
    {{USUAL}, NULL},
    {{USUAL, .started_at = 1795362245}, NULL},
    {{USUAL, .base_url = "https://other.example"}, "with base URL https://api.example, this"},
    {{USUAL, .account = "Acme"}, "with account (none), this run asks for Acme"},
    {{USUAL, .label_count = 1}, "with labels vip, trial, this run asks for vip"},
    {{USUAL, .labels = reordered, .label_count = 3}, NULL},
    {{USUAL, .label_count = 0}, "with labels vip, trial, this run asks for (none)"},
    {{USUAL, .labels = two_others}, "this run asks for vip, paid"},
    {{USUAL, .q = "Ann"}, "with search (none), this run asks for Ann"},
    {{USUAL, .sort = "name"}, "with sort key created_at, this run asks for name"},
    {{USUAL, .direction = "desc"}, "with direction asc, this run asks for desc"},
    {{USUAL, .page_size = 50}, "with page size 100, this run asks for 50"},
    {{USUAL, .inboxes = false}, "with inboxes (all), this run asks for (none)"},
};

static void test_source(void **state)
{
    (void)state;
    const struct source unfinished = {USUAL};
    for (size_t i = 0; i < COUNT(sources); i++) {
        struct error error = {0};
        bool ok = resume_check_source(&unfinished, &sources[i].asked, &error);
        if (!sources[i].reason && !ok)
            fail_msg("%zu: %s", i, error.message);
        if (sources[i].reason && ok)
            fail_msg("not refused: %s", sources[i].reason);
        if (sources[i].reason)
            support_check_error(sources[i].reason, &error, EXIT_WRONG_USE, sources[i].reason,
                                "without --resume");
    }
}

static void test_long_texts(void **state)
{
    (void)state;
    char text[5000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    const char *const labels[] = {text, text, text};
    const struct source unfinished = {USUAL};
    const struct source asked = {USUAL, .labels = labels, .label_count = 3};
    struct error error = {0};
    assert_false(resume_check_source(&unfinished, &asked, &error));
    support_check_error("long", &error, EXIT_WRONG_USE, "this run asks for xxx", NULL);
}

static void test_age(void **state)
{
    (void)state;
    struct error error = {0};
    assert_true(resume_check_age(1000, 1000, 3600, &error));
    assert_true(resume_check_age(1000, 4600, 3600, &error));
    assert_true(resume_check_age(5000, 1000, 3600, &error));
    assert_false(resume_check_age(1000, 4601, 3600, &error));
    support_check_error("age", &error, EXIT_WRONG_USE, "broke off 60 minutes ago",
                        "--resume-within 3661");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_source),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_age),
    };
    return cmocka_run_group_tests_name("resume", tests, NULL, NULL);
}
