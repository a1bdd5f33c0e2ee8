/* Pages that follow one on the other, with three records on each. */
#include "fetch/proof/page_chain.h"

#include "support.h"

enum { PAGE_RECORDS = 3, PAGES_MAX = 4 };

struct page {
    int64_t number;
    int64_t records;
    int64_t created_at[PAGE_RECORDS];
    int64_t ids[PAGE_RECORDS];
};

static const struct {
    const char *what;
    int64_t first, end;
    struct page pages[PAGES_MAX]; /* as they come */
    int64_t last;
    bool is_broken;
    bool is_open;
} cases[] = {
    {"in order",
     1,
     3,
     {{1, 3, {1, 2, 3}, {1, 2, 3}}, {2, 3, {4, 5, 6}, {4, 5, 6}}, {3, 1, {7}, {7}}},
     3,
     false,
     false},
    {"the other way round",
     1,
     3,
     {{3, 1, {7}, {7}}, {2, 3, {4, 5, 6}, {4, 5, 6}}, {1, 3, {1, 2, 3}, {1, 2, 3}}},
     3,
     false,
     false},
    {"one is still to come",
     1,
     3,
     {{1, 3, {1, 2, 3}, {1, 2, 3}}, {3, 1, {7}, {7}}},
     1,
     false,
     false},
    {"short in the middle",
     1,
     3,
     {{1, 3, {1, 2, 3}, {1, 2, 3}}, {2, 2, {4, 5}, {4, 5}}},
     1,
     true,
     false},
    {"empty at the end", 1, 2, {{1, 3, {1, 2, 3}, {1, 2, 3}}, {2, 0, {0}, {0}}}, 1, true, false},
    {"older than the page in front",
     1,
     3,
     {{1, 3, {1, 2, 5}, {1, 2, 3}}, {2, 3, {4, 5, 6}, {4, 5, 6}}},
     1,
     true,
     false},
    {"a tie of two",
     1,
     3,
     {{1, 3, {1, 2, 3}, {1, 2, 3}}, {2, 3, {3, 5, 6}, {4, 5, 6}}},
     2,
     false,
     false},
    {"one of those that tie comes twice",
     1,
     3,
     {{1, 3, {1, 2, 3}, {1, 2, 3}}, {2, 3, {3, 5, 6}, {3, 5, 6}}},
     1,
     true,
     false},
    {"a tie over three pages",
     1,
     3,
     {{1, 3, {1, 2, 3}, {1, 2, 3}}, {2, 3, {3, 3, 3}, {4, 5, 6}}, {3, 2, {3, 3}, {7, 8}}},
     3,
     false,
     false},
    {"it comes twice on the third",
     1,
     3,
     {{1, 3, {1, 2, 3}, {1, 2, 3}}, {2, 3, {3, 3, 3}, {4, 5, 6}}, {3, 2, {3, 3}, {7, 3}}},
     2,
     true,
     false},
    {"all of the first page tie, and it is the list's first",
     1,
     3,
     {{1, 3, {3, 3, 3}, {1, 2, 3}}, {2, 3, {3, 5, 6}, {4, 5, 6}}},
     2,
     false,
     false},
    {"all of the first page tie, and more may in front",
     2,
     3,
     {{2, 3, {3, 3, 3}, {1, 2, 3}}, {3, 3, {3, 5, 6}, {4, 5, 6}}},
     2,
     true,
     true},
    {"all of the first page tie, but not with the second",
     2,
     3,
     {{2, 3, {3, 3, 3}, {1, 2, 3}}, {3, 3, {4, 5, 6}, {4, 5, 6}}},
     3,
     false,
     false},
    {"a page behind the end",
     1,
     1,
     {{1, 3, {1, 2, 3}, {1, 2, 3}}, {2, 1, {4}, {4}}},
     1,
     false,
     false},
};

static void test_chains(void **state)
{
    (void)state;
    static struct page_chain chain; /* used again and again: what came before must not show */
    for (size_t i = 0; i < COUNT(cases); i++) {
        page_chain_begin(&chain, cases[i].first, PAGE_RECORDS);
        for (const struct page *page = cases[i].pages;
             page < cases[i].pages + PAGES_MAX && page->number > 0; page++) {
            struct chain_page listed = {page->number, page->records, page->created_at, page->ids};
            assert_true(page_chain_add(&chain, &listed, cases[i].end));
        }
        if (chain.last != cases[i].last || chain.is_broken != cases[i].is_broken ||
            page_chain_is_open(&chain) != cases[i].is_open)
            fail_msg("%s: up to page %lld%s", cases[i].what, (long long)chain.last,
                     chain.is_broken ? ", broken" : "");
    }
}

static void test_too_far_ahead(void **state)
{
    (void)state;
    static struct page_chain chain;
    const int64_t numbers[PAGE_RECORDS] = {1, 2, 3};
    struct chain_page page = {PAGE_CHAIN_RING, PAGE_RECORDS, numbers, numbers};
    page_chain_begin(&chain, 1, PAGE_RECORDS);
    assert_true(page_chain_add(&chain, &page, INT64_MAX));
    page.number++;
    assert_false(page_chain_add(&chain, &page, INT64_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_too_far_ahead),
    };
    return cmocka_run_group_tests_name("page_chain", tests, NULL, NULL);
}
