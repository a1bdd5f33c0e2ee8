#include "base/file/workfile.h"

#include "base/cleanup.h"
#include "base/file/lock.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file itself, and the files that SQLite may keep beside it. */
static const char *const endings[] = {"", "-journal", "-wal", "-shm"};

enum { ENDINGS = sizeof endings / sizeof *endings };

struct workfile {
    char *path;
    int file; /* locked as long as it is open; -1: none */
    bool is_removable;
};

/* Opens an existing file unchecked: the caller checks it afterwards. Makes a new one for its owner
   alone. Returns -1 with errno set on failure. */
static int open_or_make(const char *path, bool *is_made)
{
    const int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    for (;;) {
        int file = open(path, flags | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
        *is_made = file >= 0;
        if (file >= 0 || errno != EEXIST)
            return file;
        file = open(path, flags);
        if (file >= 0 || errno != ENOENT) /* else another run has removed it meanwhile */
            return file;
    }
}

/* Returns -1 with errno set on failure. */
static int open_locked(const char *path, bool *is_made)
{
    for (;;) {
        int file = open_or_make(path, is_made);
        if (file < 0)
            return -1;
        enum lock lock = lock_take(file, path);
        if (lock == LOCK_TAKEN)
            return file;
        close(file);
        if (lock == LOCK_HELD) {
            errno = EWOULDBLOCK;
            return -1;
        }
    }
}

/* Why others may read or write the file's content; NULL if nobody else can. A descriptor that
   somebody holds outlives any change of the mode, so a loose mode is refused, not repaired. */
static const char *find_danger(const struct stat *status)
{
    if (!S_ISREG(status->st_mode))
        return "it is no regular file";
    if (status->st_uid != geteuid())
        return "it belongs to another user";
    if (status->st_nlink != 1)
        return "it has a second name (a hard link)";
    if (status->st_mode & (S_IRWXG | S_IRWXO))
        return "its mode lets others read or write it";
    return NULL;
}

static bool refuse(const char *path, const char *why, struct error *error)
{
    error_set(error, EXIT_OUTPUT, "%s: is in the way: %s", path, why);
    return error_hint(error, "move it away, or choose another name with -o");
}

static bool cannot_open(const char *path, struct error *error)
{
    if (errno == EWOULDBLOCK) {
        error_set(error, EXIT_OUTPUT, "%s: another run is working on it", path);
        return error_hint(error, "wait for it to end, or give this one another name with -o");
    }
    if (errno == ELOOP)
        return refuse(path, "it is a symbolic link", error);
    return error_set(error, EXIT_OUTPUT, "%s: %s", path, strerror(errno));
}

static bool check_private(const char *path, const struct stat *status, struct error *error)
{
    const char *danger = find_danger(status);
    return !danger || refuse(path, danger, error);
}

/* SQLite reads and writes these without checking their owner. Allocates nothing because a new file
   is not registered yet. */
bool workfile_check_beside(const struct workfile *workfile, struct error *error)
{
    bool ok = true;
    for (size_t i = 1; ok && i < ENDINGS; i++) {
        struct stat status;
        char beside[PATH_MAX];
        snprintf(beside, sizeof beside, "%s%s", workfile->path, endings[i]);
        if (lstat(beside, &status) == 0)
            ok = check_private(beside, &status, error);
    }
    return ok;
}

/* Allocates nothing: a failed allocation would end the program before cleanup knows of the
   change. */
static void for_all_paths(const char *path, void (*act)(const char *path))
{
    for (size_t i = 0; i < ENDINGS; i++) {
        char beside[PATH_MAX];
        snprintf(beside, sizeof beside, "%s%s", path, endings[i]);
        act(beside);
    }
}

static void remove_path(const char *path)
{
    unlink(path);
    cleanup_forget(path);
}

static bool register_paths(struct workfile *workfile, struct error *error)
{
    bool ok = true;
    for (size_t i = 0; ok && i < ENDINGS; i++) {
        char beside[PATH_MAX];
        snprintf(beside, sizeof beside, "%s%s", workfile->path, endings[i]);
        ok = cleanup_add(beside);
    }
    workfile->is_removable = ok;
    return ok || error_set(error, EXIT_OUTPUT, "%s: too many files to make", workfile->path);
}

static bool check_own(const struct workfile *workfile, bool (*is_own)(const char *file),
                      struct error *error)
{
    struct stat status;
    if (fstat(workfile->file, &status) != 0)
        return error_set(error, EXIT_OUTPUT, "%s: %s", workfile->path, strerror(errno));
    if (S_ISREG(status.st_mode) && status.st_size > 0 && !is_own(workfile->path))
        return refuse(workfile->path, "rollcall did not write it", error);
    return check_private(workfile->path, &status, error) && workfile_check_beside(workfile, error);
}

/* Sets the mode whatever the umask was, and notices a file system that stores no mode. */
static bool make_private(const struct workfile *workfile, struct error *error)
{
    return fchmod(workfile->file, S_IRUSR | S_IWUSR) == 0 ||
           error_set(error, EXIT_OUTPUT, "%s: %s", workfile->path, strerror(errno));
}

bool workfile_open(struct workfile **opened, const char *path, bool (*is_own)(const char *file),
                   struct error *error)
{
    struct workfile *workfile = memory_new(1, sizeof *workfile);
    workfile->path = memory_copy_text(path);
    bool is_made = false;
    cleanup_hold_signals();
    workfile->file = open_locked(path, &is_made);
    bool ok = workfile->file >= 0 || cannot_open(path, error);
    ok = ok && check_own(workfile, is_own, error) && make_private(workfile, error) &&
         register_paths(workfile, error);
    if (!ok && is_made)
        unlink(path);
    cleanup_release_signals();
    if (!ok) {
        workfile_free(workfile);
        return false;
    }
    *opened = workfile;
    return true;
}

const char *workfile_path(const struct workfile *workfile)
{
    return workfile->path;
}

bool workfile_clear(struct workfile *workfile, struct error *error)
{
    for (size_t i = 1; i < ENDINGS; i++) {
        char *beside = memory_print("%s%s", workfile->path, endings[i]);
        unlink(beside);
        free(beside);
    }
    return ftruncate(workfile->file, 0) == 0 ||
           error_set(error, EXIT_OUTPUT, "%s: %s", workfile->path, strerror(errno));
}

bool workfile_flush(const struct workfile *workfile, struct error *error)
{
    return fsync(workfile->file) == 0 || error_set(error, EXIT_OUTPUT, "%s: cannot be written: %s",
                                                   workfile->path, strerror(errno));
}

void workfile_keep(struct workfile *workfile)
{
    for_all_paths(workfile->path, cleanup_forget);
    workfile->is_removable = false;
}

void workfile_discard(struct workfile *workfile)
{
    workfile->is_removable = true;
}

bool workfile_move(struct workfile *workfile, const char *path, struct error *error)
{
    if (rename(workfile->path, path) != 0)
        return error_set(error, EXIT_OUTPUT, "%s: %s", path, strerror(errno));
    workfile_keep(workfile);
    return true;
}

void workfile_free(struct workfile *workfile)
{
    if (!workfile)
        return;
    if (workfile->is_removable)
        for_all_paths(workfile->path, remove_path);
    if (workfile->file >= 0)
        close(workfile->file);
    free(workfile->path);
    free(workfile);
}
