/* Filters beside a snapshot that was fetched with others. */
#include "command/filters.h"

#include "cli/options.h"
#include "support.h"

#include <string.h>

static const char *vip_trial[] = {"vip", "trial"};
static const char *trial_vip_twice[] = {"trial", "vip", "trial"};
static const char *trial[] = {"trial"};

static const struct source fetched = {
    .base_url = "https://api.example/",
    .account = "Acme",
    .labels = vip_trial,
    .label_count = 2,
    .q = "Ann",
    .inboxes = true,
};

static const struct {
    const char *given; /* the option */
    struct settings asked;
    const char *message; /* NULL: the same */
} cases[] = {
    {"base-url", {.base_url = "https://api.example"}, NULL},
    {"base-url",
     {.base_url = "https://other.example"},
     "--base-url: the snapshot was fetched with https://api.example/, this run asks for "
     "https://other.example"},
    {"base-url", {.base_url = "https://api.example/v2"}, "--base-url"},
    {"account", {.account = "Acme"}, NULL},
    {"account",
     {.account = "acme"},
     "--account: the snapshot was fetched with Acme, this run asks for acme"},
    {"label", {.labels = {vip_trial, 2}}, NULL},
    {"label", {.labels = {trial_vip_twice, 3}}, NULL},
    {"label",
     {.labels = {trial, 1}},
     "--label: the snapshot was fetched with vip, trial, this run asks for trial"},
    {"label", {.labels = {NULL, 0}}, "this run asks for (none)"},
    {"q", {.q = "Ann"}, NULL},
    {"q", {.q = "ann"}, "--q: the snapshot was fetched with Ann, this run asks for ann"},
    {"q", {.q = NULL}, "this run asks for (none)"},
    {"no-inboxes", {.no_inboxes = false}, NULL},
    {"no-inboxes",
     {.no_inboxes = true},
     "--no-inboxes: the snapshot was fetched with inboxes, this run asks for no inboxes"},
};

/* Only what was given counts, whoever gave it. */
static void check(size_t i, enum option_origin origin)
{
    struct error error = {0};
    struct settings asked = cases[i].asked;
    if (!asked.base_url)
        asked.base_url = "https://livedesk-api.engagelab.com";
    option_note_origin(option_find(cases[i].given), &asked, origin);
    bool ok = filters_check(&fetched, &asked, &error);
    bool is_refused = cases[i].message && origin != ORIGIN_STANDARD;
    if (ok == is_refused)
        fail_msg("case %zu, origin %d: %s", i, (int)origin, error.message);
    if (is_refused)
        support_check_error(cases[i].given, &error, EXIT_WRONG_USE, cases[i].message,
                            "without --from");
}

static void test_filters(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        check(i, ORIGIN_STANDARD);
        check(i, ORIGIN_DEFINITION);
        check(i, ORIGIN_ENVIRONMENT);
        check(i, ORIGIN_COMMAND_LINE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_filters)};
    return cmocka_run_group_tests_name("filters", tests, NULL, NULL);
}
