/* Which pages are asked for, and when a pass is over: whole passes against servers that differ in
 * how they count. */
#include "fetch/proof/paginator.h"

#include "model/checkpoint.h"
#include "model/ledger.h"
#include "support.h"

/* What the server says of how many contacts there are. */
enum counting {
    COUNT_EXACT,
    COUNT_ABSENT,
    COUNT_OF_PAGE, /* only of those on the page */
    COUNT_FIXED,   /* `count`, whatever there is */
};

struct server {
    int64_t contacts;
    int64_t page_records; /* the most it puts on a page */
    enum counting counting;
    int64_t count;
    int64_t odd_page; /* 0: none; a page from which `odd_missing` contacts are missing */
    int64_t odd_missing;
};

enum order { IN_ORDER, LATEST_FIRST };

enum { SLOTS_MAX = 64 };

/* What a pass came to. */
struct outcome {
    int64_t asked;
    int64_t records;
};

static int64_t records_on(const struct server *server, int64_t page)
{
    int64_t left = server->contacts - (page - 1) * server->page_records;
    int64_t records = left < 0 ? 0 : left < server->page_records ? left : server->page_records;
    return page == server->odd_page ? records - server->odd_missing : records;
}

static int64_t count_on(const struct server *server, int64_t page)
{
    switch (server->counting) {
    case COUNT_EXACT:
        return server->contacts;
    case COUNT_ABSENT:
        return COUNT_UNKNOWN;
    case COUNT_OF_PAGE:
        return records_on(server, page);
    case COUNT_FIXED:
        break;
    }
    return server->count;
}

/* Takes one page out of its slot, the oldest or the latest. */
static int64_t take_page(int64_t *slots, int *width, enum order order)
{
    int at = order == IN_ORDER ? 0 : *width - 1;
    int64_t page = slots[at];
    --*width;
    for (; at < *width; at++)
        slots[at] = slots[at + 1];
    return page;
}

static struct outcome run_pass(const struct server *server, int slot_count, enum order order)
{
    struct paginator paginator = {0};
    struct outcome outcome = {0};
    int64_t slots[SLOTS_MAX];
    int width = 0;
    do {
        int64_t page;
        while (width < slot_count && (page = paginator_next(&paginator)) > 0) {
            assert_int_equal(page, ++outcome.asked); /* each once, and in order */
            slots[width++] = page;
        }
        assert_true(width > 0); /* else the pass would wait for ever */
        assert_false(paginator_done(&paginator, width));
        page = take_page(slots, &width, order);
        outcome.records += records_on(server, page);
        paginator_receive(&paginator, page, records_on(server, page), count_on(server, page));
        assert_int_equal(paginator.records, outcome.records);
    } while (!paginator_done(&paginator, width));
    return outcome;
}

struct pass_case {
    const char *what;
    struct server server;
    int slots;
    struct outcome expected;
};

static const struct pass_case cases[] = {
    {"empty account", {0, 100, COUNT_EXACT, 0, 0, 0}, 1, {1, 0}},
    {"empty account, eight at once", {0, 100, COUNT_EXACT, 0, 0, 0}, 8, {1, 0}},
    {"empty account, no count", {0, 100, COUNT_ABSENT, 0, 0, 0}, 1, {1, 0}},
    {"single page", {7, 100, COUNT_EXACT, 0, 0, 0}, 1, {2, 7}},
    {"single page, no count", {7, 100, COUNT_ABSENT, 0, 0, 0}, 1, {2, 7}},
    {"single full page", {100, 100, COUNT_EXACT, 0, 0, 0}, 1, {2, 100}},
    {"exact count", {250, 100, COUNT_EXACT, 0, 0, 0}, 1, {3, 250}},
    {"exact count, eight at once", {250, 100, COUNT_EXACT, 0, 0, 0}, 8, {3, 250}},
    {"exact count, many pages", {12340, 15, COUNT_EXACT, 0, 0, 0}, 8, {823, 12340}},
    {"page size capped", {40, 15, COUNT_EXACT, 0, 0, 0}, 1, {3, 40}},
    {"exact multiple", {200, 100, COUNT_EXACT, 0, 0, 0}, 1, {3, 200}},
    {"exact multiple, eight at once", {200, 100, COUNT_EXACT, 0, 0, 0}, 8, {3, 200}},
    {"one a page", {3, 1, COUNT_EXACT, 0, 0, 0}, 1, {4, 3}},
    {"no count", {250, 100, COUNT_ABSENT, 0, 0, 0}, 1, {4, 250}},
    {"no count, eight at once", {250, 100, COUNT_ABSENT, 0, 0, 0}, 8, {5, 250}},
    {"count of the page", {250, 100, COUNT_OF_PAGE, 0, 0, 0}, 1, {4, 250}},
    {"count of the page, exact multiple", {300, 100, COUNT_OF_PAGE, 0, 0, 0}, 1, {4, 300}},
    {"count of the page, very many pages", {100000, 15, COUNT_OF_PAGE, 0, 0, 0}, 1, {6668, 100000}},
    {"count too high", {250, 100, COUNT_FIXED, 1000, 0, 0}, 1, {10, 250}},
    {"count too high by one page", {250, 100, COUNT_FIXED, 301, 0, 0}, 1, {4, 250}},
    {"count a little too high", {250, 100, COUNT_FIXED, 260, 0, 0}, 1, {3, 250}},
    {"count too low", {250, 100, COUNT_FIXED, 100, 0, 0}, 1, {4, 250}},
    {"count too low, but of two pages", {450, 100, COUNT_FIXED, 150, 0, 0}, 1, {5, 450}},
    {"count of nothing", {250, 100, COUNT_FIXED, 0, 0, 0}, 1, {4, 250}},
    {"count huge", {250, 100, COUNT_FIXED, 1000 * 1000 * 1000, 0, 0}, 1, {23, 250}},
    {"count beyond all", {250, 100, COUNT_FIXED, INT64_MAX, 0, 0}, 1, {23, 250}},
    {"short page in the middle", {250, 100, COUNT_EXACT, 0, 2, 10}, 1, {3, 240}},
    {"empty page in the middle", {250, 100, COUNT_EXACT, 0, 2, 100}, 1, {3, 150}},
    {"short first page", {250, 100, COUNT_EXACT, 0, 1, 50}, 1, {3, 200}},
    {"first page empty though there are more", {250, 100, COUNT_EXACT, 0, 1, 100}, 1, {1, 0}},
    {"short page in the middle, no count", {250, 100, COUNT_ABSENT, 0, 2, 10}, 1, {4, 240}},
};

static void test_passes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct pass_case *c = &cases[i];
        struct outcome outcome = run_pass(&c->server, c->slots, IN_ORDER);
        if (outcome.asked != c->expected.asked || outcome.records != c->expected.records)
            fail_msg("%s: %lld pages asked for, %lld contacts read", c->what,
                     (long long)outcome.asked, (long long)outcome.records);
    }
}

/* Whatever the server counts, however many requests are in flight and in whichever order the
 * answers come: nothing is left out, and not much is asked for in vain. */
static void check_whole(const struct server *server)
{
    static const int slot_counts[] = {1, 3, 8, SLOTS_MAX};
    int64_t pages = (server->contacts + server->page_records - 1) / server->page_records;
    for (size_t i = 0; i < COUNT(slot_counts); i++) {
        for (int order = IN_ORDER; order <= LATEST_FIRST; order++) {
            struct outcome outcome = run_pass(server, slot_counts[i], (enum order)order);
            if (outcome.records != server->contacts)
                fail_msg("%lld of %lld contacts, %lld a page, counting %d (%lld), %d slots",
                         (long long)outcome.records, (long long)server->contacts,
                         (long long)server->page_records, (int)server->counting,
                         (long long)server->count, slot_counts[i]);
            if (server->counting != COUNT_FIXED)
                assert_in_range(outcome.asked, 1, pages + 1 + slot_counts[i]);
        }
    }
}

static void test_nothing_left_out(void **state)
{
    (void)state;
    static const int64_t sizes[] = {1, 2, 7, 15, 100};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        for (int64_t contacts = 0; contacts <= 61; contacts++) {
            struct server server = {.contacts = contacts, .page_records = sizes[i]};
            for (int counting = COUNT_EXACT; counting <= COUNT_OF_PAGE; counting++) {
                server.counting = (enum counting)counting;
                check_whole(&server);
            }
            server.counting = COUNT_FIXED;
            for (int64_t count = 0; count <= 130; count += 13) {
                server.count = count;
                check_whole(&server);
            }
        }
    }
}

static void test_ceiling(void **state)
{
    (void)state;
    struct paginator paginator = {.asked = PAGES_MAX - 1, .expected_last = INT64_MAX / 2};
    assert_int_equal(paginator_next(&paginator), PAGES_MAX);
    assert_int_equal(paginator_next(&paginator), 0);
    assert_false(paginator_done(&paginator, 1));
    assert_true(paginator_done(&paginator, 0));
}

static void test_expected_records(void **state)
{
    (void)state;
    struct paginator paginator = {0};
    assert_int_equal(paginator_expected_records(&paginator, 250), 250);
    assert_int_equal(paginator_expected_records(&paginator, 0), COUNT_UNKNOWN);
    assert_int_equal(paginator_expected_records(&paginator, COUNT_UNKNOWN), COUNT_UNKNOWN);
    paginator_receive(&paginator, 1, 100, 250);
    assert_int_equal(paginator_expected_records(&paginator, 250), 250);
    assert_int_equal(paginator_expected_records(&paginator, 100),
                     COUNT_UNKNOWN); /* it was of the page only */
    assert_int_equal(paginator_expected_records(&paginator, COUNT_UNKNOWN), COUNT_UNKNOWN);
    paginator_receive(&paginator, 2, 50, 150);
    assert_int_equal(paginator_expected_records(&paginator, 150), 150); /* the end is in sight */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passes),
        cmocka_unit_test(test_nothing_left_out),
        cmocka_unit_test(test_ceiling),
        cmocka_unit_test(test_expected_records),
    };
    return cmocka_run_group_tests_name("paginator", tests, NULL, NULL);
}
