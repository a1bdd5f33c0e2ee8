/* Locks a file or directory, so that only one process at a time works on it. */
#ifndef ROLLCALL_LOCK_H
#define ROLLCALL_LOCK_H

#include <stdbool.h>

enum lock {
    LOCK_TAKEN, /* until the descriptor is closed, or the process ends */
    LOCK_HELD,  /* another process has it */
    LOCK_STALE, /* the path names it no longer: its last holder moved or removed it */
};

/* Locks the open file or directory `file`, which was opened by that path. */
enum lock lock_take(int file, const char *path);

#endif
