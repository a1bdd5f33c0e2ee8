/* What the parts of the snapshot's writer share. */
#ifndef ROLLCALL_SNAPSHOT_WRITER_PARTS_H
#define ROLLCALL_SNAPSHOT_WRITER_PARTS_H

#include "base/file/writeback.h"
#include "snapshot/contact_store.h"
#include "snapshot/partial.h"

#include <sqlite3.h>
#include <stdbool.h>

extern const char snapshot_writer_file[]; /* what errors call the file */

struct snapshot_writer {
    sqlite3 *database;
    struct contact_store contacts;
    struct partial partial;
    bool has_saved;
    int log; /* the log file, opened when we first start a write to the disk; or -1 */
    struct writeback writeback;
};

#endif
