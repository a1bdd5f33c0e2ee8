/* Reads a snapshot. Nothing here writes to it. */
#ifndef ROLLCALL_SNAPSHOT_H
#define ROLLCALL_SNAPSHOT_H

#include "base/error.h"
#include "model/column.h"
#include "model/ledger.h"
#include "model/source.h"
#include "model/warnings.h"

#include <stdbool.h>

struct sqlite3;
struct snapshot;

/* Fails with EXIT_WRONG_USE if the file is no snapshot, a partial one, or one of a later version.
 */
bool snapshot_open(struct snapshot **snapshot, const char *path, struct error *error);

/* Owned by the snapshot. */
const struct source *snapshot_source(const struct snapshot *snapshot);
const struct ledger *snapshot_ledger(const struct snapshot *snapshot);
const struct warnings *snapshot_warnings(const struct snapshot *snapshot); /* those of the fetch */

/* The names of the custom attributes seen, in byte order, but no more than CUSTOM_KEYS_MAX. Owned
 * by the snapshot. */
enum { CUSTOM_KEYS_MAX = 1000 };
const char *const *snapshot_custom_keys(const struct snapshot *snapshot, size_t *count);
int64_t snapshot_custom_keys_left_out(const struct snapshot *snapshot);

/* The connection, for the tally; temporary tables are the most it may make. */
struct sqlite3 *snapshot_database(const struct snapshot *snapshot);

/* NULL is allowed. */
void snapshot_close(struct snapshot *snapshot);

/* Whether the file is a whole snapshot that this program made, or one that it left partial, as its
   header says; nothing more is looked at. */
bool snapshot_is_one(const char *path);
bool snapshot_is_partial(const char *path);
bool snapshot_is_either(const char *path);

struct order {
    const char *column; /* a name that column_check accepts, or NULL: by id */
    bool descending;
};

struct snapshot_rows;

/* All contacts in that order; where they tie, and at last, by id. Contacts without the value come
 * last either way. */
bool snapshot_rows_open(struct snapshot_rows **rows, const struct snapshot *snapshot,
                        const struct order *order, struct error *error);

/* The next row, NULL after the last one; what it points to is good until the next call. False on
 * failure. */
bool snapshot_rows_next(struct snapshot_rows *rows, const struct row **row, struct error *error);

/* NULL is allowed. */
void snapshot_rows_close(struct snapshot_rows *rows);

#endif
