/* A file under way: worked on under a name of its own, by one process at a time, and moved to its
   place when it is whole. What is not moved is removed, by a signal as well, unless it is to be
   kept for a later run. A process that is killed leaves it behind. */
#ifndef ROLLCALL_WORKFILE_H
#define ROLLCALL_WORKFILE_H

#include "base/error.h"

#include <stdbool.h>

struct workfile;

/* Takes the file that an earlier run has left at `path` (absolute), or makes an empty one for its
   owner alone (mode 0600). One that is there has to be a regular file of our own (effective uid)
   with one name, which nobody else may read or write; so do the files that SQLite keeps beside it.
   One that is not empty is only taken if `is_own` says that it may be. Else it is refused with
   EXIT_OUTPUT, with the path and the reason; so it is where another process works on it. */
bool workfile_open(struct workfile **workfile, const char *path, bool (*is_own)(const char *file),
                   struct error *error);

/* Looks once more at the files that SQLite keeps beside it, when it has opened them: in a directory
   that others write to, one may have been put there meanwhile. Fails with EXIT_OUTPUT. */
bool workfile_check_beside(const struct workfile *workfile, struct error *error);

/* Owned by the workfile. */
const char *workfile_path(const struct workfile *workfile);

/* Makes it empty, and removes what SQLite had beside it. Fails with EXIT_OUTPUT. */
bool workfile_clear(struct workfile *workfile, struct error *error);

/* Waits until all that was written is on the disk. Fails with EXIT_OUTPUT. */
bool workfile_flush(const struct workfile *workfile, struct error *error);

/* From now on it is not removed; or it is, after all, when the workfile is freed. */
void workfile_keep(struct workfile *workfile);
void workfile_discard(struct workfile *workfile);

/* Gives it another name on the same file system, in place of what bears it. The workfile is only
   good for freeing after that. Fails with EXIT_OUTPUT, and then nothing has changed. */
bool workfile_move(struct workfile *workfile, const char *path, struct error *error);

/* NULL is allowed. */
void workfile_free(struct workfile *workfile);

#endif
