/* Contacts that tie across pages: which groups there are, and when they have been seen whole. */
#include "fetch/proof/ties.h"

#include "support.h"

enum { PAGE_MAX = 6, PAGES_MAX = 5 };

/* The keys on each page; 0 ends a page. */
static const struct {
    const char *what;
    uint64_t pages[PAGES_MAX][PAGE_MAX];
    int64_t groups[3][2]; /* first and last page; 0: no more */
    int64_t to_read;
} cases[] = {
    {"no ties", {{1, 2}, {3, 4}, {5}}, {{0}}, 0},
    {"on one page", {{1, 1}, {2, 2}, {3}}, {{0}}, 0},
    {"across two pages", {{1, 2}, {2, 3}, {4}}, {{1, 2}}, 2},
    {"over a whole page", {{1, 2}, {2, 2}, {2, 3}}, {{1, 3}}, 3},
    {"two groups that share a page", {{1, 2}, {2, 3}, {3, 4}}, {{1, 2}, {2, 3}}, 3},
    {"two groups apart", {{1, 2}, {2, 3}, {4, 5}, {5, 6}}, {{1, 2}, {3, 4}}, 4},
    {"up to the end", {{1, 2}, {2, 2}, {2}}, {{1, 3}}, 3},
    {"a page is not known", {{1, 2}, {0}, {2, 3}}, {{0}}, 0},
    {"all the same", {{7, 7}, {7, 7}, {7, 7}, {7}}, {{1, 4}}, 4},
};

static struct page_facts page_of(const uint64_t *keys, const int64_t *ids)
{
    struct page_facts page = {.keys = keys, .ids = ids};
    while (page.usable < PAGE_MAX && keys[page.usable])
        page.usable++;
    page.records = page.usable;
    return page;
}

static void note_pages(struct ties *ties, const uint64_t pages[PAGES_MAX][PAGE_MAX])
{
    static const int64_t ids[PAGE_MAX];
    ties_reset(ties);
    for (int64_t number = PAGES_MAX; number >= 1; number--) { /* in any order */
        struct page_facts page = page_of(pages[number - 1], ids);
        ties_note(ties, number, &page);
    }
}

static void test_groups(void **state)
{
    struct ties ties = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t wanted = 0;
        while (wanted < 3 && cases[i].groups[wanted][0])
            wanted++;
        note_pages(&ties, cases[i].pages);
        if (ties_find(&ties) != wanted || ties_pages(&ties) != cases[i].to_read)
            fail_msg("%s: %zu groups on %d pages", cases[i].what, ties.group_count,
                     (int)ties_pages(&ties));
        for (size_t group = 0; group < wanted; group++) {
            assert_int_equal(ties.groups[group].first_page, cases[i].groups[group][0]);
            assert_int_equal(ties.groups[group].last_page, cases[i].groups[group][1]);
        }
    }
    ties_free(&ties);
}

/* Two groups that share page 2: each page is asked for once. */
static void test_pages(void **state)
{
    struct ties ties = {0};
    (void)state;
    note_pages(&ties, cases[4].pages);
    ties_find(&ties);
    ties_begin_round(&ties);
    for (int64_t page = 1; page <= 3; page++)
        assert_int_equal(ties_next(&ties), page);
    assert_int_equal(ties_next(&ties), 0);
    ties_free(&ties);
}

static void read_round(struct ties *ties, const int64_t ids[2][PAGE_MAX])
{
    static const uint64_t keys[2][PAGE_MAX] = {{1, 2, 2}, {2, 2, 3}};
    ties_begin_round(ties);
    for (int64_t number; (number = ties_next(ties)) > 0;) {
        struct page_facts page = page_of(keys[number - 1], ids[number - 1]);
        ties_receive(ties, number, &page);
    }
    ties_end_round(ties);
}

static void begin_rounds(struct ties *ties)
{
    static const uint64_t pages[PAGES_MAX][PAGE_MAX] = {{1, 2, 2}, {2, 2, 3}};
    note_pages(ties, pages);
    assert_int_equal(ties_find(ties), 1);
}

/* The group has four members. The ids 1 and 9 are others. */
static void test_whole(void **state)
{
    static const int64_t one_twice[2][PAGE_MAX] = {{1, 20, 21}, {21, 22, 9}};
    static const int64_t another_twice[2][PAGE_MAX] = {{1, 23, 21}, {23, 22, 9}};
    struct ties ties = {0};
    (void)state;
    begin_rounds(&ties);
    read_round(&ties, one_twice);
    assert_int_equal(ties_pages(&ties), 2);
    read_round(&ties, one_twice);
    assert_int_equal(ties_pages(&ties), 2); /* nothing new proves nothing */
    read_round(&ties, another_twice);
    assert_int_equal(ties_pages(&ties), 0);
    ties_free(&ties);
}

static void test_quiet(void **state)
{
    static const int64_t one_twice[2][PAGE_MAX] = {{1, 20, 21}, {21, 22, 9}};
    struct ties ties = {0};
    (void)state;
    begin_rounds(&ties);
    read_round(&ties, one_twice);
    for (int round = 1; round <= TIES_QUIET_MAX; round++) {
        assert_int_equal(ties_pages(&ties), 2);
        read_round(&ties, one_twice);
    }
    assert_int_equal(ties_pages(&ties), 0);
    ties_free(&ties);
}

static void test_id_set(void **state)
{
    struct id_set set = {0};
    (void)state;
    for (int64_t id = -500; id < 500; id++)
        assert_true(id_set_add(&set, id * 7919));
    for (int64_t id = -500; id < 500; id++)
        assert_false(id_set_add(&set, id * 7919));
    assert_int_equal(set.count, 1000);
    id_set_clear(&set);
    assert_true(id_set_add(&set, 0));
    assert_false(id_set_add(&set, 0));
    id_set_clear(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups), cmocka_unit_test(test_pages),  cmocka_unit_test(test_whole),
        cmocka_unit_test(test_quiet),  cmocka_unit_test(test_id_set),
    };
    return cmocka_run_group_tests_name("ties", tests, NULL, NULL);
}
