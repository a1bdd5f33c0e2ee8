#include "base/file/flush.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool flush_directory(const char *path)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return false;
    bool ok = fsync(directory) == 0;
    int why = errno;
    close(directory);
    errno = why;
    return ok || why == EINVAL;
}
