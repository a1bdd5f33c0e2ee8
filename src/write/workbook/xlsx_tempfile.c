#include "write/workbook/xlsx_tempfile.h"

#include "base/file/scratch.h"
#include "base/memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>
#include <xlsxwriter.h>

static int first_failure;

int xlsx_tempfile_take_failure(void)
{
    int failure = first_failure;
    first_failure = 0;
    return failure;
}

static void note_failure(void)
{
    if (first_failure == 0)
        first_failure = errno ? errno : EIO;
}

static int descriptor_of(const void *cookie)
{
    return *(const int *)cookie;
}

static ssize_t read_some(void *cookie, char *bytes, size_t length)
{
    ssize_t got = read(descriptor_of(cookie), bytes, length);
    if (got < 0)
        note_failure();
    return got;
}

static ssize_t write_all(void *cookie, const char *bytes, size_t length)
{
    size_t written = 0;
    while (written < length) {
        ssize_t some = write(descriptor_of(cookie), bytes + written, length - written);
        if (some < 0 && errno != EINTR) {
            note_failure();
            break;
        }
        if (some > 0)
            written += (size_t)some;
    }
    return (ssize_t)written;
}

static int seek_to(void *cookie, off64_t *offset, int whence)
{
    off64_t reached = lseek(descriptor_of(cookie), *offset, whence);
    if (reached < 0)
        return -1;
    *offset = reached;
    return 0;
}

static int close_it(void *cookie)
{
    int result = close(descriptor_of(cookie));
    if (result != 0)
        note_failure();
    free(cookie);
    return result;
}

/* Replaces libxlsxwriter's function of this name. */
FILE *lxw_tmpfile(char *directory)
{
    int file = scratch_open(directory ? directory : "/tmp");
    if (file < 0) {
        note_failure();
        return NULL;
    }
    const cookie_io_functions_t functions = {read_some, write_all, seek_to, close_it};
    int *cookie = memory_new(1, sizeof *cookie);
    *cookie = file;
    FILE *stream = fopencookie(cookie, "w+", functions);
    if (!stream) {
        note_failure();
        close_it(cookie);
    }
    return stream;
}
