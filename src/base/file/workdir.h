/* The private directory in which outputs are made before they are put in place. It is locked as
   long as its process lives; what a killed one has left is removed by the next that works beside
   it. */
#ifndef ROLLCALL_WORKDIR_H
#define ROLLCALL_WORKDIR_H

#include "base/error.h"

#include <stdbool.h>

struct workdir;

/* Makes `PARENT/.NAME.rollcall-XXXXXX`, in which only files with these names (NULL-terminated,
   borrowed) will be made, and registers it and them for removal by a signal; signals have to be
   held back during the call. Fails with EXIT_OUTPUT. */
bool workdir_make(struct workdir **workdir, const char *parent, const char *name,
                  const char *const *names, struct error *error);

/* Absolute if the parent is. Owned by the workdir. */
const char *workdir_path(const struct workdir *workdir);

/* Removes the directory that bears the path now, with its files, and frees. NULL is allowed. */
void workdir_remove(struct workdir *workdir);

#endif
