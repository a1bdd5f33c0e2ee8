/* The layout of a snapshot: docs/snapshot.md describes it for people. */
#ifndef ROLLCALL_SCHEMA_H
#define ROLLCALL_SCHEMA_H

enum {
    SNAPSHOT_APPLICATION_ID = 0x526F6C6C, /* "Roll", in SQLite's header and for file(1) */
    PARTIAL_APPLICATION_ID = 0x526F6C2E,  /* "Rol.", until it is whole */
    SNAPSHOT_VERSION = 1,                 /* SQLite's user_version */
};

extern const char snapshot_schema[];

#endif
