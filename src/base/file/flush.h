/* Directories are flushed as files are: else a loss of power takes the names of new files away. */
#ifndef ROLLCALL_FLUSH_H
#define ROLLCALL_FLUSH_H

#include <stdbool.h>

/* Waits until the names in the directory are on the disk. False with errno set if it fails; a file
   system that cannot do that for directories is no failure. */
bool flush_directory(const char *path);

#endif
