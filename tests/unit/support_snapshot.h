/* Snapshots made of JSON, for the tests of what reads them. */
#ifndef ROLLCALL_TESTS_SUPPORT_SNAPSHOT_H
#define ROLLCALL_TESTS_SUPPORT_SNAPSHOT_H

#include "model/ledger.h"
#include "model/source.h"

struct snapshot;
struct sqlite3;

extern const struct source support_source;
extern const struct ledger support_ledger;

/* Writes a snapshot as one pass leaves it. `contacts` is a JSON array as the API has it. */
void support_write_snapshot(const char *path, const struct source *source, const char *contacts);

/* Writes one into the directory, as snapshot.sqlite, and opens it. */
struct snapshot *support_open_snapshot(const char *directory, const char *contacts);

/* Stores the digest of what is in the file by now. */
void support_put_digest(struct sqlite3 *database);

#endif
