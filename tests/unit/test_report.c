/* What workbook and page say alike, in the report's language: groups, filters, the ledger. */
#include "report/report.h"

#include "base/buffer.h"
#include "report/ledger_text.h"
#include "support.h"

static struct language *open_language(const char *name)
{
    struct language *language;
    struct error error;
    if (!language_open(&language, name, &error))
        fail_msg("%s", error.message);
    return language;
}

struct group_case {
    const char *language;
    struct group group;
    const char *expected;
};

static const struct group_case group_cases[] = {
    {"en", {.dimension = BY_COUNTRY, .code = "DE", .name = "Germany"}, "Germany"},
    {"de", {.dimension = BY_COUNTRY, .code = "DE", .name = "Germany"}, "Deutschland"},
    {"ja", {.dimension = BY_COUNTRY, .code = "DE", .name = "Germany"}, "ドイツ"},
    {"de", {.dimension = BY_COUNTRY, .name = "Atlantis"}, "Atlantis"},
    {"en", {.dimension = BY_COUNTRY}, "unknown"},
    {"de", {.dimension = BY_COMPANY}, "ohne Firma"},
    {"en", {.dimension = BY_INBOX}, "no inbox"},
    {"en", {.dimension = BY_COMPANY, .others = 1}, "1 other"},
    {"en", {.dimension = BY_COMPANY, .others = 1204}, "1,204 others"},
    {"en", {.dimension = BY_ACTIVITY, .bucket = {BUCKET_WITHIN, 1}}, "up to 1 day"},
    {"zh-Hans", {.dimension = BY_ACTIVITY, .bucket = {BUCKET_WITHIN, 7}}, "7 天以内"},
    {"en", {.dimension = BY_ACTIVITY, .bucket = {BUCKET_OLDER, 365}}, "over 365 days"},
    {"en", {.dimension = BY_ACTIVITY, .bucket = {BUCKET_NEVER, 0}}, "never active"},
    {"en", {.dimension = BY_ACTIVITY, .bucket = {BUCKET_UNREADABLE, 0}}, "unreadable"},
    {"fr", {.dimension = BY_ACTIVITY, .bucket = {BUCKET_UNREADABLE, 0}}, "illisible"},
};

static void test_groups(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(group_cases); i++) {
        struct language *language = open_language(group_cases[i].language);
        struct report report = {.language = language};
        struct buffer name = {0};
        report_group_name(&report, &group_cases[i].group, &name);
        assert_string_equal(buffer_text(&name), group_cases[i].expected);
        buffer_free(&name);
        language_free(language);
    }
}

static const char *const labels[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};

struct filter_case {
    const char *language;
    struct source source;
    const char *expected;
};

static const struct filter_case filter_cases[] = {
    {"en", {.label_count = 0}, "all contacts"},
    {"en", {.labels = labels, .label_count = 1}, "Label: a"},
    {"en", {.q = "ada"}, "Search: ada"},
    {"en", {.labels = labels, .label_count = 2, .q = "x"}, "Label: a, Label: b, Search: x"},
    {"zh-Hans", {.labels = labels, .label_count = 1, .q = "x"}, "标签：a、搜索：x"},
    {"en",
     {.labels = labels, .label_count = 10},
     "Label: a, Label: b, Label: c, Label: d, Label: e, Label: f, Label: g, Label: h, 2 others"},
    {"en", {.q = "a search that is too long to be shown"}, "Search: a search …"},
};

static void test_filters(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(filter_cases); i++) {
        struct language *language = open_language(filter_cases[i].language);
        struct report report = {.language = language, .source = &filter_cases[i].source};
        struct buffer filters = {0};
        report_filters(&report, 10, &filters);
        assert_string_equal(buffer_text(&filters), filter_cases[i].expected);
        buffer_free(&filters);
        language_free(language);
    }
}

struct ledger_case {
    const char *language;
    struct ledger ledger;
    const char *expected;
};

static const struct ledger_case ledger_cases[] = {
    {"en",
     {.complete = true, .count_first = 84211, .unique = 84223, .created_during = 12},
     "84,211 at the start, 12 created and 0 removed meanwhile, 84,223 read, none missing"},
    {"de",
     {.count_first = 1000, .unique = 997, .removed_during = 2},
     "1.000 zu Beginn, währenddessen 0 hinzugekommen und 2 entfernt, 997 gelesen, nicht belegt, "
     "dass keiner fehlt"},
    {"en",
     {.complete = true, .count_first = COUNT_UNKNOWN, .unique = 1234, .passes = 2},
     "1,234 read, confirmed by reading again (2 passes in all), none missing"},
    {"en",
     {.count_first = COUNT_UNKNOWN, .unique = 50, .passes = 5},
     "50 read (passes: 5), the server gives no usable count, not proven that none is missing"},
};

static void test_ledgers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ledger_cases); i++) {
        struct language *language = open_language(ledger_cases[i].language);
        struct buffer text = {0};
        ledger_append(&ledger_cases[i].ledger, language, &text);
        assert_string_equal(buffer_text(&text), ledger_cases[i].expected);
        buffer_free(&text);
        language_free(language);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_ledgers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
