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
} cases[] = {
    {"a short last page", {{1, 100, 250}, {2, 100, 250}, {3, 50, 250}}, true},
    {"a single page, which tells of no end", {{1, 7, 7}}, false},
    {"a single page and an empty one", {{1, 7, 7}, {2, 0, 7}}, true},
    {"a full last page and an empty one", {{1, 100, 200}, {2, 100, 200}, {3, 0, 200}}, true},
    {"no end in sight", {{1, 100, 200}, {2, 100, 200}}, false},
    {"nobody there", {{1, 0, 0}}, true},
    {"nobody there, but counted", {{1, 0, 1}}, false},
    {"the latest first", {{1, 100, 250}, {3, 50, 250}, {2, 100, 250}}, true},
    {"one goes meanwhile", {{1, 100, 250}, {2, 100, 249}, {3, 49, 249}}, true},
    {"one comes meanwhile", {{1, 100, 250}, {2, 100, 250}, {3, 51, 251}}, true},
    {"one too many", {{1, 100, 251}, {2, 100, 251}, {3, 50, 251}}, false},
    {"one too few", {{1, 100, 249}, {2, 100, 249}, {3, 50, 249}}, false},
    {"too few on a page in the middle", {{1, 100, 250}, {2, 100, 199}, {3, 50, 250}}, false},
    {"too few on the first", {{1, 100, 99}, {2, 100, 250}, {3, 50, 250}}, false},
    {"of each page", {{1, 100, 100}, {2, 100, 100}, {3, 50, 50}}, false},
    {"none", {{1, 100, COUNT_UNKNOWN}, {2, 50, COUNT_UNKNOWN}}, false},
    {"one too many on an empty page", {{1, 100, 200}, {2, 100, 200}, {3, 0, 201}}, false},
    {"one too few on an empty page", {{1, 100, 200}, {2, 100, 200}, {3, 0, 199}}, false},
    {"the first of several empty pages tells",
     {{1, 100, 200}, {2, 100, 200}, {5, 0, 200}, {3, 0, 200}, {4, 0, 200}},
     true},
    {"a short page in the middle", {{1, 100, 250}, {2, 90, 250}, {3, 50, 250}}, false},
    {"larger pages later", {{1, 100, 250}, {2, 120, 250}, {3, 10, 250}}, false},
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
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_count_fits)};
    return cmocka_run_group_tests_name("count_fits", tests, NULL, NULL);
}
