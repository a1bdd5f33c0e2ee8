/* What a pass makes of the pages that come: which of their contacts the server has told twice. */
#include "fetch/pass_sink.h"

#include "base/memory.h"
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
    sink = (struct pass_sink){.asked = &support_source, .checkpoint = &checkpoint};
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

/* A page of three contacts. */
static void take(int64_t number, int first_id, bool is_again)
{
    struct error error = {0};
    struct livedesk_page page = {0};
    char fault[160];
    char *body = memory_print("{\"payload\":[{\"id\":%d},{\"id\":%d},{\"id\":%d}]}", first_id,
                              first_id + 1, first_id + 2);
    assert_int_equal(livedesk_read_page(body, strlen(body), &page, fault), BODY_FINE);
    const struct page_read read = {.number = number, .page = &page, .is_again = is_again};
    if (!pass_sink_take(&sink, &read, &error))
        fail_msg("page %lld: %s", (long long)number, error.message);
    livedesk_page_free(&page);
    free(body);
}

static int64_t doubles(void)
{
    return checkpoint.records[0].doubles;
}

static void test_told_twice(void **state)
{
    (void)state;
    take(1, 1, false);
    take(2, 3, false);
    assert_int_equal(doubles(), 1);
    take(3, 3, false);
    assert_int_equal(doubles(), 4);
}

/* The page's own answer comes after the one to reading it again. */
static void test_late(void **state)
{
    (void)state;
    take(5, 1, true);
    take(5, 1, false);
    assert_int_equal(doubles(), 0);
    assert_int_equal(checkpoint.records[0].rows, 3);
    take(6, 1, false);
    assert_int_equal(doubles(), 3);
}

static void test_read_again(void **state)
{
    (void)state;
    take(5, 1, false);
    take(5, 1, true);
    take(5, 1, true);
    assert_int_equal(doubles(), 0);
    take(6, 1, false);
    assert_int_equal(doubles(), 3);
}

/* Many pages in a row that are late are not a server that pays no heed to the page number. */
static void test_many_late(void **state)
{
    (void)state;
    enum { PAGES = 200 };
    for (int i = 0; i < PAGES; i++)
        take(i + 2, 3 * i + 1, true);
    for (int i = 0; i < PAGES; i++)
        take(i + 2, 3 * i + 1, false);
    assert_int_equal(doubles(), 0);
}

/* More than can be kept: those count as doubled. */
static void test_ceiling(void **state)
{
    (void)state;
    struct reread reread = {0};
    for (int64_t id = 1; id <= 2 * REREAD_MAX; id++)
        reread_note(&reread, id);
    assert_int_equal(reread.count, REREAD_MAX);
    assert_true(reread_take(&reread, 1));
    assert_false(reread_take(&reread, 1));
    assert_false(reread_take(&reread, 2 * REREAD_MAX));
    reread_note(&reread, 1);
    assert_true(reread_take(&reread, 1));
    reread_clear(&reread);
    assert_false(reread_take(&reread, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_told_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_late, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_read_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_late, set_up, tear_down),
        cmocka_unit_test(test_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
