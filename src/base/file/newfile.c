#include "base/file/newfile.h"

#include "base/cleanup.h"
#include "base/file/flush.h"
#include "base/memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct newfile {
    char *target;
    char *directory;
    struct workfile *work;
    bool (*is_own)(const char *file);
};

static bool check_target(const struct newfile *newfile, struct error *error)
{
    struct stat status;
    if (lstat(newfile->target, &status) != 0)
        return errno == ENOENT ||
               error_set(error, EXIT_OUTPUT, "%s: %s", newfile->target, strerror(errno));
    if (S_ISREG(status.st_mode) && newfile->is_own(newfile->target))
        return true;
    error_set(error, EXIT_OUTPUT, "%s: not replaced: rollcall did not write it", newfile->target);
    return error_hint(error, "move it away, or choose another name with -o");
}

/* The path is absolute because a signal handler may have to remove it. */
static bool resolve(struct newfile *newfile, const char *path, struct error *error)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return error_set(error, EXIT_OUTPUT, "%s: names no file", path);
    char *parent = !slash          ? memory_copy_text(".")
                   : slash == path ? memory_copy_text("/")
                                   : memory_copy_bytes(path, (size_t)(slash - path));
    newfile->directory = realpath(parent, NULL);
    if (newfile->directory)
        newfile->target = memory_print("%s/%s", newfile->directory, name);
    else
        error_set(error, EXIT_OUTPUT, "%s: %s", parent, strerror(errno));
    free(parent);
    return newfile->directory != NULL;
}

static bool open_work(struct newfile *newfile, bool (*is_partial)(const char *file),
                      struct error *error)
{
    char *path = memory_print("%s.partial", newfile->target);
    bool ok = workfile_open(&newfile->work, path, is_partial, error);
    free(path);
    return ok;
}

bool newfile_begin(struct newfile **made, const char *path, bool (*is_own)(const char *file),
                   bool (*is_partial)(const char *file), struct error *error)
{
    struct newfile *newfile = memory_new(1, sizeof *newfile);
    newfile->is_own = is_own;
    if (!resolve(newfile, path, error) || !check_target(newfile, error) ||
        !open_work(newfile, is_partial, error)) {
        newfile_free(newfile);
        return false;
    }
    *made = newfile;
    return true;
}

struct workfile *newfile_workfile(const struct newfile *newfile)
{
    return newfile->work;
}

const char *newfile_target(const struct newfile *newfile)
{
    return newfile->target;
}

bool newfile_commit(struct newfile *newfile, struct error *error)
{
    if (!check_target(newfile, error) || !workfile_flush(newfile->work, error))
        return false;
    cleanup_hold_signals();
    bool ok = workfile_move(newfile->work, newfile->target, error);
    if (ok) {
        cleanup_finish();
        flush_directory(newfile->directory);
    } else {
        cleanup_release_signals();
    }
    return ok;
}

void newfile_free(struct newfile *newfile)
{
    if (!newfile)
        return;
    workfile_free(newfile->work);
    free(newfile->directory);
    free(newfile->target);
    free(newfile);
}
