/* A file that appears as a whole or not at all, made beside its place under the name FILE.partial.
 */
#ifndef ROLLCALL_NEWFILE_H
#define ROLLCALL_NEWFILE_H

#include "base/error.h"
#include "base/file/workfile.h"

#include <stdbool.h>

struct newfile;

/* Prepares to write the file `path`, whose directory must exist. Replaces an existing file only if
   `is_own` allows it, and takes over an existing FILE.partial only if `is_partial` allows it.
   Otherwise, and if nothing can be written there, fails with EXIT_OUTPUT. */
bool newfile_begin(struct newfile **newfile, const char *path, bool (*is_own)(const char *file),
                   bool (*is_partial)(const char *file), struct error *error);

/* The path to write to for now. Owned by the newfile. */
struct workfile *newfile_workfile(const struct newfile *newfile);

/* The final path. Owned by the newfile. */
const char *newfile_target(const struct newfile *newfile);

/* Flushes the file, renames it to its final path and flushes the name. On failure nothing has
   changed; but if only the last step fails, the file is in place and a loss of power may undo that.
   Afterwards the signals that end a program are held back, as after outdir_commit. */
bool newfile_commit(struct newfile *newfile, struct error *error);

/* Removes the file unless it was committed or is to be kept. NULL is allowed. */
void newfile_free(struct newfile *newfile);

#endif
