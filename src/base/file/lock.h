/* Locks by which one process at a time works on a file or directory. */
#ifndef ROLLCALL_LOCK_H
#define ROLLCALL_LOCK_H

#include <stdbool.h>

enum lock {
    LOCK_TAKEN, /* until the descriptor is closed, or the process ends */
    LOCK_HELD,  /* another process has it */
    LOCK_STALE, /* the path names it no more: who had it before has moved or removed it */
};

/* Takes the lock of what is open as `file`, which was opened by that path. */
enum lock lock_take(int file, const char *path);

#endif
