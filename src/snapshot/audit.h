/* Looks at every row and page of a snapshot that comes from elsewhere. */
#ifndef ROLLCALL_AUDIT_H
#define ROLLCALL_AUDIT_H

#include "base/error.h"
#include "snapshot/findings.h"

#include <sqlite3.h>
#include <stdbool.h>

/* What soundness_check finds, and whether contacts and record are still those of which the digest
   was stored. The one reads by `database` while the other, on a thread of its own, reads by
   `second`, another connection to the same file. Fails where that cannot be told; what is wrong
   with the file is no failure but a finding. */
bool audit_file(sqlite3 *database, sqlite3 *second, struct findings *findings, struct error *error);

#endif
