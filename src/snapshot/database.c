#include "snapshot/database.h"

#include <pthread.h>
#include <stddef.h>

static enum exit_code code_of(int result)
{
    switch (result & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_BUSY: /* another program has it open */
        return EXIT_OUTPUT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* a table or column that every snapshot has is missing */
        return EXIT_WRONG_USE;
    default:
        return EXIT_UNEXPECTED;
    }
}

bool database_failed(sqlite3 *database, const char *what, struct error *error)
{
    return error_set(error, code_of(sqlite3_errcode(database)), "%s: %s", what,
                     sqlite3_errmsg(database));
}

/* Switches off SQLite's memory statistics, which we never read. Connections are opened without
   mutexes, as one thread at a time uses each. Either would cost a lock for each small operation. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

bool database_open(sqlite3 **database, const char *path, int flags, const char *what,
                   struct error *error)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    if (sqlite3_open_v2(path, database, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
        return true;
    database_failed(*database, what, error);
    sqlite3_close(*database);
    *database = NULL;
    return false;
}

bool database_execute(sqlite3 *database, const char *sql, struct error *error)
{
    return sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK ||
           database_failed(database, "snapshot.sqlite", error);
}

bool database_prepare(sqlite3 *database, const char *sql, sqlite3_stmt **statement,
                      struct error *error)
{
    return sqlite3_prepare_v2(database, sql, -1, statement, NULL) == SQLITE_OK ||
           database_failed(database, "snapshot.sqlite", error);
}

void database_bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

const char *database_text(sqlite3_stmt *statement, int column)
{
    return (const char *)sqlite3_column_text(statement, column);
}

bool database_run(sqlite3 *database, sqlite3_stmt *statement, struct error *error)
{
    sqlite3_step(statement);
    return sqlite3_reset(statement) == SQLITE_OK ||
           database_failed(database, "snapshot.sqlite", error);
}

void database_bind_optional(sqlite3_stmt *statement, int index, int64_t number, int64_t none)
{
    if (number == none)
        sqlite3_bind_null(statement, index);
    else
        sqlite3_bind_int64(statement, index, number);
}

int64_t database_optional(sqlite3_stmt *statement, int column, int64_t none)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL
               ? none
               : sqlite3_column_int64(statement, column);
}
