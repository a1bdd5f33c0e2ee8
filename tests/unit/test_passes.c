/* The order in which each pass reads the list. */
#include "fetch/proof/passes.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *what;
    struct pass_order last;
    bool was_tied;
    struct pass_order next;
} cases[] = {
    {"nothing tied", {"created_at", "asc"}, false, {"created_at", "asc"}},
    {"nothing tied, descending", {"last_activity_at", "desc"}, false, {"last_activity_at", "desc"}},
    {"nothing tied, a key that ties often", {"country", "asc"}, false, {"country", "asc"}},
    {"an import", {"created_at", "asc"}, true, {"name", "asc"}},
    {"the same names", {"name", "asc"}, true, {"email", "asc"}},
    {"without an address", {"email", "asc"}, true, {"phone_number", "asc"}},
    {"without a number", {"phone_number", "asc"}, true, {"created_at", "asc"}},
    {"country", {"country", "asc"}, true, {"name", "asc"}},
    {"city", {"city", "asc"}, true, {"name", "asc"}},
    {"company", {"company", "asc"}, true, {"name", "asc"}},
    {"latest activity", {"last_activity_at", "desc"}, true, {"name", "asc"}},
    {"descending does not stay", {"created_at", "desc"}, true, {"name", "asc"}},
};

static bool is_same(struct pass_order left, struct pass_order right)
{
    return strcmp(left.sort, right.sort) == 0 && strcmp(left.direction, right.direction) == 0;
}

static void test_next(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pass_order next = passes_next(cases[i].last, cases[i].was_tied);
        if (!is_same(next, cases[i].next))
            fail_msg("%s: %s %s", cases[i].what, next.sort, next.direction);
    }
}

/* Each of the keys that seldom tie has its turn before any comes again. */
static void test_round(void **state)
{
    (void)state;
    static const char *const round[] = {"name", "email", "phone_number", "created_at", "name"};
    struct pass_order order = {"country", "desc"};
    for (size_t i = 0; i < COUNT(round); i++) {
        order = passes_next(order, true);
        assert_string_equal(order.sort, round[i]);
        assert_string_equal(order.direction, "asc");
    }
}

static const struct {
    const char *what;
    int pass;
    int64_t newest;
    int64_t now;
    struct pass_record record;
    int64_t wait_s;
} waits[] = {
    {"created long ago", 1, 900, 1000, {.count_first = 9}, 0},
    {"created just now", 1, 1000, 1000, {.count_first = 9}, 3},
    {"created a second ago", 1, 999, 1000, {.count_first = 9}, 2},
    {"created three seconds ago", 1, 997, 1000, {.count_first = 9}, 0},
    {"clocks that differ by a second", 1, 1001, 1000, {.count_first = 9}, 4},
    {"created in the future", 1, 1002, 1000, {.count_first = 9}, 0},
    {"contacts are missing",
     2,
     1000,
     1000,
     {.count_fits = true, .count_first = 9, .read_since = 8, .old_since = 7},
     0},
    {"only their age is",
     2,
     1000,
     1000,
     {.count_fits = true, .count_first = 9, .read_since = 9, .old_since = 8},
     3},
    {"without a count", 2, 1000, 1000, {.count_first = -1, .read_since = 9, .old_since = 8}, 3},
    {"all are old", 2, 1000, 1000, {.count_first = -1, .read_since = 9, .old_since = 9}, 0},
    {"for the third time",
     3,
     1000,
     1000,
     {.count_fits = true, .count_first = 9, .read_since = 9, .old_since = 8},
     0},
    {"nobody is there", 1, 0, 1000, {.count_first = 0}, 0},
};

static void test_waits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(waits); i++) {
        int64_t wait_s =
            passes_wait_s(waits[i].pass, &waits[i].record, waits[i].newest, waits[i].now);
        if (wait_s != waits[i].wait_s)
            fail_msg("%s: %lld", waits[i].what, (long long)wait_s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_round),
        cmocka_unit_test(test_waits),
    };
    return cmocka_run_group_tests_name("passes", tests, NULL, NULL);
}
