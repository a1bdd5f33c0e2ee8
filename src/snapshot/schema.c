#include "snapshot/schema.h"

#include "snapshot/database.h"

#include <string.h>

const char snapshot_schema[] =
    "CREATE TABLE fetch ("
    "  base_url TEXT NOT NULL,"
    "  account TEXT,"
    "  q TEXT,"
    "  sort TEXT NOT NULL,"
    "  direction TEXT NOT NULL,"
    "  page_size INTEGER NOT NULL,"
    "  inboxes INTEGER NOT NULL CHECK (inboxes IN (0, 1)),"
    "  started_at INTEGER NOT NULL,"
    "  finished_at INTEGER,"
    "  program TEXT NOT NULL,"
    "  libraries TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE fetch_label ("
    "  label TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE fetch_pass ("
    "  pass INTEGER PRIMARY KEY,"
    "  url TEXT NOT NULL,"
    "  server_began_at INTEGER,"
    "  count_first INTEGER,"
    "  pages INTEGER NOT NULL,"
    "  records INTEGER NOT NULL,"
    "  without_id INTEGER NOT NULL,"
    "  duplicates INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE ledger ("
    "  status TEXT NOT NULL CHECK (status IN ('complete', 'unproven')),"
    "  reason TEXT CHECK (reason IN ('changes', 'count', 'left-out', 'beyond-reach', 'end',"
    " 'ties')),"
    "  count_first INTEGER CHECK (count_first BETWEEN 0 AND 1000000000000000),"
    "  count_last INTEGER CHECK (count_last BETWEEN 0 AND 1000000000000000),"
    "  unique_contacts INTEGER NOT NULL CHECK (unique_contacts BETWEEN 0 AND 1000000000000000),"
    "  left_out INTEGER NOT NULL CHECK (left_out BETWEEN 0 AND 1000000000000000),"
    "  duplicates INTEGER NOT NULL CHECK (duplicates BETWEEN 0 AND 1000000000000000),"
    "  created_during INTEGER NOT NULL CHECK (created_during BETWEEN 0 AND 1000000000000000),"
    "  removed_during INTEGER NOT NULL CHECK (removed_during BETWEEN 0 AND 1000000000000000),"
    "  passes INTEGER NOT NULL CHECK (passes BETWEEN 0 AND 1000000000000000),"
    "  requests INTEGER NOT NULL CHECK (requests BETWEEN 0 AND 1000000000000000),"
    "  retries INTEGER NOT NULL CHECK (retries BETWEEN 0 AND 1000000000000000),"
    "  pages INTEGER NOT NULL CHECK (pages BETWEEN 0 AND 1000000000000000),"
    "  given INTEGER CHECK (given BETWEEN 0 AND 1000000000000000),"
    "  tied INTEGER CHECK (tied BETWEEN 0 AND 1000000000000000),"
    "  tied_created_at INTEGER,"
    "  tied_bare INTEGER CHECK (tied_bare IN (0, 1)),"
    "  server_began_at INTEGER,"
    "  server_ended_at INTEGER"
    ") STRICT;"
    "CREATE TABLE warning ("
    "  name TEXT PRIMARY KEY,"
    "  count INTEGER NOT NULL CHECK (count > 0)"
    ") WITHOUT ROWID, STRICT;"
    "CREATE TABLE digest ("
    "  contacts TEXT NOT NULL,"
    "  record TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE contact ("
    "  id INTEGER PRIMARY KEY,"
    "  seen_in_pass INTEGER NOT NULL,"
    "  name TEXT,"
    "  email TEXT,"
    "  phone_number TEXT,"
    "  identifier TEXT,"
    "  thumbnail TEXT,"
    "  availability_status TEXT,"
    "  city TEXT,"
    "  country TEXT,"
    "  country_code TEXT,"
    "  company_name TEXT,"
    "  telegram TEXT,"
    "  description TEXT,"
    "  github TEXT,"
    "  twitter TEXT,"
    "  facebook TEXT,"
    "  linkedin TEXT,"
    "  instagram TEXT,"
    "  blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),"
    "  created_at INTEGER,"
    "  last_activity_at INTEGER,"
    "  custom TEXT,"
    "  extra TEXT"
    ") STRICT;"
    "CREATE TABLE inbox ("
    "  id INTEGER PRIMARY KEY,"
    "  name TEXT,"
    "  channel_type TEXT,"
    "  extra TEXT"
    ") STRICT;"
    "CREATE TABLE contact_inbox ("
    "  contact_id INTEGER NOT NULL,"
    "  position INTEGER NOT NULL,"
    "  inbox_id INTEGER NOT NULL,"
    "  source_id TEXT,"
    "  extra TEXT,"
    "  PRIMARY KEY (contact_id, position)"
    ") WITHOUT ROWID, STRICT;"
    "CREATE TABLE custom_key ("
    "  key TEXT PRIMARY KEY"
    ") WITHOUT ROWID, STRICT;";

bool schema_check_version(sqlite3 *database, struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(database, "PRAGMA user_version", &select, error))
        return false;
    bool ok = sqlite3_step(select) == SQLITE_ROW || database_failed(database, "version", error);
    int version = sqlite3_column_int(select, 0);
    sqlite3_finalize(select);
    if (!ok)
        return false;
    if (version == SNAPSHOT_VERSION)
        return true;
    error_set(error, EXIT_WRONG_USE, "a snapshot of version %d; this program reads %d", version,
              SNAPSHOT_VERSION);
    return error_hint(error, "fetch again: rollcall fetch -o FILE");
}

static const char select_schema[] =
    "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";

enum { SCHEMA_COLUMNS = 4 };

/* Compares bytes, because a text may hold a NUL. */
static bool is_same_text(sqlite3_stmt *left, sqlite3_stmt *right, int column)
{
    const char *one = database_text(left, column);
    const char *other = database_text(right, column);
    int bytes = sqlite3_column_bytes(left, column);
    if (!one || !other || bytes != sqlite3_column_bytes(right, column))
        return one == other;
    return memcmp(one, other, (size_t)bytes) == 0;
}

static bool is_same_row(sqlite3_stmt *left, sqlite3_stmt *right)
{
    for (int i = 0; i < SCHEMA_COLUMNS; i++) {
        if (!is_same_text(left, right, i))
            return false;
    }
    return true;
}

/* Reads both in step; false at the first row that differs. */
static bool are_same(sqlite3_stmt *left, sqlite3_stmt *right)
{
    for (;;) {
        int result = sqlite3_step(left);
        if (sqlite3_step(right) != result)
            return false;
        if (result != SQLITE_ROW)
            return result == SQLITE_DONE;
        if (!is_same_row(left, right))
            return false;
    }
}

static bool compare(sqlite3 *database, sqlite3 *wanted, struct error *error)
{
    sqlite3_stmt *theirs = NULL;
    sqlite3_stmt *ours = NULL;
    bool ok = database_execute(wanted, snapshot_schema, error) &&
              database_prepare(wanted, select_schema, &ours, error) &&
              database_prepare(database, select_schema, &theirs, error);
    if (ok && !are_same(theirs, ours))
        ok = error_set(error, EXIT_WRONG_USE, "its tables are not as rollcall makes them");
    sqlite3_finalize(theirs);
    sqlite3_finalize(ours);
    return ok;
}

static bool check_encoding(sqlite3 *database, struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(database, "PRAGMA encoding", &select, error))
        return false;
    const char *encoding = sqlite3_step(select) == SQLITE_ROW ? database_text(select, 0) : NULL;
    bool ok = (encoding && strcmp(encoding, "UTF-8") == 0) ||
              error_set(error, EXIT_WRONG_USE, "its texts are not in UTF-8");
    sqlite3_finalize(select);
    return ok;
}

bool schema_check(sqlite3 *database, struct error *error)
{
    sqlite3 *wanted;
    if (!check_encoding(database, error))
        return false;
    if (!database_open(&wanted, ":memory:", SQLITE_OPEN_READWRITE, "the schema", error))
        return false;
    bool ok = compare(database, wanted, error);
    sqlite3_close(wanted);
    return ok;
}
