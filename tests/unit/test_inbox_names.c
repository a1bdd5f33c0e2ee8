/* The names of a contact's inboxes, found in two ways. */
#include "snapshot/inbox_names.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static sqlite3 *make_database(void)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "CREATE TABLE contact (id INTEGER PRIMARY KEY);"
                                  "CREATE TABLE inbox (id INTEGER PRIMARY KEY, name TEXT);"
                                  "CREATE TABLE contact_inbox (contact_id INTEGER, position "
                                  "INTEGER, inbox_id INTEGER, PRIMARY KEY (contact_id, position))"
                                  " WITHOUT ROWID;"
                                  "INSERT INTO inbox VALUES (1, 'Shop'), (2, 'Mail'), (3, 'Shop'),"
                                  " (4, ''), (5, NULL), (6, 'Sho')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    return database;
}

static const struct {
    const char *what;
    const char *inboxes; /* ids, separated by commas, in their order */
    const char *expected;
} cases[] = {
    {"none", "", NULL},
    {"one", "2", "Mail"},
    {"in the order told", "2,1", "Mail; Shop"},
    {"one twice", "1,2,1", "Shop; Mail"},
    {"two of one name", "1,3,2", "Shop; Mail"},
    {"a name that begins like another", "1,6", "Shop; Sho"},
    {"without a name", "4,1,5", "#4; Shop; #5"},
    {"unknown", "99", "#99"},
    {"a few", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2", "Shop; Mail"},
    {"many", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2,99,1", "Shop; Mail; #99"},
    {"many names", "101,102,103,104,105,106,107,108,109,110,111,112,113,114,115,116,117",
     "#101; #102; #103; #104; #105; #106; #107; #108; #109; #110; #111; #112; #113; #114; #115; "
     "#116; #117"},
};

static void put(sqlite3 *database, int contact_id, const char *inboxes)
{
    char sql[100];
    int position = 0;
    int inbox_id;
    int length;
    for (; sscanf(inboxes, "%d%n", &inbox_id, &length) == 1; inboxes += *inboxes == ',') {
        snprintf(sql, sizeof sql, "INSERT INTO contact_inbox VALUES (%d, %d, %d)", contact_id,
                 position++, inbox_id);
        assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
        inboxes += length;
    }
}

static void check(const char *what, int id, const char *text)
{
    const char *expected = cases[id].expected;
    if (!text != !expected || (text && strcmp(text, expected) != 0))
        fail_msg("%s, %s: %s", cases[id].what, what, text ? text : "(none)");
}

/* The names of those contacts whose id is a multiple of `step`. */
static void check_found(sqlite3 *database, enum inbox_names_order order, const char *what, int step)
{
    struct inbox_names names;
    struct error error = {0};
    assert_true(inbox_names_open(&names, database, order, &error));
    for (int i = 0; i < (int)COUNT(cases); i += step) {
        const char *text;
        assert_true(inbox_names_find(&names, i, &text, &error));
        check(what, i, text);
    }
    inbox_names_close(&names);
}

static void check_backwards(sqlite3 *database)
{
    struct inbox_names names;
    struct error error = {0};
    assert_true(inbox_names_open(&names, database, INBOX_NAMES_ANY, &error));
    for (int i = COUNT(cases) - 1; i >= 0; i--) {
        const char *text;
        assert_true(inbox_names_find(&names, i, &text, &error));
        check("backwards", i, text);
    }
    inbox_names_close(&names);
}

/* What SQL sorts by has to be what is shown. */
static void check_sorted_by(sqlite3 *database)
{
    sqlite3_stmt *select;
    assert_int_equal(sqlite3_prepare_v2(database, "SELECT " INBOX_NAMES_OF("?"), -1, &select, NULL),
                     SQLITE_OK);
    for (int i = 0; i < (int)COUNT(cases); i++) {
        sqlite3_bind_int(select, 1, i);
        assert_int_equal(sqlite3_step(select), SQLITE_ROW);
        check("sorted by", i, (const char *)sqlite3_column_text(select, 0));
        sqlite3_reset(select);
    }
    sqlite3_finalize(select);
}

static void test_names(void **state)
{
    (void)state;
    sqlite3 *database = make_database();
    for (int i = 0; i < (int)COUNT(cases); i++)
        put(database, i, cases[i].inboxes);
    put(database, -7, "2"); /* inboxes of contacts that are not asked for, nor there */
    put(database, 1000000, "1,2");
    check_sorted_by(database);
    check_found(database, INBOX_NAMES_ANY, "one by one", 1);
    check_found(database, INBOX_NAMES_ASCENDING, "ascending", 1);
    check_found(database, INBOX_NAMES_ASCENDING, "some", 3);
    check_backwards(database);
    sqlite3_close(database);
}

static void test_no_table(void **state)
{
    (void)state;
    struct inbox_names names;
    struct error error = {0};
    sqlite3 *database = make_database();
    sqlite3_exec(database, "DROP TABLE contact_inbox", NULL, NULL, NULL);
    assert_false(inbox_names_open(&names, database, INBOX_NAMES_ASCENDING, &error));
    inbox_names_close(&names);
    sqlite3_close(database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names),
                                       cmocka_unit_test(test_no_table)};
    return cmocka_run_group_tests_name("inbox_names", tests, NULL, NULL);
}
