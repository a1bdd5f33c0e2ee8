#include "base/file/lock.h"

#include <sys/file.h>
#include <sys/stat.h>

static bool is_named(int file, const char *path)
{
    struct stat opened;
    struct stat named;
    return fstat(file, &opened) == 0 && lstat(path, &named) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

enum lock lock_take(int file, const char *path)
{
    if (flock(file, LOCK_EX | LOCK_NB) != 0)
        return LOCK_HELD;
    return is_named(file, path) ? LOCK_TAKEN : LOCK_STALE;
}
