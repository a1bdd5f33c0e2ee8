/* What a run that breaks off has saved is what the next one finds: all of it. */
#include "snapshot/partial.h"
#include "snapshot/writer.h"
#include "support.h"
#include "support_snapshot.h"

#include <stdlib.h>

static const struct checkpoint saved = {
    .pass = 1,
    .openings = {{.sort = "email",
                  .direction = "desc",
                  .page_size = 15,
                  .created_before = 900,
                  .server_time = 901}},
    .records = {{.count_first = 20,
                 .length = 21,
                 .count_low = 19,
                 .count_high = 23,
                 .count_fits = true,
                 .ends_oddly = true,
                 .holds_by_order = true,
                 .rows = 31,
                 .rejected = 2,
                 .doubles = 3,
                 .fresh = 26}},
    .server_time = 950,
    .count_last = 22,
    .duplicates = 5,
    .requests = 7,
};

static void note_page(struct snapshot_writer *writer, int64_t number)
{
    struct error error = {0};
    const struct page_seen page = {.number = number, .rows = 10 + number, .count = 20 + number};
    assert_true(snapshot_writer_note_page(writer, &page, &error));
}

static void check_pass(const struct checkpoint *found)
{
    const struct pass_opening *opening = &found->openings[0];
    const struct pass_record *record = &found->records[0];
    assert_string_equal(opening->sort, "email");
    assert_string_equal(opening->direction, "desc");
    assert_int_equal(opening->page_size, 15);
    assert_int_equal(opening->created_before, 900);
    assert_int_equal(opening->server_time, 901);
    assert_int_equal(record->count_first, 20);
    assert_int_equal(record->length, 21);
    assert_int_equal(record->count_low, 19);
    assert_int_equal(record->count_high, 23);
    assert_true(record->count_fits && record->ends_oddly && record->holds_by_order);
    assert_int_equal(record->rows, 31);
    assert_int_equal(record->rejected, 2);
    assert_int_equal(record->doubles, 3);
    assert_int_equal(record->fresh, 26);
}

/* Pages of a pass that is over are forgotten; what was not saved is not there. */
static void test_saved(void **state)
{
    char *path = support_path(*state, "partial");
    struct snapshot_writer *writer;
    struct unfinished found = {0};
    struct error error = {0};
    assert_true(snapshot_writer_create(&writer, path, &support_source, "account", &error));
    note_page(writer, 8);
    assert_true(snapshot_writer_begin_pass(writer, &error));
    note_page(writer, 1);
    note_page(writer, 2);
    assert_true(snapshot_writer_save(writer, &saved, 1234, &error));
    note_page(writer, 3);
    snapshot_writer_free(writer);

    assert_true(snapshot_writer_resume(&writer, path, &found, &error));
    assert_int_equal(found.saved_at, 1234);
    assert_string_equal(found.key_fingerprint, "account");
    assert_int_equal(found.checkpoint.pass, 1);
    assert_false(found.checkpoint.is_pass_over);
    assert_int_equal(found.checkpoint.server_time, 950);
    assert_int_equal(found.checkpoint.count_last, 22);
    assert_int_equal(found.checkpoint.duplicates, 5);
    assert_int_equal(found.checkpoint.requests, 7);
    check_pass(&found.checkpoint);
    assert_int_equal(found.page_count, 2);
    for (size_t i = 0; i < found.page_count; i++) {
        assert_int_equal(found.pages[i].rows, 10 + found.pages[i].number);
        assert_int_equal(found.pages[i].count, 20 + found.pages[i].number);
        assert_in_range(found.pages[i].number, 1, 2);
    }
    unfinished_free(&found);
    snapshot_writer_free(writer);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_saved, support_setup_directory,
                                        support_teardown_directory),
    };
    return cmocka_run_group_tests_name("checkpoint", tests, NULL, NULL);
}
