/* What the proof is told of a page. */
#include "fetch/facts.h"

#include "fetch/api/livedesk.h"
#include "model/ledger.h"
#include "support.h"

#include <stdlib.h>

static struct facts_columns columns;
static const struct answer_time answered = {.server_time = 1700000000, .elapsed_ms = 250};

static void test_page(void **state)
{
    (void)state;
    static const char body[] =
        "{\"meta\":{\"count\":7},\"payload\":["
        "{\"id\":3,\"created_at\":1600000000},{\"name\":\"no id\"},"
        "{\"id\":5,\"created_at\":null},{\"id\":9,\"created_at\":1600000001}]}";
    struct livedesk_page page = {0};
    char fault[160];
    assert_int_equal(livedesk_read_page(body, sizeof body - 1, &page, fault), BODY_FINE);
    struct page_facts facts = facts_of_page(&page, &answered, "created_at", &columns);
    assert_int_equal(facts.records, 4);
    assert_int_equal(facts.count, 7);
    assert_int_equal(facts.dated, 2);
    assert_int_equal(facts.ids[0], 3);
    assert_int_equal(facts.created_at[0], 1600000000);
    assert_int_equal(facts.ids[2], 9);
    assert_int_equal(facts.created_at[2], 1600000001);
    assert_int_equal(facts.server_time, answered.server_time);
    assert_int_equal(facts.elapsed_ms, answered.elapsed_ms);
    livedesk_page_free(&page);
}

/* A page with more records than the columns have room for: the rest shows in the number alone. */
static void test_large_page(void **state)
{
    (void)state;
    enum { RECORDS = PAGE_FACTS_RECORDS_MAX + 1 };
    struct contact *contacts = calloc(RECORDS, sizeof *contacts);
    assert_non_null(contacts);
    for (int i = 0; i < RECORDS; i++)
        contacts[i] = (struct contact){.id = i + 1, .created_at = i + 1};
    struct livedesk_page page = {
        .count = COUNT_UNKNOWN,
        .records = RECORDS,
        .contacts = contacts,
        .contact_count = RECORDS,
    };
    struct page_facts facts = facts_of_page(&page, &answered, "created_at", &columns);
    assert_int_equal(facts.records, RECORDS);
    assert_int_equal(facts.dated, PAGE_FACTS_RECORDS_MAX);
    assert_int_equal(facts.ids[PAGE_FACTS_RECORDS_MAX - 1], PAGE_FACTS_RECORDS_MAX);
    free(contacts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_large_page),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
