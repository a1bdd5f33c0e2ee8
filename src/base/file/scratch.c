#include "base/file/scratch.h"

#include "base/cleanup.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int scratch_open(const char *directory)
{
    char *path = memory_print("%s/.scratch-XXXXXX", directory);
    cleanup_hold_signals();
    int file = mkostemp(path, O_CLOEXEC);
    int why = errno;
    if (file >= 0)
        unlink(path);
    cleanup_release_signals();
    free(path);
    errno = why;
    return file;
}
