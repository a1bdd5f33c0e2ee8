/* Whether a snapshot that comes from elsewhere can be read without harm, and holds what it says. */
#ifndef ROLLCALL_SOUNDNESS_H
#define ROLLCALL_SOUNDNESS_H

#include "base/error.h"
#include "model/ledger.h"

#include <sqlite3.h>
#include <stdbool.h>

/* What to do about a file that is not what was fetched. */
extern const char soundness_hint[];

/* Reads the whole file (PRAGMA quick_check): its pages are well-formed, each table's rows are in
   order, and each value has the type that the schema demands, which SQLite enforces only on those
   who write by this schema. It leaves CHECK constraints out: a connection that only reads has none.
   The schema has been checked. Fails with EXIT_WRONG_USE and SQLite's first finding. */
bool soundness_check(sqlite3 *database, struct error *error);

/* Fails with EXIT_WRONG_USE unless there are as many contacts as the ledger says, and its numbers
   are ones that a fetch can count: sums of them stay within 64 bits. */
bool soundness_check_ledger(sqlite3 *database, const struct ledger *ledger, struct error *error);

#endif
