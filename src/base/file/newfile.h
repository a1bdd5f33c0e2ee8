/* A file that appears as a whole or not at all, made beside its place under the name FILE.partial.
 */
#ifndef ROLLCALL_NEWFILE_H
#define ROLLCALL_NEWFILE_H

#include "base/error.h"
#include "base/file/workfile.h"

#include <stdbool.h>

struct newfile;

/* Prepares to write the file `path`. One that is there already is replaced only if `is_own` says
   that it may be, and one that is under way under the other name is taken only if `is_partial` says
   so; else it fails with EXIT_OUTPUT, as it does where nothing can be written. The directory has to
   be there. */
bool newfile_begin(struct newfile **newfile, const char *path, bool (*is_own)(const char *file),
                   bool (*is_partial)(const char *file), struct error *error);

/* What to write to for now. Owned by the newfile. */
struct workfile *newfile_workfile(const struct newfile *newfile);

/* Where it will be. Owned by the newfile. */
const char *newfile_target(const struct newfile *newfile);

/* Flushes the file, gives it its name and flushes that. On failure nothing has changed; if only
   that last step fails then the file stands, and a loss of power may take it back. Afterwards the
   signals that end a program are held back, as after outdir_commit. */
bool newfile_commit(struct newfile *newfile, struct error *error);

/* Removes what was neither committed nor is to be kept. NULL is allowed. */
void newfile_free(struct newfile *newfile);

#endif
