/* Flushes directories: without that, a loss of power can take away the names of new files. */
#ifndef ROLLCALL_FLUSH_H
#define ROLLCALL_FLUSH_H

#include <stdbool.h>

/* Waits until the names in the directory are on the disk. False with errno set if it fails. It
   succeeds if the file system cannot flush directories at all. */
bool flush_directory(const char *path);

#endif
