/* Makes one call fail, or notes what reaches the disk in which order, to see what a program does.
   Preloaded into it, and told what to do by the environment:

   - FAIL_CALL: the function: write, pwrite, fwrite, fflush, fclose, fsync, futimens, open, mkstemp,
     mkostemp, mkdtemp, rename, renameat2, unlink, ftruncate.
   - FAIL_PATH: only for files whose path contains this; all, if it is not set. An open file's path
     is the one that /proc tells, of a rename it is the old one.
   - FAIL_AFTER: how many such calls go through before; from the next one on all fail. 0, if it is
     not set.
   - FAIL_ERRNO: the number that errno gets; ENOSPC, if it is not set.
   - FAIL_LOG: a file that gets a line when a call is made to fail, so that a test knows that it
     was.
   - NOTE_LOG: a file that gets a line for each flush of a file or directory, each rename and each
     removal that succeeds, in their order: "fsync file PATH", "fsync directory PATH",
     "rename OLD NEW", "unlink PATH".
*/
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* The function of this name that would be called without us. */
#define NEXT(name) (__extension__(__typeof__(&name)) dlsym(RTLD_NEXT, #name))

static atomic_int calls;

/* Appends "WHAT PATH" to the file that the variable names, and leaves errno as it was. */
static void note(const char *variable, const char *what, const char *path)
{
    int before = errno;
    const char *log = getenv(variable);
    int file = log ? NEXT(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file >= 0) {
        dprintf(file, "%s %s\n", what, path);
        NEXT(close)(file);
    }
    errno = before;
}

static void find_path(int file, char path[static PATH_MAX])
{
    char link[32];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = '\0';
    errno = before;
}

/* Whether this call is to fail; then errno is set. */
static bool fails_at(const char *call, const char *path)
{
    const char *chosen = getenv("FAIL_CALL");
    const char *part = getenv("FAIL_PATH");
    const char *after = getenv("FAIL_AFTER");
    const char *number = getenv("FAIL_ERRNO");
    if (!chosen || strcmp(chosen, call) != 0 || (part && !strstr(path, part)) ||
        atomic_fetch_add(&calls, 1) < (after ? atoi(after) : 0))
        return false;
    note("FAIL_LOG", call, path);
    errno = number ? atoi(number) : ENOSPC;
    return true;
}

static bool fails(const char *call, int file)
{
    char path[PATH_MAX];
    find_path(file, path);
    return fails_at(call, path);
}

ssize_t write(int file, const void *bytes, size_t length)
{
    return fails("write", file) ? -1 : NEXT(write)(file, bytes, length);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset)
{
    return fails("pwrite", file) ? -1 : NEXT(pwrite)(file, bytes, length, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset)
{
    return fails("pwrite", file) ? -1 : NEXT(pwrite64)(file, bytes, length, offset);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *stream)
{
    return fails("fwrite", fileno(stream)) ? 0 : NEXT(fwrite)(bytes, size, count, stream);
}

int fflush(FILE *stream)
{
    return stream && fails("fflush", fileno(stream)) ? EOF : NEXT(fflush)(stream);
}

/* The stream is closed all the same, as by a file system that only then finds out. */
int fclose(FILE *stream)
{
    bool failing = fails("fclose", fileno(stream));
    int why = errno;
    int result = NEXT(fclose)(stream);
    if (!failing)
        return result;
    errno = why;
    return EOF;
}

int fsync(int file)
{
    if (fails("fsync", file) || NEXT(fsync)(file) != 0)
        return -1;
    char path[PATH_MAX];
    struct stat status;
    find_path(file, path);
    bool is_directory = fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
    note("NOTE_LOG", is_directory ? "fsync directory" : "fsync file", path);
    return 0;
}

int ftruncate(int file, off_t length)
{
    return fails("ftruncate", file) ? -1 : NEXT(ftruncate)(file, length);
}

int futimens(int file, const struct timespec times[2])
{
    return fails("futimens", file) ? -1 : NEXT(futimens)(file, times);
}

static bool may_make_a_file(int flags)
{
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
}

/* Only what is opened to be written counts. */
static bool open_fails(const char *path, int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY && fails_at("open", path);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = may_make_a_file(flags) ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return open_fails(path, flags) ? -1 : NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = may_make_a_file(flags) ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return open_fails(path, flags) ? -1 : NEXT(open64)(path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    return mode[0] != 'r' && fails_at("open", path) ? NULL : NEXT(fopen)(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    return mode[0] != 'r' && fails_at("open", path) ? NULL : NEXT(fopen64)(path, mode);
}

int mkstemp(char *template)
{
    return fails_at("mkstemp", template) ? -1 : NEXT(mkstemp)(template);
}

int mkstemp64(char *template)
{
    return fails_at("mkstemp", template) ? -1 : NEXT(mkstemp64)(template);
}

int mkostemp(char *template, int flags)
{
    return fails_at("mkostemp", template) ? -1 : NEXT(mkostemp)(template, flags);
}

int mkostemp64(char *template, int flags)
{
    return fails_at("mkostemp", template) ? -1 : NEXT(mkostemp64)(template, flags);
}

char *mkdtemp(char *template)
{
    return fails_at("mkdtemp", template) ? NULL : NEXT(mkdtemp)(template);
}

static void note_rename(const char *from, const char *to)
{
    char paths[2 * PATH_MAX];
    snprintf(paths, sizeof paths, "%s %s", from, to);
    note("NOTE_LOG", "rename", paths);
}

int rename(const char *from, const char *to)
{
    if (fails_at("rename", from) || NEXT(rename)(from, to) != 0)
        return -1;
    note_rename(from, to);
    return 0;
}

int renameat2(int from_directory, const char *from, int to_directory, const char *to,
              unsigned flags)
{
    if (fails_at("renameat2", from) ||
        NEXT(renameat2)(from_directory, from, to_directory, to, flags) != 0)
        return -1;
    note_rename(from, to);
    return 0;
}

int unlink(const char *path)
{
    if (fails_at("unlink", path) || NEXT(unlink)(path) != 0)
        return -1;
    note("NOTE_LOG", "unlink", path);
    return 0;
}
