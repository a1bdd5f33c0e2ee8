/* What is no whole snapshot of this program is refused. */
#include "base/buffer.h"
#include "base/memory.h"
#include "snapshot/snapshot.h"
#include "snapshot/writer.h"
#include "support.h"
#include "support_snapshot.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static void refuse(const char *path, bool is_one, const char *message)
{
    struct snapshot *snapshot = NULL;
    struct error error = {0};
    if (snapshot_open(&snapshot, path, SNAPSHOT_CHECK_WHOLE, &error))
        fail_msg("%s: accepted", message);
    support_check_error(message, &error, EXIT_WRONG_USE, message, NULL);
    assert_memory_equal(error.message, path, strlen(path));
    assert_int_equal(is_snapshot_file(path), is_one);
}

static void change(const char *path, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

#define FOREIGN "its tables are not as rollcall makes them"

static const struct {
    const char *sql;
    bool is_one;
    const char *message;
} damages[] = {
    {"DELETE FROM ledger", true, "the snapshot is partial: its fetch never ended"},
    {"DELETE FROM fetch", true, "the snapshot has no record of a fetch"},
    {"DROP TABLE ledger", true, FOREIGN},
    {"DROP TABLE fetch", true, FOREIGN},
    {"DROP TABLE warning", true, FOREIGN},
    {"DROP TABLE custom_key", true, FOREIGN},
    {"CREATE TABLE mine (x)", true, FOREIGN},
    {"CREATE INDEX mine ON contact (name)", true, FOREIGN},
    {"CREATE VIEW mine AS SELECT 1", true, FOREIGN},
    {"CREATE TRIGGER mine AFTER DELETE ON contact BEGIN SELECT 1; END", true, FOREIGN},
    {"DROP TABLE inbox; CREATE VIEW inbox AS SELECT 1 AS id, NULL AS name", true, FOREIGN},
    {"ALTER TABLE contact ADD COLUMN more TEXT AS (name || name)", true, FOREIGN},
    {"ALTER TABLE inbox RENAME COLUMN extra TO more", true, FOREIGN},
    {"PRAGMA user_version = 3", true, "a snapshot of version 3; this program reads 2"},
    {"PRAGMA user_version = 1", true, "a snapshot of version 1; this program reads 2"},
    {"PRAGMA user_version = 0", true, "a snapshot of version 0; this program reads 2"},
    {"DELETE FROM contact WHERE id = 2", true, "holds 2 contacts, but its ledger says 3"},
    {"UPDATE ledger SET unique_contacts = 4", true, "holds 3 contacts, but its ledger says 4"},
    /* CHECK constraints are kept by those who want to, and so are types. */
    {"PRAGMA ignore_check_constraints = 1; UPDATE ledger SET requests = 9223372036854775807", true,
     "its ledger holds a number"},
    {"PRAGMA ignore_check_constraints = 1; UPDATE ledger SET count_first = -2", true,
     "its ledger holds a number"},
    {"PRAGMA application_id = 7", false, "not a snapshot that rollcall made"},
};

static void test_damaged(void **state)
{
    for (size_t i = 0; i < COUNT(damages); i++) {
        char *name = memory_print("%zu.sqlite", i);
        char *path = support_path(*state, name);
        support_write_snapshot(path, &support_source, "[{\"id\":1},{\"id\":2},{\"id\":3}]");
        assert_true(is_snapshot_file(path));
        change(path, damages[i].sql);
        refuse(path, damages[i].is_one, damages[i].message);
        free(path);
        free(name);
    }
}

static void test_unfinished(void **state)
{
    char *path = support_path(*state, "s.sqlite");
    struct snapshot_writer *writer;
    struct error error = {0};
    struct snapshot *snapshot;
    assert_true(snapshot_writer_create(&writer, path, &support_source, "account", &error));
    const struct contact contact = {.id = 1};
    enum stored stored;
    assert_true(snapshot_writer_put(writer, &contact, 1, &stored, &error));
    snapshot_writer_free(writer);
    assert_false(snapshot_open(&snapshot, path, SNAPSHOT_CHECK_WHOLE, &error));
    support_check_error("unfinished", &error, EXIT_WRONG_USE, path, NULL);
    snapshot_writer_free(NULL);
    free(path);
}

static void test_other_files(void **state)
{
    char *path = support_path(*state, "other");
    refuse(path, false, "cannot be read");
    support_write_file(path, "");
    refuse(path, false, "not a snapshot that rollcall made");
    support_write_file(path, "SQLite format 3");
    refuse(path, false, "not a snapshot that rollcall made");
    struct buffer text = {0};
    support_append_times(&text, "id,name\r\n", 100);
    support_write_file(path, buffer_text(&text));
    buffer_free(&text);
    refuse(path, false, "not a snapshot that rollcall made");
    refuse(*state, false, "not a snapshot that rollcall made");
    free(path);
}

static void test_cannot_be_made(void **state)
{
    char *path = support_path(*state, "no/such/folder.sqlite");
    struct snapshot_writer *writer = NULL;
    struct error error = {0};
    assert_false(snapshot_writer_create(&writer, path, &support_source, "account", &error));
    support_check_error("folder", &error, EXIT_OUTPUT, "snapshot.sqlite: unable to open", NULL);
    free(path);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_damaged),
        TEST(test_unfinished),
        TEST(test_other_files),
        TEST(test_cannot_be_made),
    };
    return cmocka_run_group_tests_name("snapshot, refused", tests, NULL, NULL);
}
