/* The record of how a snapshot was fetched: its source, its ledger, its warnings. Written once,
 * read back later. */
#ifndef ROLLCALL_RECORD_H
#define ROLLCALL_RECORD_H

#include "base/error.h"
#include "model/checkpoint.h"
#include "model/ledger.h"
#include "model/source.h"
#include "model/warnings.h"

#include <sqlite3.h>
#include <stdbool.h>

struct arena;

/* Writing fails with EXIT_OUTPUT if the disk is at fault. */
bool record_put_source(sqlite3 *database, const struct source *source, struct error *error);
/* Records which software made the fetch: this program, and `libraries`. */
bool record_put_program(sqlite3 *database, const char *libraries, struct error *error);

/* What one pass asked for, and what it received. */
struct pass_logged {
    int pass;        /* from 1 */
    const char *url; /* of its first page, as sent */
    const struct pass_opening *opening;
    const struct pass_record *record;
};

/* Replaces what an earlier run recorded of the same pass. */
bool record_put_pass(sqlite3 *database, const struct pass_logged *pass, struct error *error);

bool record_put_ledger(sqlite3 *database, const struct ledger *ledger, struct error *error);
bool record_put_warnings(sqlite3 *database, const struct warnings *warnings, struct error *error);

/* Reading fails with EXIT_WRONG_USE if the file is no snapshot, or a damaged or partial one. The
   arena owns the source's texts. */
bool record_get_source(sqlite3 *database, struct arena *arena, struct source *source,
                       struct error *error);
bool record_get_ledger(sqlite3 *database, struct ledger *ledger, struct error *error);
bool record_get_warnings(sqlite3 *database, struct warnings *warnings, struct error *error);

#endif
