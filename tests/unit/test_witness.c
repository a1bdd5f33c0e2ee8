/* What the other end of the list says of a fetch that seems complete. */
#include "fetch/proof/witness.h"

#include "fetch/proof/verdict.h"
#include "model/contact.h"
#include "support.h"

#include <string.h>

enum { PAGE_MAX = 4, AGE = 1000 };

/* A contact on a page: its id, its time of creation, and whether it was read (1). */
struct listed {
    int64_t id;
    int64_t created_at;
    int is_known;
};

#define KNOWN(id, time)                                                                            \
    {                                                                                              \
        id, time, 1                                                                                \
    }
#define UNKNOWN(id, time)                                                                          \
    {                                                                                              \
        id, time, 0                                                                                \
    }

/* The pass read from the oldest contact on; contacts created before AGE had to be read. */
static const struct {
    const char *what;
    int64_t contacts;
    int64_t first[PAGE_MAX]; /* ids of page 1; 0: no more */
    struct listed page[PAGE_MAX];
    bool is_odd_end;
    enum witness_word word;
} cases[] = {
    {"the newest, all read",
     9,
     {1, 2, 3},
     {KNOWN(9, 90), KNOWN(8, 80), KNOWN(7, 70)},
     false,
     WITNESS_CONFIRMS},
    {"an old one was not read",
     9,
     {1, 2, 3},
     {KNOWN(9, 90), UNKNOWN(8, 80), KNOWN(7, 70)},
     false,
     WITNESS_CONTRADICTS},
    {"one created meanwhile",
     9,
     {1, 2, 3},
     {UNKNOWN(10, AGE), KNOWN(9, 90), KNOWN(8, 80)},
     false,
     WITNESS_CONFIRMS},
    {"all created meanwhile",
     9,
     {1, 2, 3},
     {UNKNOWN(12, AGE), UNKNOWN(11, AGE), UNKNOWN(10, AGE)},
     false,
     WITNESS_CONTRADICTS},
    {"the first page again",
     9,
     {1, 2, 3},
     {KNOWN(1, 10), KNOWN(2, 20), KNOWN(3, 30)},
     false,
     WITNESS_IS_SILENT},
    {"the first page again, after its first contact went",
     9,
     {1, 2, 3},
     {KNOWN(2, 20), KNOWN(3, 30), KNOWN(4, 40)},
     false,
     WITNESS_IS_SILENT},
    {"others, but in the order of the pass",
     9,
     {1, 2, 3},
     {KNOWN(4, 40), KNOWN(5, 50), KNOWN(6, 60)},
     false,
     WITNESS_IS_SILENT},
    {"others, created at once",
     9,
     {1, 2, 3},
     {KNOWN(5, 50), KNOWN(2, 50), KNOWN(6, 50)},
     false,
     WITNESS_CONFIRMS},
    {"contacts without a time of creation",
     9,
     {1, 2, 3},
     {KNOWN(9, 90), KNOWN(8, TIME_NONE), KNOWN(7, 70)},
     false,
     WITNESS_CONFIRMS},
    {"no page", 9, {1, 2, 3}, {{0}}, true, WITNESS_IS_SILENT},
    {"an empty page", 9, {1, 2, 3}, {{0}}, false, WITNESS_CONTRADICTS},
    {"an account without contacts", 0, {0}, {{0}}, false, WITNESS_CONFIRMS},
    {"a contact where none was read", 0, {0}, {UNKNOWN(1, 10)}, false, WITNESS_CONTRADICTS},
    {"a single contact", 1, {1}, {KNOWN(1, 10)}, false, WITNESS_CONFIRMS},
    {"two pages share contacts",
     4,
     {1, 2, 3},
     {KNOWN(4, 40), KNOWN(3, 30), KNOWN(2, 20)},
     false,
     WITNESS_CONFIRMS},
    {"one page, the other way round",
     3,
     {1, 2, 3},
     {KNOWN(3, 30), KNOWN(2, 20), KNOWN(1, 10)},
     false,
     WITNESS_CONFIRMS},
    {"one page as before, after its first contact went",
     3,
     {4, 1, 2, 3},
     {KNOWN(1, 10), KNOWN(2, 10), KNOWN(3, 10)},
     false,
     WITNESS_IS_SILENT},
    {"two pages share contacts, as one went",
     5,
     {1, 2, 3, 4},
     {KNOWN(2, 20), KNOWN(3, 20), KNOWN(4, 20), KNOWN(5, 20)},
     false,
     WITNESS_IS_SILENT},
    {"one page as before",
     3,
     {1, 2, 3},
     {KNOWN(1, 10), KNOWN(2, 20), KNOWN(3, 30)},
     false,
     WITNESS_IS_SILENT},
};

static enum witness_word judge(size_t which)
{
    static struct page_ids first;
    int64_t ids[PAGE_MAX];
    int64_t created_at[PAGE_MAX];
    bool is_known[PAGE_MAX];
    struct page_facts page = {
        .ids = ids, .created_at = created_at, .is_odd_end = cases[which].is_odd_end};
    for (const struct listed *at = cases[which].page; page.usable < PAGE_MAX && at->id; at++) {
        ids[page.usable] = at->id;
        created_at[page.usable] = at->created_at;
        is_known[page.usable++] = at->is_known;
    }
    page.records = page.usable;
    memcpy(first.ids, cases[which].first, sizeof cases[which].first);
    for (first.count = 0; first.count < PAGE_MAX && first.ids[first.count]; first.count++)
        ;
    const struct testimony testimony = {
        .page = &page,
        .is_known = is_known,
        .first = &first,
        .is_by_age = true,
        .created_before = AGE,
        .contacts = cases[which].contacts,
    };
    return witness_judge(&testimony);
}

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum witness_word word = judge(i);
        if (word != cases[i].word)
            fail_msg("%s: %d", cases[i].what, (int)word);
    }
}

static const struct {
    const char *what;
    enum witness_word word;
    int contradicted;
    int64_t rows;
    bool ends_oddly;
    enum closing closing;
} closings[] = {
    {"confirmed", WITNESS_CONFIRMS, 0, 34, false, CLOSING_COMPLETE},
    {"confirmed after an odd end", WITNESS_CONFIRMS, 0, 34, true, CLOSING_COMPLETE},
    {"confirmed at a round number", WITNESS_CONFIRMS, 0, 2000, false, CLOSING_COMPLETE},
    {"nothing said", WITNESS_IS_SILENT, 0, 34, false, CLOSING_COMPLETE},
    {"nothing said after an odd end", WITNESS_IS_SILENT, 0, 34, true, CLOSING_END_UNPROVEN},
    {"nothing said at a round number", WITNESS_IS_SILENT, 0, 2000, false, CLOSING_END_UNPROVEN},
    {"nothing said of nobody", WITNESS_IS_SILENT, 0, 0, false, CLOSING_COMPLETE},
    {"contradicted", WITNESS_CONTRADICTS, 0, 34, false, CLOSING_READ_ON},
    {"contradicted again", WITNESS_CONTRADICTS, 1, 34, false, CLOSING_BEYOND_REACH},
    {"confirmed after a contradiction", WITNESS_CONFIRMS, 1, 34, false, CLOSING_COMPLETE},
};

static void test_closings(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(closings); i++) {
        const struct pass_record pass = {.rows = closings[i].rows,
                                         .ends_oddly = closings[i].ends_oddly};
        enum closing closing = witness_close(closings[i].word, closings[i].contradicted, &pass,
                                             closings[i].rows, VERDICT_ROUND);
        if (closing != closings[i].closing)
            fail_msg("%s: %d", closings[i].what, (int)closing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_closings),
    };
    return cmocka_run_group_tests_name("witness", tests, NULL, NULL);
}
