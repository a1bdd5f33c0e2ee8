/* How long a list is, by its count and by the page on which it ends. */
#include "fetch/proof/measure.h"

#include "model/ledger.h"
#include "support.h"

enum { PAGES_READ_MAX = 3, PAGE_MAX = 10, TIME = 1000, NO_PAGE = -1 };

/* A page that comes in answer. Its contacts have the ids from `first_id` on. */
struct given {
    int64_t asked;   /* the page that has to be asked for; 0: none any more */
    int64_t records; /* NO_PAGE: no page, but an error */
    int64_t count;
    int64_t first_id;
};

static const struct {
    const char *what;
    struct given pages[PAGES_READ_MAX];
    int64_t length;
    bool is_odd;
} cases[] = {
    {"a short last page", {{1, 10, 34, 1}, {4, 4, 34, 31}}, 34, false},
    {"a full last page", {{1, 10, 30, 1}, {4, 0, 30, 0}}, 30, false},
    {"one page", {{1, 10, 10, 1}, {2, 0, 10, 0}}, 10, false},
    {"one contact", {{1, 1, 1, 1}, {2, 0, 1, 0}}, 1, false},
    {"none", {{1, 0, 0, 0}}, 0, false},
    {"none, but counted", {{1, 0, 5, 0}}, COUNT_UNKNOWN, false},
    {"no count", {{1, 10, COUNT_UNKNOWN, 1}}, COUNT_UNKNOWN, false},
    {"a count below the first page", {{1, 10, 9, 1}}, COUNT_UNKNOWN, false},
    {"the count is old: one more", {{1, 10, 34, 1}, {4, 5, 34, 31}}, COUNT_UNKNOWN, false},
    {"the count is old: one fewer", {{1, 10, 34, 1}, {4, 3, 34, 31}}, COUNT_UNKNOWN, false},
    {"the count is old: all of the last page fewer",
     {{1, 10, 34, 1}, {4, 0, 34, 0}},
     COUNT_UNKNOWN,
     false},
    {"one came meanwhile, and both say so", {{1, 10, 34, 1}, {4, 5, 35, 31}}, 35, false},
    {"one went meanwhile, and both say so", {{1, 10, 34, 1}, {4, 3, 33, 31}}, 33, false},
    {"so many came that the page is full", {{1, 10, 34, 1}, {4, 10, 40, 31}}, COUNT_UNKNOWN, false},
    {"the count is of the page",
     {{1, 10, 10, 1}, {2, 10, 10, 11}, {1, 10, 10, 1}},
     COUNT_UNKNOWN,
     false},
    {"an error behind the end", {{1, 10, 30, 1}, {4, NO_PAGE, COUNT_UNKNOWN, 0}}, 30, true},
    {"an error in the place of the last page",
     {{1, 10, 34, 1}, {4, NO_PAGE, COUNT_UNKNOWN, 0}},
     COUNT_UNKNOWN,
     false},
    {"the last page once more", {{1, 10, 30, 1}, {4, 10, 30, 21}, {3, 10, 30, 21}}, 30, true},
    {"another full page", {{1, 10, 30, 1}, {4, 10, 30, 31}, {3, 10, 30, 21}}, COUNT_UNKNOWN, false},
    {"pages too small to tell a repetition",
     {{1, 3, 9, 1}, {4, 3, 9, 7}, {3, 3, 9, 7}},
     COUNT_UNKNOWN,
     false},
    {"more pages than there can be", {{1, 1, 20 * 1000 * 1000, 1}}, COUNT_UNKNOWN, false},
};

static void give(struct measure *measure, const struct given *given)
{
    int64_t ids[PAGE_MAX];
    int64_t records = given->records == NO_PAGE ? 0 : given->records;
    struct page_facts page = {
        .records = records,
        .usable = records,
        .count = given->count,
        .ids = ids,
        .server_time = TIME + given->asked,
        .is_odd_end = given->records == NO_PAGE,
    };
    for (int64_t i = 0; i < records; i++)
        ids[i] = given->first_id + i;
    measure_receive(measure, &page);
}

static void measure_list(const char *what, const struct given *pages, struct measure *measure)
{
    struct reading reading;
    measure_begin(measure);
    for (int i = 0; i < PAGES_READ_MAX && pages[i].asked > 0; i++) {
        if (!measure_next(measure, &reading) || reading.page != pages[i].asked)
            fail_msg("%s: asks for another page than %d", what, (int)pages[i].asked);
        assert_int_equal(reading.kind, READING_MEASURE);
        assert_false(measure_next(measure, &reading)); /* one at a time */
        give(measure, &pages[i]);
    }
    if (measure_is_busy(measure))
        fail_msg("%s: has not ended", what);
}

static void test_lists(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        static struct measure measure;
        measure_list(cases[i].what, cases[i].pages, &measure);
        if (measure.length != cases[i].length || measure.is_odd != cases[i].is_odd)
            fail_msg("%s: %d%s", cases[i].what, (int)measure.length, measure.is_odd ? ", odd" : "");
    }
}

/* The list was so long when the page with its end came. */
static void test_time(void **state)
{
    static struct measure measure;
    static const struct given pages[PAGES_READ_MAX] = {{1, 10, 34, 1}, {4, 4, 34, 31}};
    (void)state;
    measure_list("time", pages, &measure);
    assert_int_equal(measure.server_time, TIME + 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_time),
    };
    return cmocka_run_group_tests_name("measure", tests, NULL, NULL);
}
