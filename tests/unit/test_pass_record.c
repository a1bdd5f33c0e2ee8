/* What a pass notes of the pages that come: the server's counts and clock, and how many requests
   there were. */
#include "base/memory.h"
#include "fetch/pass_sink.h"
#include "support.h"
#include "support_snapshot.h"

#include <stdlib.h>
#include <string.h>

static struct checkpoint checkpoint;
static struct pass_sink sink;

static int set_up(void **state)
{
    struct error error = {0};
    support_setup_directory(state);
    char *path = support_path(*state, "partial");
    checkpoint = (struct checkpoint){.pass = 1};
    sink = (struct pass_sink){
        .asked = &support_source, .checkpoint = &checkpoint, .requests_before = 100};
    assert_true(snapshot_writer_create(&sink.writer, path, &support_source, "account", &error));
    pass_sink_begin(&sink);
    free(path);
    return 0;
}

static int tear_down(void **state)
{
    pass_sink_free(&sink);
    snapshot_writer_free(sink.writer);
    return support_teardown_directory(state);
}

/* A page of one contact, whose id nobody else has. */
static void take(const struct page_read *read, int count)
{
    static int id;
    struct error error = {0};
    struct livedesk_page page = {0};
    char fault[160];
    char *body = memory_print("{\"meta\":{\"count\":%d},\"payload\":[{\"id\":%d}]}", count, ++id);
    assert_int_equal(livedesk_read_page(body, strlen(body), &page, fault), BODY_FINE);
    struct page_read given = *read;
    if (given.start.server_time == 0)
        given.start.length = COUNT_UNKNOWN;
    given.page = &page;
    if (!pass_sink_take(&sink, &given, &error))
        fail_msg("%s", error.message);
    livedesk_page_free(&page);
    free(body);
}

static void test_counts(void **state)
{
    const struct pass_record *record = &checkpoint.records[0];
    (void)state;
    take(&(struct page_read){.number = 1, .requests = 1}, 50);
    take(&(struct page_read){.number = 2, .requests = 2}, 53);
    take(&(struct page_read){.number = 3, .requests = 3}, 48);
    take(&(struct page_read){.number = 4, .requests = 4}, 51);
    assert_int_equal(record->count_first, 50);
    assert_int_equal(record->count_low, 48);
    assert_int_equal(record->count_high, 53);
    assert_int_equal(checkpoint.count_last, 51);
    assert_int_equal(checkpoint.requests, 104);
    assert_int_equal(record->rows, 4);
    assert_int_equal(record->fresh, 4);
}

/* Pages come in any order: the latest count is that of the latest request. */
static void test_late(void **state)
{
    (void)state;
    take(&(struct page_read){.number = 1, .requests = 1}, 50);
    take(&(struct page_read){.number = 3, .requests = 9}, 48);
    take(&(struct page_read){.number = 2, .requests = 7}, 49);
    assert_int_equal(checkpoint.count_last, 48);
    assert_int_equal(checkpoint.requests, 109);
}

/* A pass that was measured began then, and not with its first page. */
static void test_measured(void **state)
{
    (void)state;
    take(&(struct page_read){.number = 1, .time = {1000, 2500}, .start = {49, 990, 1700}}, 50);
    assert_int_equal(checkpoint.records[0].length, 49);
    assert_int_equal(checkpoint.records[0].count_first, 50);
    assert_int_equal(checkpoint.openings[0].server_time, 990);
    assert_int_equal(checkpoint.openings[0].created_before, 990 - 2 - 1);
}

/* A first page that is read again tells nothing of when the pass began; its count counts. */
static void test_first_again(void **state)
{
    (void)state;
    take(&(struct page_read){.number = 1, .requests = 1, .time = {1000, 2500}}, 50);
    take(&(struct page_read){.number = 1, .requests = 2, .time = {2000, 0}, .is_again = true}, 44);
    assert_int_equal(checkpoint.records[0].count_first, 50);
    assert_int_equal(checkpoint.records[0].count_low, 44);
    assert_int_equal(checkpoint.records[0].count_high, 50);
    assert_int_equal(checkpoint.records[0].rows, 1);
    assert_int_equal(checkpoint.openings[0].server_time, 1000);
    /* 2.5 s may be 3, and either clock cuts a second off. */
    assert_int_equal(checkpoint.openings[0].created_before, 1000 - 3 - 1);
    assert_int_equal(checkpoint.server_time, 2000);
}

/* A server that sends the same page whatever is asked for is not read for ever. */
static void test_repetition(void **state)
{
    enum { PAGES_MAX_READ = 200 };
    struct error error = {0};
    struct livedesk_page page = {0};
    char fault[160];
    const char *body = "{\"payload\":[{\"id\":1},{\"id\":2}]}";
    (void)state;
    assert_int_equal(livedesk_read_page(body, strlen(body), &page, fault), BODY_FINE);
    int64_t taken = 0;
    struct page_read read = {.page = &page};
    do
        read.number = ++taken;
    while (taken < PAGES_MAX_READ && pass_sink_take(&sink, &read, &error));
    livedesk_page_free(&page);
    assert_in_range(taken, 2, PAGES_MAX_READ - 1);
    support_check_error("repetition", &error, EXIT_API, "brings nothing new", "--sort");
}

static void test_no_clock(void **state)
{
    (void)state;
    take(&(struct page_read){.number = 1, .requests = 1, .time = {0, 10}}, 50);
    assert_int_equal(checkpoint.openings[0].created_before, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_late, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_measured, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_first_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repetition, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_clock, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("pass_record", tests, NULL, NULL);
}
