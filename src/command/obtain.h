/* From the settings to a snapshot that can be read, and the place for what is made of it: what all
   commands have in common that make outputs of contacts. */
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
    struct snapshot *snapshot; /* that one, open */
    char *origin;              /* what messages call it: where it came from */
};

/* Fetches a snapshot, or copies the one that --from names, into an output directory that is begun
   for `files` (NULL-terminated, obtain_snapshot_name among them). Nothing is asked of the API, and
   nothing made, before all that the settings say has been found to be in order. Fails with
   EXIT_WRONG_USE if the snapshot cannot be trusted or was fetched with other filters, with
   EXIT_UNPROVEN if it is not proven and the settings do not allow that, and as acquire_snapshot and
   outdir_begin do. What was obtained has to be released either way. */
bool obtain(struct obtained *obtained, const struct settings *settings, const char *const *files,
            struct terminal *terminal, struct error *error);

void obtained_release(struct obtained *obtained);

/* The snapshot that a path names: the file itself, or that in a report's directory. The caller
   frees it. */
char *obtain_snapshot_path(const char *path);

#endif
