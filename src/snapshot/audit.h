/* Looks at every row and page of a snapshot that comes from elsewhere. */
#ifndef ROLLCALL_AUDIT_H
#define ROLLCALL_AUDIT_H

#include "base/error.h"
#include "snapshot/findings.h"

#include <sqlite3.h>
#include <stdbool.h>

/* Runs soundness_check by `database`, and checks on another thread, by `second`, that contacts and
   record still match the stored digest. `second` is another connection to the same file. A fault of
   the file is a finding, not a failure. Fails only if the check itself cannot be done. */
bool audit_file(sqlite3 *database, sqlite3 *second, struct findings *findings, struct error *error);

#endif
