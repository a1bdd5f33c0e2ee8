/* Contacts that were gone when the fetch was complete: nothing of them stays in the snapshot. */
#include "snapshot/snapshot.h"
#include "snapshot/writer.h"
#include "support.h"
#include "support_snapshot.h"

#include <sqlite3.h>
#include <stdlib.h>

static void put(struct snapshot_writer *writer, int64_t id, int pass)
{
    struct contact_inbox inboxes[] = {{.inbox_id = 7, .source_id = "s"}, {.inbox_id = id}};
    const struct contact contact = {.id = id,
                                    .created_at = TIME_NONE,
                                    .last_activity_at = TIME_NONE,
                                    .inboxes = inboxes,
                                    .inbox_count = COUNT(inboxes)};
    enum stored stored;
    struct error error = {0};
    if (!snapshot_writer_put(writer, &contact, pass, &stored, &error))
        fail_msg("%s", error.message);
}

static int64_t ask(const char *path, const char *sql)
{
    sqlite3 *database;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return number;
}

static void test_gone(void **state)
{
    char *path = support_path(*state, "s.sqlite");
    struct snapshot_writer *writer;
    struct error error = {0};
    const struct warnings none = {0};
    assert_true(snapshot_writer_create(&writer, path, &support_source, "account", &error));
    for (int64_t id = 1; id <= 5; id++)
        put(writer, id, 1);
    put(writer, 2, 2);
    put(writer, 5, 2);
    assert_int_equal(snapshot_writer_drop_gone(writer, 2, &error), 2);
    assert_true(snapshot_writer_finish(writer, &support_ledger, &none, 0, &error));
    snapshot_writer_free(writer);

    assert_int_equal(ask(path, "SELECT count(*) FROM contact"), 2);
    assert_int_equal(ask(path, "SELECT count(*) FROM contact WHERE id IN (2, 5)"), 2);
    assert_int_equal(ask(path, "SELECT count(*) FROM contact_inbox"), 4);
    assert_int_equal(ask(path, "SELECT count(*) FROM contact_inbox WHERE contact_id IN (2, 5)"), 4);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_gone, support_setup_directory,
                                        support_teardown_directory),
    };
    return cmocka_run_group_tests_name("snapshot_gone", tests, NULL, NULL);
}
