/* Whether the counts that came with the pages of a pass can be those of the whole list. */
#include "fetch/proof/paginator.h"
#include "model/ledger.h"
#include "support.h"

struct received {
    int64_t page; /* 0: no more */
    int64_t rows;
    int64_t count;
};

static const struct {
    const char *what;
    struct received pages[6];
    bool fits;
    bool ends_short;
} cases[] = {
    {"a short last page", {{1, 100, 250}, {2, 100, 250}, {3, 50, 250}}, true, true},
    {"a single page, which tells of no end", {{1, 7, 7}}, false, false},
    {"a single page and an empty one", {{1, 7, 7}, {2, 0, 7}}, true, false},
    {"a full last page and an empty one", {{1, 100, 200}, {2, 100, 200}, {3, 0, 200}}, true, false},
    {"no end in sight", {{1, 100, 200}, {2, 100, 200}}, false, false},
    {"nobody there", {{1, 0, 0}}, true, false},
    {"nobody there, but counted", {{1, 0, 1}}, false, false},
    {"the latest first", {{1, 100, 250}, {3, 50, 250}, {2, 100, 250}}, true, true},
    {"one goes meanwhile", {{1, 100, 250}, {2, 100, 249}, {3, 49, 249}}, true, true},
    {"one comes meanwhile", {{1, 100, 250}, {2, 100, 250}, {3, 51, 251}}, true, true},
    {"one too many", {{1, 100, 251}, {2, 100, 251}, {3, 50, 251}}, false, true},
    {"one too few", {{1, 100, 249}, {2, 100, 249}, {3, 50, 249}}, false, true},
    {"too few on a page in the middle", {{1, 100, 250}, {2, 100, 199}, {3, 50, 250}}, false, true},
    {"too few on the first", {{1, 100, 99}, {2, 100, 250}, {3, 50, 250}}, false, true},
    {"of each page", {{1, 100, 100}, {2, 100, 100}, {3, 50, 50}}, false, true},
    {"none", {{1, 100, COUNT_UNKNOWN}, {2, 50, COUNT_UNKNOWN}}, false, true},
    {"one too many on an empty page", {{1, 100, 200}, {2, 100, 200}, {3, 0, 201}}, false, false},
    {"one too few on an empty page", {{1, 100, 200}, {2, 100, 200}, {3, 0, 199}}, false, false},
    {"the first of several empty pages tells",
     {{1, 100, 200}, {2, 100, 200}, {5, 0, 200}, {3, 0, 200}, {4, 0, 200}},
     true,
     false},
    {"a short page in the middle", {{1, 100, 250}, {2, 90, 250}, {3, 50, 250}}, false, true},
    {"larger pages later", {{1, 100, 250}, {2, 120, 250}, {3, 10, 250}}, false, true},
};

static void test_count_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct paginator pages = {0};
        for (const struct received *one = cases[i].pages; one->page > 0; one++)
            paginator_receive(&pages, one->page, one->rows, one->count);
        if (paginator_count_fits(&pages) != cases[i].fits)
            fail_msg("%s", cases[i].what);
        if (paginator_ends_short(&pages) != cases[i].ends_short)
            fail_msg("%s: ends short", cases[i].what);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_count_fits)};
    return cmocka_run_group_tests_name("count_fits", tests, NULL, NULL);
}
