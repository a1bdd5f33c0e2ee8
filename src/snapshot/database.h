/* SQLite, with its failures as errors. Only the snapshot and the tally include this. */
#ifndef ROLLCALL_DATABASE_H
#define ROLLCALL_DATABASE_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* Records the connection's last failure as "what: why": EXIT_OUTPUT if the disk is at fault,
   EXIT_WRONG_USE if the file is. Always returns false. */
bool database_failed(sqlite3 *database, const char *what, struct error *error);

/* Opens a file like sqlite3_open_v2 with those flags. One thread at a time may use the connection.
   Its error message begins with `what`. */
bool database_open(sqlite3 **database, const char *path, int flags, const char *what,
                   struct error *error);

/* Runs statements that give no rows. */
bool database_execute(sqlite3 *database, const char *sql, struct error *error);

/* The caller finalizes the statement. */
bool database_prepare(sqlite3 *database, const char *sql, sqlite3_stmt **statement,
                      struct error *error);

/* Runs a statement that writes and gives no rows, and resets it for its next use. */
bool database_run(sqlite3 *database, sqlite3_stmt *statement, struct error *error);

/* Binds a text that outlives the statement's next step; NULL binds null. */
void database_bind_text(sqlite3_stmt *statement, int index, const char *text);

/* The column's text, or NULL. Valid until the statement's next step. */
const char *database_text(sqlite3_stmt *statement, int column);

/* Binds or reads a number; the value `none` stands for null. */
void database_bind_optional(sqlite3_stmt *statement, int index, int64_t number, int64_t none);
int64_t database_optional(sqlite3_stmt *statement, int column, int64_t none);

#endif
