/* The private directory in which outputs are made before they are put in place. It is locked as
   long as its process lives. If a process is killed, the next one that works beside its directory
   removes it. */
#ifndef ROLLCALL_WORKDIR_H
#define ROLLCALL_WORKDIR_H

#include "base/error.h"

#include <stdbool.h>

struct workdir;

/* Makes `PARENT/.NAME.rollcall-XXXXXX`, and registers it and its files for removal by a signal. The
   caller makes only files with these names (NULL-terminated, borrowed) in it, and holds signals
   back during the call. Fails with EXIT_OUTPUT. */
bool workdir_make(struct workdir **workdir, const char *parent, const char *name,
                  const char *const *names, struct error *error);

/* Absolute if the parent is. Owned by the workdir. */
const char *workdir_path(const struct workdir *workdir);

/* Removes the directory that now has this path, with its files, and frees the workdir. NULL is
   allowed. */
void workdir_remove(struct workdir *workdir);

#endif
