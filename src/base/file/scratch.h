/* Files without a name, which are gone when they are closed. */
#ifndef ROLLCALL_SCRATCH_H
#define ROLLCALL_SCRATCH_H

/* Opens an empty one on the directory's disk, to be read and written by its owner alone. -1 with
   errno set if there cannot be one. */
int scratch_open(const char *directory);

#endif
