/* A directory of outputs that appears as a whole or not at all.

   The files are made in a private directory beside the target. Committing flushes them to the disk
   and then gives that directory the target's name in one step; until then a target that exists
   stays as it was. Only a target that a former run wrote, and nobody has touched since, is
   replaced. */
#ifndef ROLLCALL_OUTDIR_H
#define ROLLCALL_OUTDIR_H

#include "base/error.h"

#include <stdbool.h>

struct outdir;

/* Prepares to write `names` (NULL-terminated, borrowed for as long as the outdir lives), all of
   them, into the directory `path`. `mark` is the one of them that only this program writes;
   `is_own` tells whether a file of that name is. Fails with EXIT_OUTPUT if the target holds
   anything else than a former run's files or cannot be made; then nothing has been changed. Parents
   that do not exist are made (and removed again by outdir_free). */
bool outdir_begin(struct outdir **outdir, const char *path, const char *const *names,
                  const char *mark, bool (*is_own)(const char *file), struct error *error);

/* Of the names only these (NULL-terminated, borrowed likewise) are made this time; the others are
   what a former run may have left. */
void outdir_make_only(struct outdir *outdir, const char *const *names);

/* Where to write the output `name` for now. The caller frees the path. */
char *outdir_work_path(const struct outdir *outdir, const char *name);

/* The directory's final, absolute path. Owned by the outdir. */
const char *outdir_target(const struct outdir *outdir);

/* Flushes every file that is to be made, which has to be there, and their names, stamps them all
   with one time (by which the next run knows them as unchanged), puts the directory in place and
   flushes its name. On failure nothing has changed; if only that last step fails then the outputs
   stand, and a loss of power may take them back. Afterwards the signals that end a program are held
   back: it has done its work, and nobody shall be told otherwise. */
bool outdir_commit(struct outdir *outdir, struct error *error);

/* Removes whatever was not committed and frees the outdir. NULL is allowed. */
void outdir_free(struct outdir *outdir);

#endif
