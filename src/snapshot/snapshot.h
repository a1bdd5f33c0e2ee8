/* Reads a snapshot. Nothing here writes to it. */
#ifndef ROLLCALL_SNAPSHOT_H
#define ROLLCALL_SNAPSHOT_H

#include "base/error.h"
#include "model/column.h"
#include "model/further.h"
#include "model/ledger.h"
#include "model/source.h"
#include "model/warnings.h"
#include "snapshot/findings.h"

#include <stdbool.h>

struct sqlite3;
struct snapshot;

/* How much of a file is checked when it is opened. Both check that the schema is exactly what this
   build writes, and that the file holds as many contacts as its ledger says. */
enum snapshot_check {
    SNAPSHOT_CHECK_OUTLINE, /* only that: for a file that this process has just written, or copies
                             */
    SNAPSHOT_CHECK_WHOLE,   /* also all that snapshot_verify checks: for a file from elsewhere */
};

/* Fails with EXIT_WRONG_USE if the file is no snapshot, a partial one, one of another version, or
   damaged. */
bool snapshot_open(struct snapshot **snapshot, const char *path, enum snapshot_check check,
                   struct error *error);

/* The same for a file to which nobody writes any more: SQLite neither locks it nor looks for files
   that others may have left beside it. Error messages call the file `shown_as`. */
bool snapshot_open_still(struct snapshot **snapshot, const char *path, const char *shown_as,
                         enum snapshot_check check, struct error *error);

/* Reads every row and page, and computes the digest again. This detects damage and careless edits,
   but not an edit that also replaces the digest. Fails only if the check itself cannot be done. */
bool snapshot_verify(const struct snapshot *snapshot, struct findings *findings,
                     struct error *error);

/* The stored SHA-256 over the contacts' canonical form, in hexadecimal digits. Owned by the
   snapshot. */
const char *snapshot_digest(const struct snapshot *snapshot);

/* Owned by the snapshot. */
const struct source *snapshot_source(const struct snapshot *snapshot);
const struct ledger *snapshot_ledger(const struct snapshot *snapshot);
const struct warnings *snapshot_warnings(const struct snapshot *snapshot); /* those of the fetch */

/* Sets the further sources of country and company for all that is read from now on; none without
   it. Copied, but the texts are borrowed. */
void snapshot_set_further(struct snapshot *snapshot, const struct further_keys *keys);
const struct further_keys *snapshot_further(const struct snapshot *snapshot);

/* The names of the custom attributes seen, in byte order, at most CUSTOM_KEYS_MAX. Owned by the
   snapshot. */
enum { CUSTOM_KEYS_MAX = 1000 };
const char *const *snapshot_custom_keys(const struct snapshot *snapshot, size_t *count);
int64_t snapshot_custom_keys_left_out(const struct snapshot *snapshot);

/* The connection, for the tally, which may make temporary tables and nothing else. One thread at a
   time may use it. */
struct sqlite3 *snapshot_database(const struct snapshot *snapshot);

/* Opens another connection to the same file, which the caller closes before the snapshot. Both read
   the same only if nobody writes to the file meanwhile. Fails as snapshot_open does. */
bool snapshot_connect(const struct snapshot *snapshot, struct sqlite3 **database,
                      struct error *error);

/* Copies the file byte by byte. SQLite's other writers wait meanwhile. Fails as outfile_copy does,
   and with EXIT_WRONG_USE if there is a log beside the file. */
bool snapshot_copy(const struct snapshot *snapshot, const char *to, struct error *error);

/* NULL is allowed. */
void snapshot_close(struct snapshot *snapshot);

/* Whether the file is a whole snapshot that this program made, or a partial one. Looks at the
   file's header only. */
bool is_snapshot_file(const char *path);
bool is_partial_file(const char *path);
bool is_snapshot_or_partial_file(const char *path);

/* Whether this program reads the version that its header names. */
bool is_snapshot_of_this_version(const char *path);

struct snapshot_rows;

/* All contacts in that order; ties are ordered by id. Contacts without the value come last, whether
   ascending or descending. The rows have a connection of their own, so another thread than the
   tally's may read them. */
bool snapshot_rows_open(struct snapshot_rows **rows, const struct snapshot *snapshot,
                        const struct order *order, struct error *error);

/* The next row, NULL after the last one; what it points to is valid until the next call. False on
   failure. */
bool snapshot_rows_next(struct snapshot_rows *rows, const struct row **row, struct error *error);

/* NULL is allowed. */
void snapshot_rows_close(struct snapshot_rows *rows);

#endif
