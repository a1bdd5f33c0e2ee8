/* The order in which each pass reads the list. */
#include "fetch/proof/passes.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *what;
    struct pass_order last;
    bool was_tied;
    struct pass_order next;
    int64_t tied[PASS_KEYS]; /* by name, email, phone_number, created_at */
} cases[] = {
    {"nothing tied", {"created_at", "asc"}, false, {"created_at", "asc"}, {0}},
    {"nothing tied, descending",
     {"last_activity_at", "desc"},
     false,
     {"last_activity_at", "desc"},
     {0}},
    {"nothing tied, a key that ties often", {"country", "asc"}, false, {"country", "asc"}, {0}},
    {"no key is better", {"created_at", "asc"}, true, {"created_at", "asc"}, {7, 7, 7, 7}},
    {"no key is better, as another one", {"email", "asc"}, true, {"email", "asc"}, {9, 7, 7, 8}},
    {"an import", {"created_at", "asc"}, true, {"name", "asc"}, {0, 0, 0, 300}},
    {"country", {"country", "asc"}, true, {"name", "asc"}, {0}},
    {"city", {"city", "asc"}, true, {"name", "asc"}, {0}},
    {"company", {"company", "asc"}, true, {"name", "asc"}, {0}},
    {"latest activity", {"last_activity_at", "desc"}, true, {"name", "asc"}, {0}},
    {"descending does not stay", {"created_at", "desc"}, true, {"created_at", "asc"}, {0}},
    {"fewest tie by address", {"created_at", "asc"}, true, {"email", "asc"}, {9, 2, 5, 3000}},
    {"fewest tie by number", {"created_at", "asc"}, true, {"phone_number", "asc"}, {9, 8, 5, 3000}},
    {"the last order was the best", {"email", "asc"}, true, {"email", "asc"}, {9, 2, 5, 3000}},
    {"the best did not tie", {"country", "asc"}, false, {"country", "asc"}, {9, 2, 5, 3000}},
};

static bool is_same(struct pass_order left, struct pass_order right)
{
    return strcmp(left.sort, right.sort) == 0 && strcmp(left.direction, right.direction) == 0;
}

static void test_next(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct pass_order next = passes_next(cases[i].last, cases[i].was_tied, cases[i].tied);
        if (!is_same(next, cases[i].next))
            fail_msg("%s: %s %s", cases[i].what, next.sort, next.direction);
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
        cmocka_unit_test(test_waits),
    };
    return cmocka_run_group_tests_name("passes", tests, NULL, NULL);
}
