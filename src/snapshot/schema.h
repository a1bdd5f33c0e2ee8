/* The layout of a snapshot: docs/snapshot.md describes it for people. */
#ifndef ROLLCALL_SCHEMA_H
#define ROLLCALL_SCHEMA_H

#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>

enum {
    SNAPSHOT_APPLICATION_ID = 0x526F6C6C, /* "Roll", in SQLite's header and for file(1) */
    PARTIAL_APPLICATION_ID = 0x526F6C2E,  /* "Rol.", until the snapshot is whole */
    SNAPSHOT_VERSION = 2,                 /* SQLite's user_version */
};

extern const char snapshot_schema[];

/* Fails with EXIT_WRONG_USE, and the hint to fetch again, if the file has another layout. */
bool schema_check_version(sqlite3 *database, struct error *error);

/* Fails with EXIT_WRONG_USE unless the file's schema is exactly what snapshot_schema makes, with no
   further table, view, trigger, index or generated column, and its texts are UTF-8. */
bool schema_check(sqlite3 *database, struct error *error);

#endif
