/* A directory of outputs that appears as a whole or not at all.

   The files are made in a private directory beside the target. Committing flushes them to the disk
   and then gives that directory the target's name in one step; until then a target that exists
   stays as it was. A target is replaced only if a former run wrote it and nobody has touched it
   since. */
#ifndef ROLLCALL_OUTDIR_H
#define ROLLCALL_OUTDIR_H

#include "base/error.h"

#include <stdbool.h>

struct outdir;

/* Prepares to write all `names` (NULL-terminated, borrowed for as long as the outdir lives) into
   the directory `path`. Only this program writes the file named `mark`; `is_own` decides whether a
   file is one. Fails with EXIT_OUTPUT if the target cannot be made or holds anything but a former
   run's files; then nothing has changed. Makes missing parents (outdir_free removes them again). */
bool outdir_begin(struct outdir **outdir, const char *path, const char *const *names,
                  const char *mark, bool (*is_own)(const char *file), struct error *error);

/* This run makes only these of the names (NULL-terminated, borrowed likewise). A former run may
   have left the others. */
void outdir_make_only(struct outdir *outdir, const char *const *names);

/* Where to write the output `name` for now. The caller frees the path. */
char *outdir_work_path(const struct outdir *outdir, const char *name);

/* The directory's final, absolute path. Owned by the outdir. */
const char *outdir_target(const struct outdir *outdir);

/* Flushes every file of this run, which must exist, and the names. Stamps all files with one time,
   by which the next run knows that they are unchanged. Puts the directory in place and flushes its
   name. On failure nothing has changed; but if only the last step fails, the outputs are in place
   and a loss of power may undo that. Afterwards the signals that end a program are held back: the
   work is done, and the exit code must say so. */
bool outdir_commit(struct outdir *outdir, struct error *error);

/* Removes whatever was not committed and frees the outdir. NULL is allowed. */
void outdir_free(struct outdir *outdir);

#endif
