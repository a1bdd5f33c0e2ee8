#include "base/file/workfile.h"

#include "base/cleanup.h"
#include "base/file/lock.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file itself, and what SQLite may keep beside it. */
static const char *const endings[] = {"", "-journal", "-wal", "-shm"};

enum { ENDINGS = sizeof endings / sizeof *endings };

struct workfile {
    char *path;
    int file; /* locked as long as it is open */
    bool is_removable;
};

static bool cannot_open(const char *path, struct error *error)
{
    if (errno == EWOULDBLOCK) {
        error_set(error, EXIT_OUTPUT, "%s: another run is working on it", path);
        return error_hint(error, "wait for it to end, or give this one another name with -o");
    }
    return error_set(error, EXIT_OUTPUT, "%s: %s", path, strerror(errno));
}

/* Returns -1 with errno set if it cannot be had. */
static int open_locked(const char *path)
{
    for (;;) {
        int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
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

static void for_all_paths(const char *path, void (*act)(const char *path))
{
    for (size_t i = 0; i < ENDINGS; i++) {
        char *beside = memory_print("%s%s", path, endings[i]);
        act(beside);
        free(beside);
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
        char *beside = memory_print("%s%s", workfile->path, endings[i]);
        ok = cleanup_add(beside);
        free(beside);
    }
    workfile->is_removable = ok;
    return ok || error_set(error, EXIT_OUTPUT, "%s: too many files to make", workfile->path);
}

static bool check_own(const struct workfile *workfile, bool (*is_own)(const char *file),
                      struct error *error)
{
    struct stat status;
    if (fstat(workfile->file, &status) == 0 && S_ISREG(status.st_mode) &&
        (status.st_size == 0 || is_own(workfile->path)))
        return true;
    error_set(error, EXIT_OUTPUT, "%s: is in the way: rollcall did not write it", workfile->path);
    return error_hint(error, "move it away, or choose another name with -o");
}

bool workfile_open(struct workfile **opened, const char *path, bool (*is_own)(const char *file),
                   struct error *error)
{
    struct workfile *workfile = memory_new(1, sizeof *workfile);
    workfile->path = memory_copy_text(path);
    cleanup_hold_signals();
    workfile->file = open_locked(path);
    bool ok = workfile->file >= 0 || cannot_open(path, error);
    ok = ok && check_own(workfile, is_own, error) && register_paths(workfile, error);
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
