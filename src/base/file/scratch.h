/* Files without a name, which vanish when they are closed. */
#ifndef ROLLCALL_SCRATCH_H
#define ROLLCALL_SCRATCH_H

/* Opens an empty file on the directory's disk. Only its owner can read or write it. -1 with errno
   set on failure. */
int scratch_open(const char *directory);

#endif
