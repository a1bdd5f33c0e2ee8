/* Checks that a snapshot from elsewhere can be read safely, and holds what it says. */
#ifndef ROLLCALL_SOUNDNESS_H
#define ROLLCALL_SOUNDNESS_H

#include "base/error.h"
#include "model/ledger.h"

#include <sqlite3.h>
#include <stdbool.h>

/* The hint for a file that has changed since the fetch. */
extern const char soundness_hint[];

/* Reads the whole file (PRAGMA quick_check): its pages are well-formed, each table's rows are in
   order, and each value has the type that the schema demands, which SQLite enforces only on
   programs that write by this schema. It leaves out CHECK constraints, because a connection that
   only reads has none. The caller has checked the schema. Fails with EXIT_WRONG_USE and SQLite's
   first finding. */
bool soundness_check(sqlite3 *database, struct error *error);

/* Fails with EXIT_WRONG_USE unless there are as many contacts as the ledger says, and a fetch can
   reach the ledger's numbers. Their sums then stay within 64 bits. */
bool soundness_check_ledger(sqlite3 *database, const struct ledger *ledger, struct error *error);

#endif
