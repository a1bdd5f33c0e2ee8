/* The canonical form of a snapshot's contacts: equal contacts give equal bytes. It is NDJSON, one
   line a contact, ordered by id. docs/snapshot.md describes it for people. */
#ifndef ROLLCALL_CANONICAL_H
#define ROLLCALL_CANONICAL_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>

struct buffer;
struct canonical;

/* The connection must outlive it. */
bool canonical_open(struct canonical **canonical, sqlite3 *database, struct error *error);

/* The next contact's line with its LF, valid until the next call; NULL after the last one. Fails
   with EXIT_WRONG_USE if the file holds inboxes of a contact that it does not hold, and if SQLite
   fails. */
bool canonical_next(struct canonical *canonical, const struct buffer **line, struct error *error);

/* NULL is allowed. */
void canonical_close(struct canonical *canonical);

/* Appends a value of the current row as JSON: a whole number, a string or null. */
void canonical_append_value(sqlite3_stmt *row, int column, struct buffer *out);

#endif
