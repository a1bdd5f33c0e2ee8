/* Snapshots: what is written is read back. */
#include "snapshot/snapshot.h"

#include "snapshot/writer.h"
#include "support.h"
#include "support_snapshot.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const struct ledger full_ledger = {
    .complete = true,
    .count_first = 84211,
    .count_last = 84223,
    .unique = 7,
    .duplicates = 3,
    .created_during = 12,
    .removed_during = 1,
    .passes = 2,
    .requests = 1700,
};

static const char *const labels[] = {"b,1", "a", "\u4E2D"};

static const struct source full_source = {
    .base_url = "https://api.example/x",
    .labels = labels,
    .label_count = COUNT(labels),
    .q = "some body",
    .sort = "name",
    .direction = "desc",
    .page_size = 15,
    .inboxes = false,
    .started_at = 1795362245,
};

/* A snapshot with as many contacts as the ledger says. */
static void write_record(const char *path, const struct source *source, const struct ledger *ledger,
                         const struct warnings *warnings)
{
    struct snapshot_writer *writer;
    struct error error = {0};
    bool ok = snapshot_writer_create(&writer, path, source, "account", &error);
    for (int64_t id = 1; ok && id <= ledger->unique; id++) {
        enum stored stored;
        ok = snapshot_writer_put(writer, &(struct contact){.id = id}, 1, &stored, &error);
    }
    if (!ok || !snapshot_writer_finish(writer, ledger, warnings, 1795362300, &error))
        fail_msg("%s", error.message);
    snapshot_writer_free(writer);
}

static struct snapshot *open_snapshot(const char *path)
{
    struct snapshot *snapshot = NULL;
    struct error error = {0};
    if (!snapshot_open(&snapshot, path, SNAPSHOT_CHECK_WHOLE, &error))
        fail_msg("%s", error.message);
    return snapshot;
}

static void test_record(void **state)
{
    char *path = support_path(*state, "s.sqlite");
    struct warnings warnings = {0};
    for (int i = 0; i < WARNINGS; i++)
        warnings.counts[i] = i;
    write_record(path, &full_source, &full_ledger, &warnings);
    struct snapshot *snapshot = open_snapshot(path);
    const struct source *source = snapshot_source(snapshot);
    assert_string_equal(source->base_url, "https://api.example/x");
    assert_string_equal(source->q, "some body");
    assert_string_equal(source->sort, "name");
    assert_string_equal(source->direction, "desc");
    assert_int_equal(source->page_size, 15);
    assert_int_equal(source->started_at, 1795362245);
    assert_false(source->inboxes);
    assert_int_equal(source->label_count, COUNT(labels));
    for (size_t i = 0; i < COUNT(labels); i++)
        assert_string_equal(source->labels[i], labels[i]);
    const struct ledger *ledger = snapshot_ledger(snapshot);
    assert_true(ledger->complete);
    assert_int_equal(ledger->count_first, 84211);
    assert_int_equal(ledger->count_last, 84223);
    assert_int_equal(ledger->unique, 7);
    assert_int_equal(ledger->duplicates, 3);
    assert_int_equal(ledger->created_during, 12);
    assert_int_equal(ledger->removed_during, 1);
    assert_int_equal(ledger->passes, 2);
    assert_int_equal(ledger->requests, 1700);
    for (int i = 0; i < WARNINGS; i++)
        assert_int_equal(snapshot_warnings(snapshot)->counts[i], i < WARNINGS_OF_FETCH ? i : 0);
    snapshot_close(snapshot);
    free(path);
}

static void test_least_record(void **state)
{
    char *path = support_path(*state, "s.sqlite");
    const struct ledger ledger = {.count_first = COUNT_UNKNOWN, .count_last = COUNT_UNKNOWN};
    const struct warnings none = {0};
    write_record(path, &support_source, &ledger, &none);
    struct snapshot *snapshot = open_snapshot(path);
    size_t keys;
    assert_null(snapshot_source(snapshot)->q);
    assert_int_equal(snapshot_source(snapshot)->label_count, 0);
    assert_true(snapshot_source(snapshot)->inboxes);
    assert_false(snapshot_ledger(snapshot)->complete);
    assert_int_equal(snapshot_ledger(snapshot)->count_first, COUNT_UNKNOWN);
    assert_int_equal(snapshot_ledger(snapshot)->count_last, COUNT_UNKNOWN);
    snapshot_custom_keys(snapshot, &keys);
    assert_int_equal(keys, 0);
    assert_int_equal(snapshot_custom_keys_left_out(snapshot), 0);
    snapshot_close(snapshot);
    snapshot_close(NULL);
    free(path);
}

static const char full_contact[] =
    "[{\"id\":9223372036854775807,\"name\":\"N\",\"email\":\"e\",\"phone_number\":\"+1\","
    "\"identifier\":\"i\",\"thumbnail\":\"t\",\"availability_status\":\"online\",\"blocked\":true,"
    "\"created_at\":1764770645,\"last_activity_at\":-5,\"unknown\":[1.50],"
    "\"custom_attributes\":{\"b\":1.50,\"a\":null},\"additional_attributes\":{\"city\":\"c\","
    "\"country\":\" deutschland \",\"company_name\":\"cn\",\"telegram\":\"te\",\"description\":"
    "\"d\",\"social_profiles\":{\"github\":\"g\",\"twitter\":\"tw\",\"facebook\":\"f\",\"linkedin\""
    ":\"l\",\"instagram\":\"in\"}},\"contact_inboxes\":[{\"inbox\":{\"id\":2,\"name\":\"Web\"}},"
    "{\"inbox\":{\"id\":1,\"name\":\"Mail\"}},{\"inbox\":{\"id\":2,\"name\":\"Web\"}},"
    "{\"inbox\":{\"id\":7}}]},{\"id\":-3}]";

static const struct row *next_row(struct snapshot_rows *rows)
{
    const struct row *row = NULL;
    struct error error = {0};
    if (!snapshot_rows_next(rows, &row, &error))
        fail_msg("%s", error.message);
    return row;
}

static void check_full_row(const struct row *row)
{
    static const char *const texts[CONTACT_TEXTS] = {
        "N",  "e", "+1", "i",  "t", "online", "c",  " deutschland ", NULL, "cn",
        "te", "d", "g",  "tw", "f", "l",      "in",
    };
    for (int i = 0; i < CONTACT_TEXTS; i++) {
        if (texts[i])
            assert_string_equal(row->contact.text[i], texts[i]);
        else
            assert_null(row->contact.text[i]);
    }
    assert_int_equal(row->contact.id, INT64_MAX);
    assert_true(row->contact.blocked);
    assert_int_equal(row->contact.created_at, 1764770645);
    assert_int_equal(row->contact.last_activity_at, -5);
    assert_string_equal(row->contact.custom, "{\"a\":null,\"b\":1.50}");
    assert_string_equal(row->contact.extra, "{\"unknown\":[1.50]}");
    assert_string_equal(row->country_code, "DE");
    assert_string_equal(row->country, "Germany");
    assert_string_equal(row->inboxes, "Web; Mail; #7");
}

static void test_contacts(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(*state, full_contact);
    struct snapshot_rows *rows;
    struct error error = {0};
    assert_true(snapshot_rows_open(&rows, snapshot, &(struct order){0}, &error));
    const struct row *row = next_row(rows);
    assert_int_equal(row->contact.id, -3);
    for (int i = 0; i < CONTACT_TEXTS; i++)
        assert_null(row->contact.text[i]);
    assert_false(row->contact.blocked);
    assert_int_equal(row->contact.created_at, TIME_NONE);
    assert_int_equal(row->contact.last_activity_at, TIME_NONE);
    assert_null(row->contact.custom);
    assert_null(row->contact.extra);
    assert_null(row->inboxes);
    assert_null(row->country_code);
    check_full_row(next_row(rows));
    assert_null(next_row(rows));
    snapshot_rows_close(rows);
    snapshot_rows_close(NULL);

    size_t keys;
    const char *const *names = snapshot_custom_keys(snapshot, &keys);
    assert_int_equal(keys, 2);
    assert_string_equal(names[0], "a");
    assert_string_equal(names[1], "b");
    snapshot_close(snapshot);
}

/* One contact that does not tell an inbox's name takes nothing from those that do. */
static void test_inbox_names(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(
        *state, "[{\"id\":1,\"contact_inboxes\":[{\"inbox\":{\"id\":7}}]},{\"id\":2,"
                "\"contact_inboxes\":[{\"inbox\":{\"id\":7,\"name\":\"Web\"}}]},{\"id\":3,"
                "\"contact_inboxes\":[{\"inbox\":{\"id\":7}}]}]");
    struct snapshot_rows *rows;
    struct error error = {0};
    assert_true(snapshot_rows_open(&rows, snapshot, &(struct order){0}, &error));
    for (int i = 0; i < 3; i++)
        assert_string_equal(next_row(rows)->inboxes, "Web");
    snapshot_rows_close(rows);
    snapshot_close(snapshot);
}

/* As column.h says: NULL if unknown. */
static void test_unknown_country(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(
        *state, "[{\"id\":1,\"additional_attributes\":{\"country\":\" At  lantis \"}},{\"id\":2,"
                "\"additional_attributes\":{\"country\":\"  \"}},{\"id\":3}]");
    struct snapshot_rows *rows;
    struct error error = {0};
    assert_true(snapshot_rows_open(&rows, snapshot, &(struct order){0}, &error));
    assert_string_equal(next_row(rows)->country, "At lantis");
    assert_null(next_row(rows)->country);
    assert_null(next_row(rows)->country);
    snapshot_rows_close(rows);
    snapshot_close(snapshot);
}

static enum stored put(struct snapshot_writer *writer, int64_t id, int pass, const char *name)
{
    struct contact_inbox inbox = {.inbox_id = pass};
    struct contact contact = {.id = id,
                              .text = {[CONTACT_NAME] = name},
                              .created_at = id * 100,
                              .last_activity_at = TIME_NONE,
                              .inboxes = &inbox,
                              .inbox_count = 1};
    enum stored stored;
    struct error error = {0};
    if (!snapshot_writer_put(writer, &contact, pass, &stored, &error))
        fail_msg("%s", error.message);
    return stored;
}

static void test_passes(void **state)
{
    char *path = support_path(*state, "s.sqlite");
    struct snapshot_writer *writer;
    struct error error = {0};
    const struct warnings none = {0};
    assert_true(snapshot_writer_create(&writer, path, &support_source, "account", &error));
    assert_int_equal(put(writer, 1, 1, "first"), STORED_NEW);
    assert_int_equal(put(writer, 2, 1, "first"), STORED_NEW);
    assert_int_equal(put(writer, 1, 1, "twice"), STORED_TWICE_IN_PASS);
    assert_int_equal(put(writer, 2, 2, "second"), STORED_AGAIN);
    assert_int_equal(put(writer, 3, 2, "second"), STORED_NEW);
    assert_int_equal(put(writer, 1, 3, "third"), STORED_AGAIN);
    assert_int_equal(put(writer, 2, 3, "third"), STORED_AGAIN);
    assert_int_equal(snapshot_writer_count_read(writer, 1, &error), 3);
    assert_int_equal(snapshot_writer_count_read(writer, 3, &error), 2);
    assert_int_equal(snapshot_writer_count_created(writer, 199, 301, &error), 2);
    assert_int_equal(snapshot_writer_count_created(writer, 300, 400, &error), 0);
    assert_int_equal(snapshot_writer_count_old(writer, 1, 1000, &error), 3);
    assert_int_equal(snapshot_writer_count_old(writer, 2, 201, &error), 2);
    assert_int_equal(snapshot_writer_count_old(writer, 2, 200, &error), 1);
    assert_int_equal(snapshot_writer_count_old(writer, 3, 1000, &error), 2);
    assert_int_equal(snapshot_writer_drop_gone(writer, 0, &error), 3);
    assert_int_equal(snapshot_writer_drop_gone(writer, 2, &error), 3);
    assert_int_equal(snapshot_writer_drop_gone(writer, 3, &error), 2);
    struct ledger ledger = support_ledger;
    ledger.unique = 2;
    assert_true(snapshot_writer_finish(writer, &ledger, &none, 0, &error));
    snapshot_writer_free(writer);

    struct snapshot *snapshot = open_snapshot(path);
    struct snapshot_rows *rows;
    static const char *const expected[][2] = {{"third", "#3"}, {"third", "#3"}};
    assert_true(snapshot_rows_open(&rows, snapshot, &(struct order){0}, &error));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct row *row = next_row(rows);
        assert_string_equal(row->contact.text[CONTACT_NAME], expected[i][0]);
        assert_string_equal(row->inboxes, expected[i][1]);
    }
    assert_null(next_row(rows));
    snapshot_rows_close(rows);
    snapshot_close(snapshot);
    free(path);
}

/* More keys than there are columns for: the first in byte order are kept. */
static void test_many_custom_keys(void **state)
{
    char *path = support_path(*state, "s.sqlite");
    struct snapshot_writer *writer;
    struct error error = {0};
    const struct warnings none = {0};
    enum { KEYS = CUSTOM_KEYS_MAX + 5 };
    assert_true(snapshot_writer_create(&writer, path, &support_source, "account", &error));
    for (int i = KEYS - 1; i >= 0; i--) {
        char key[16];
        const char *keys[] = {key, key};
        enum stored stored;
        snprintf(key, sizeof key, "k%04d", i);
        struct contact contact = {.id = i, .custom_keys = keys, .custom_key_count = 2};
        assert_true(snapshot_writer_put(writer, &contact, 1, &stored, &error));
    }
    struct ledger ledger = support_ledger;
    ledger.unique = KEYS;
    assert_true(snapshot_writer_finish(writer, &ledger, &none, 0, &error));
    snapshot_writer_free(writer);
    struct snapshot *snapshot = open_snapshot(path);
    size_t count;
    const char *const *names = snapshot_custom_keys(snapshot, &count);
    assert_int_equal(count, CUSTOM_KEYS_MAX);
    assert_string_equal(names[0], "k0000");
    assert_string_equal(names[CUSTOM_KEYS_MAX - 1], "k0999");
    assert_int_equal(snapshot_custom_keys_left_out(snapshot), 5);
    snapshot_close(snapshot);
    free(path);
}

static void execute(const char *path, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
}

/* What another program has made of the file's journal is not looked for beside the copy. */
static void test_copy(void **state)
{
    char *path = support_path(*state, "snapshot.sqlite");
    char *to = support_path(*state, "a copy?%41#.sqlite");
    char *litter = support_path(*state, "a copy?%41#.sqlite-shm");
    struct error error = {0};
    snapshot_close(support_open_snapshot(*state, "[{\"id\":1},{\"id\":2}]"));
    execute(path, "PRAGMA journal_mode = wal");
    struct snapshot *snapshot = open_snapshot(path);
    struct snapshot *copy;
    assert_true(snapshot_copy(snapshot, to, &error));
    assert_false(snapshot_copy(snapshot, to, &error));
    support_check_error("exists", &error, EXIT_OUTPUT, "cannot be written", NULL);
    snapshot_close(snapshot);
    execute(path, "DELETE FROM contact");
    assert_true(snapshot_open_still(&copy, to, to, SNAPSHOT_CHECK_WHOLE, &error));
    struct snapshot_rows *rows;
    assert_true(snapshot_rows_open(&rows, copy, &(struct order){0}, &error));
    assert_int_equal(next_row(rows)->contact.id, 1);
    assert_int_equal(next_row(rows)->contact.id, 2);
    assert_null(next_row(rows));
    assert_int_not_equal(access(litter, F_OK), 0);
    snapshot_rows_close(rows);
    snapshot_close(copy);
    free(litter);
    free(to);
    free(path);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_record),           TEST(test_least_record), TEST(test_contacts),
        TEST(test_unknown_country),  TEST(test_inbox_names),  TEST(test_passes),
        TEST(test_many_custom_keys), TEST(test_copy),
    };
    return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
