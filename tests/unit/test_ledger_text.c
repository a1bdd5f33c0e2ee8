/* The ledger in words, and warnings in words. */
#include "report/ledger_text.h"

#include "base/buffer.h"
#include "lang/language.h"
#include "support.h"

struct ledger_case {
    struct ledger ledger;
    const char *expected;
};

static const struct ledger_case ledger_cases[] = {
    {{.complete = true,
      .count_first = 84211,
      .count_last = 84223,
      .unique = 84223,
      .created_during = 12,
      .passes = 2},
     "Complete: 84,211 at the start, 12 created and 0 removed meanwhile, 84,223 read, none "
     "missing"},
    {{.complete = true, .passes = 1},
     "Complete: 0 at the start, 0 created and 0 removed meanwhile, 0 read, none missing"},
    {{.complete = false,
      .count_first = 1000,
      .count_last = 998,
      .unique = 997,
      .removed_during = 1002,
      .passes = 5},
     "Unproven: 1,000 at the start, 0 created and 1,002 removed meanwhile, 997 read, not proven "
     "that none is missing"},
    {{.complete = true,
      .count_first = COUNT_UNKNOWN,
      .count_last = COUNT_UNKNOWN,
      .unique = 1234,
      .passes = 2},
     "Complete: 1,234 read, confirmed by reading again (2 passes in all), none missing"},
    {{.complete = true, .count_first = 120, .count_last = 120, .unique = 100, .passes = 3},
     "Complete: 100 read, confirmed by reading again (3 passes in all), none missing"},
    {{.complete = true,
      .count_first = 100,
      .count_last = 100,
      .unique = 101,
      .created_during = 1,
      .removed_during = 1,
      .passes = 1},
     "Complete: 100 at the start, 1 created and 1 removed meanwhile, 101 read, none missing"},
    {{.count_first = COUNT_UNKNOWN, .count_last = COUNT_UNKNOWN, .unique = 50, .passes = 5},
     "Unproven: 50 read (passes: 5), the server gives no usable count, not proven that none is "
     "missing"},
};

static struct language *open_english(void)
{
    struct language *language;
    struct error error;
    if (!language_open(&language, "en", &error))
        fail_msg("%s", error.message);
    return language;
}

static void test_ledgers(void **state)
{
    (void)state;
    struct language *english = open_english();
    for (size_t i = 0; i < COUNT(ledger_cases); i++) {
        struct buffer text = {0};
        ledger_append_verdict(&ledger_cases[i].ledger, english, &text);
        assert_string_equal(buffer_text(&text), ledger_cases[i].expected);
        buffer_free(&text);
    }
    language_free(english);
}

struct warning_case {
    enum warning warning;
    int64_t count;
    const char *expected;
};

static const struct warning_case warning_cases[] = {
    {WARNING_CONTACT_WITHOUT_ID, 1, "1 contact without an id was left out"},
    {WARNING_CONTACT_WITHOUT_ID, 3, "3 contacts without an id were left out"},
    {WARNING_CONTACT_WITH_BAD_ID, 2, "2 contacts whose id is no number were left out"},
    {WARNING_UNREADABLE_FIELD, 1, "1 field of an unexpected type was set aside in the snapshot"},
    {WARNING_UNREADABLE_TIME, 2, "2 times that could not be read were set aside in the snapshot"},
    {WARNING_INVALID_TEXT, 1, "1 text was not valid UTF-8 and was repaired"},
    {WARNING_SHEET_CONTINUED, 1, "1 sheet was full and continues on a further one"},
    {WARNING_CUSTOM_COLUMNS_LEFT_OUT, 5, "5 custom attributes got no columns of their own"},
};

static void test_warning_texts(void **state)
{
    (void)state;
    struct language *english = open_english();
    for (size_t i = 0; i < COUNT(warning_cases); i++) {
        struct buffer text = {0};
        language_warning(english, warning_cases[i].warning, warning_cases[i].count, &text);
        assert_string_equal(buffer_text(&text), warning_cases[i].expected);
        buffer_free(&text);
    }
    language_free(english);
}

/* Every kind has a name of its own, and a text that tells one from many. */
static void test_every_warning(void **state)
{
    (void)state;
    struct language *english = open_english();
    for (int i = 0; i < WARNINGS; i++) {
        struct buffer one = {0};
        struct buffer many = {0};
        language_warning(english, (enum warning)i, 1, &one);
        language_warning(english, (enum warning)i, 2, &many);
        assert_true(one.length > 10);
        assert_string_not_equal(buffer_text(&one) + 1, buffer_text(&many) + 1);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(warning_name((enum warning)i), warning_name((enum warning)j));
        buffer_free(&one);
        buffer_free(&many);
    }
    language_free(english);
    assert_string_equal(warning_name(WARNING_CONTACT_WITHOUT_ID), "contact_without_id");
}

static void test_adding(void **state)
{
    (void)state;
    struct warnings sum = {0};
    struct warnings more = {0};
    for (int i = 0; i < WARNINGS; i++) {
        sum.counts[i] = i;
        more.counts[i] = 100;
    }
    warnings_add(&sum, &more);
    for (int i = 0; i < WARNINGS; i++) {
        assert_int_equal(sum.counts[i], 100 + i);
        assert_int_equal(more.counts[i], 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ledgers),
        cmocka_unit_test(test_warning_texts),
        cmocka_unit_test(test_every_warning),
        cmocka_unit_test(test_adding),
    };
    return cmocka_run_group_tests_name("ledger and warnings in words", tests, NULL, NULL);
}
