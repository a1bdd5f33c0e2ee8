/* An unfinished file: one process at a time works on it under a temporary name, and moves it to its
   place when it is whole. A file that is not moved is removed, by a signal as well, unless it is to
   be kept for a later run. A killed process leaves it behind. */
#ifndef ROLLCALL_WORKFILE_H
#define ROLLCALL_WORKFILE_H

#include "base/error.h"

#include <stdbool.h>

struct workfile;

/* Takes the file that an earlier run has left at `path` (absolute), or makes an empty one that only
   its owner can read or write (mode 0600). An existing file, and each file that SQLite keeps beside
   it, must be a regular file of our own (effective uid) with one name, which nobody else may read
   or write. A file that is not empty is taken only if `is_own` allows it. Otherwise, and if another
   process works on the file, fails with EXIT_OUTPUT, the path and the reason. */
bool workfile_open(struct workfile **workfile, const char *path, bool (*is_own)(const char *file),
                   struct error *error);

/* Checks the files beside it again, after SQLite has opened them: in a directory that others write
   to, somebody may have put one there meanwhile. Fails with EXIT_OUTPUT. */
bool workfile_check_beside(const struct workfile *workfile, struct error *error);

/* Owned by the workfile. */
const char *workfile_path(const struct workfile *workfile);

/* Empties the file and removes SQLite's files beside it. Fails with EXIT_OUTPUT. */
bool workfile_clear(struct workfile *workfile, struct error *error);

/* Waits until everything written is on the disk. Fails with EXIT_OUTPUT. */
bool workfile_flush(const struct workfile *workfile, struct error *error);

/* Decides whether the file is kept, or removed when the workfile is freed. */
void workfile_keep(struct workfile *workfile);
void workfile_discard(struct workfile *workfile);

/* Renames the file within its file system and replaces any file of that name. After that the
   workfile can only be freed. Fails with EXIT_OUTPUT; then nothing has changed. */
bool workfile_move(struct workfile *workfile, const char *path, struct error *error);

/* NULL is allowed. */
void workfile_free(struct workfile *workfile);

#endif
