/* From the settings to an opened snapshot and an output directory: what every command that makes
   outputs of contacts shares. */
#ifndef ROLLCALL_OBTAIN_H
#define ROLLCALL_OBTAIN_H

#include "base/error.h"
#include "base/file/outdir.h"
#include "cli/settings.h"
#include "snapshot/snapshot.h"
#include "terminal/terminal.h"

#include <stdbool.h>
#include <stdint.h>

/* The name of a snapshot among other outputs. */
extern const char obtain_snapshot_name[];

/* {0} before obtain. */
struct obtained {
    int64_t as_of;             /* seconds since 1970 */
    struct outdir *outdir;     /* the output directory, with the snapshot in it, not committed */
    struct snapshot *snapshot; /* the snapshot in it, open */
    char *origin;              /* how messages name the snapshot */
};

/* Begins an output directory for `files` (NULL-terminated, obtain_snapshot_name among them) and
   puts a snapshot into it: a fetched one, or a copy of the one that --from names. Checks all
   settings before it asks the API or makes a file. Fails with EXIT_WRONG_USE if the snapshot cannot
   be trusted or was fetched with other filters, with EXIT_UNPROVEN if it is not proven complete and
   the settings do not allow that, and as acquire_snapshot and outdir_begin do. The caller calls
   obtained_release either way. */
bool obtain(struct obtained *obtained, const struct settings *settings, const char *const *files,
            struct terminal *terminal, struct error *error);

void obtained_release(struct obtained *obtained);

/* The snapshot's path: `path` itself, or the snapshot inside if `path` is a report's directory. The
   caller frees it. */
char *obtain_snapshot_path(const char *path);

#endif
