/* Whether a fetch is complete. */
#include "fetch/proof/verdict.h"
#include "model/ledger.h"
#include "support.h"

/* The rows say what differs from these. */
#pragma GCC diagnostic ignored "-Woverride-init"

/* A pass over 100 contacts that nobody changes, counted rightly. */
#define WHOLE                                                                                      \
    .count_first = 100, .length = 100, .count_low = 100, .count_high = 100, .count_fits = true,    \
    .rows = 100, .read_since = 100, .old_since = 100

/* The same without a count that is any good. */
#define UNCOUNTED                                                                                  \
    .count_first = COUNT_UNKNOWN, .length = COUNT_UNKNOWN, .count_low = COUNT_UNKNOWN,             \
    .count_high = COUNT_UNKNOWN, .rows = 100, .read_since = 100

static const struct {
    const char *what;
    int passes;
    bool nothing_enters;
    struct pass_record records[5];
    int expected;
} cases[] = {
    {"all that was there has been read", 1, true, {{WHOLE}}, 1},
    {"nothing was there", 1, true, {{.count_fits = true}}, 1},
    {"a contact is missing", 1, true, {{WHOLE, .read_since = 99, .old_since = 99}}, 0},
    {"more than were counted: one entered that was there before, and may hide one that is missing",
     1,
     true,
     {{WHOLE, .rows = 101, .read_since = 101, .old_since = 101}},
     0},
    {"one created meanwhile in its place", 1, true, {{WHOLE, .old_since = 99}}, 0},
    {"doubled, but all read", 1, true, {{WHOLE, .rows = 101, .doubles = 1}}, 1},
    {"the count is refuted by a page", 1, true, {{WHOLE, .count_fits = false}}, 0},
    {"no count", 1, true, {{UNCOUNTED, .old_since = 100}}, 0},
    {"counted, but not measured: the count may be old",
     1,
     true,
     {{WHOLE, .length = COUNT_UNKNOWN}},
     0},
    {"as many as a server's limit may be: each that goes may let another one in",
     1,
     true,
     {{.count_first = 2000,
       .length = 2000,
       .count_low = 2000,
       .count_high = 2000,
       .count_fits = true,
       .rows = 2000,
       .read_since = 2000,
       .old_since = 2000}},
     0},
    {"an odd end, but measured", 1, true, {{WHOLE, .ends_oddly = true}}, 1},
    {"a filter: odd ends agree where the count does",
     2,
     false,
     {{WHOLE, .ends_oddly = true}, {WHOLE, .ends_oddly = true}},
     2},
    {"no count: an odd end may be anywhere",
     3,
     true,
     {{UNCOUNTED, .ends_oddly = true},
      {UNCOUNTED, .ends_oddly = true},
      {UNCOUNTED, .ends_oddly = true}},
     0},
    {"by order, though the count is spoilt",
     1,
     true,
     {{WHOLE, .old_since = 99, .holds_by_order = true}},
     1},
    {"by order, and no count", 1, true, {{UNCOUNTED, .holds_by_order = true}}, 1},
    {"by order in the second pass",
     2,
     true,
     {{WHOLE, .old_since = 99}, {WHOLE, .old_since = 99, .holds_by_order = true}},
     2},
    {"a filter: there is no proof by order", 1, false, {{WHOLE, .holds_by_order = true}}, 0},
    {"a filter: one pass proves nothing", 1, false, {{WHOLE}}, 0},
    {"a filter: two passes agree", 2, false, {{WHOLE}, {WHOLE}}, 2},
    {"a filter: something new in the second", 2, false, {{WHOLE}, {WHOLE, .fresh = 1}}, 0},
    {"a filter: something gone in the second", 2, false, {{WHOLE}, {WHOLE, .read_since = 99}}, 0},
    {"a filter: more have been read than a pass reads",
     2,
     false,
     {{WHOLE, .read_since = 101}, {WHOLE}},
     0},
    {"a filter: more again in the second", 2, false, {{WHOLE}, {WHOLE, .read_since = 101}}, 0},
    {"a filter: more of them old than there are",
     2,
     false,
     {{WHOLE, .doubles = 1, .old_since = 101}, {WHOLE}},
     0},
    {"a filter: one pass read more", 2, false, {{WHOLE, .rows = 101}, {WHOLE}}, 0},
    {"a filter: one pass read fewer", 2, false, {{WHOLE, .rows = 99}, {WHOLE}}, 0},
    {"a filter: the count moved", 2, false, {{WHOLE}, {WHOLE, .count_high = 101}}, 0},
    {"a filter: the count moved the other way", 2, false, {{WHOLE}, {WHOLE, .count_low = 99}}, 0},
    {"missing in the first pass, found in the second",
     2,
     true,
     {{WHOLE, .doubles = 1}, {WHOLE, .read_since = 99, .old_since = 99, .doubles = 1}},
     1},
    {"the second pass has read all", 2, true, {{WHOLE, .old_since = 99}, {WHOLE}}, 2},
    {"no count: two passes are too few", 2, true, {{UNCOUNTED}, {UNCOUNTED}}, 0},
    {"no count: three agree", 3, true, {{UNCOUNTED}, {UNCOUNTED}, {UNCOUNTED}}, 2},
    {"no count: the first pass read more",
     3,
     true,
     {{UNCOUNTED, .rows = 101}, {UNCOUNTED}, {UNCOUNTED}},
     0},
    {"no count: the first pass read fewer",
     3,
     true,
     {{UNCOUNTED, .rows = 99}, {UNCOUNTED}, {UNCOUNTED}},
     0},
    {"no count and a filter: three are too few",
     3,
     false,
     {{UNCOUNTED}, {UNCOUNTED}, {UNCOUNTED}},
     0},
    {"no count and a filter: four agree",
     4,
     false,
     {{UNCOUNTED}, {UNCOUNTED}, {UNCOUNTED}, {UNCOUNTED}},
     2},
    {"a steady count says more than can be read, which ends with a short page",
     3,
     true,
     {{UNCOUNTED, .count_low = 120, .count_high = 120},
      {UNCOUNTED, .count_low = 120, .count_high = 120},
      {UNCOUNTED, .count_low = 120, .count_high = 120}},
     0},
    {"a steady count says one more than can be read by a label",
     4,
     false,
     {{UNCOUNTED, .count_low = 101, .count_high = 101},
      {UNCOUNTED, .count_low = 101, .count_high = 101},
      {UNCOUNTED, .count_low = 101, .count_high = 101},
      {UNCOUNTED, .count_low = 101, .count_high = 101}},
     0},
    {"a steady count says more than a pass that holds by order",
     1,
     true,
     {{UNCOUNTED, .count_low = 120, .count_high = 120, .holds_by_order = true}},
     0},
    {"a count that moved says more than a pass that holds by order",
     1,
     true,
     {{UNCOUNTED, .count_low = 99, .count_high = 101, .holds_by_order = true}},
     1},
    {"a count that moved always says more than can be read",
     3,
     true,
     {{UNCOUNTED, .count_low = 110, .count_high = 125},
      {UNCOUNTED, .count_low = 115, .count_high = 130},
      {UNCOUNTED, .count_low = 101, .count_high = 130}},
     0},
    {"a steady count says more than can be read, which ends with a full page",
     3,
     true,
     {{UNCOUNTED, .count_low = 120, .count_high = 120},
      {UNCOUNTED, .count_low = 120, .count_high = 120},
      {UNCOUNTED, .count_low = 120, .count_high = 120}},
     0},
    {"a record without an id: the count alone is no proof",
     1,
     true,
     {{WHOLE, .rejected = 1, .read_since = 99, .old_since = 99}},
     0},
    {"records without an id: two clean passes agree",
     2,
     true,
     {{WHOLE, .rejected = 1, .read_since = 99, .old_since = 99},
      {WHOLE, .rejected = 1, .read_since = 99, .old_since = 99}},
     2},
    {"records without an id: one came twice",
     2,
     true,
     {{WHOLE, .rejected = 1, .doubles = 1, .read_since = 99, .old_since = 99},
      {WHOLE, .rejected = 1, .read_since = 99, .old_since = 99}},
     0},
    {"records without an id: not as many each time",
     2,
     true,
     {{WHOLE, .rejected = 2, .read_since = 98}, {WHOLE, .rejected = 1, .read_since = 99}},
     0},
    {"records without an id and no count",
     3,
     true,
     {{UNCOUNTED, .rejected = 1, .read_since = 99},
      {UNCOUNTED, .rejected = 1, .read_since = 99},
      {UNCOUNTED, .rejected = 1, .read_since = 99}},
     0},
};

static void test_passes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct verdict_rules rules = {cases[i].nothing_enters, VERDICT_ROUND};
        int found = verdict_find(cases[i].records, cases[i].passes, &rules);
        if (found != cases[i].expected)
            fail_msg("%s: %d", cases[i].what, found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_passes)};
    return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
