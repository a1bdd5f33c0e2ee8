#include "base/file/workdir.h"

#include "base/cleanup.h"
#include "base/file/lock.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char random_part[] = "XXXXXX";

struct workdir {
    char *path;
    int directory; /* locked as long as it is open */
    const char *const *names;
};

static bool is_ours(int directory)
{
    struct stat status;
    return fstat(directory, &status) == 0 && status.st_uid == geteuid();
}

/* Returns -1 unless the directory exists and no other process has locked it. */
static int open_locked(const char *path)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (directory < 0 || (lock_take(directory, path) == LOCK_TAKEN && is_ours(directory)))
        return directory;
    close(directory);
    return -1;
}

/* Allocates nothing: a failed allocation would end the program before all is removed or
   forgotten. */
static void remove_files(const char *path, const char *const *names)
{
    for (const char *const *name = names; *name; name++) {
        char file[PATH_MAX];
        snprintf(file, sizeof file, "%s/%s", path, *name);
        unlink(file);
        cleanup_forget(file);
    }
    rmdir(path);
    cleanup_forget(path);
}

static bool is_work_name(const char *entry, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(entry, prefix, length) == 0 && strlen(entry) == length + sizeof random_part - 1;
}

/* Removes what killed processes have left. A directory that cannot be locked stays: it does no
   harm. */
static void remove_stale(const char *parent, const char *prefix, const char *const *names)
{
    DIR *listing = opendir(parent);
    if (!listing)
        return;
    const struct dirent *entry;
    while ((entry = readdir(listing))) {
        if (!is_work_name(entry->d_name, prefix))
            continue;
        char *path = memory_print("%s/%s", parent, entry->d_name);
        int directory = open_locked(path);
        if (directory >= 0) {
            remove_files(path, names);
            close(directory);
        }
        free(path);
    }
    closedir(listing);
}

/* Allocates nothing either, because the directory exists already. */
static bool register_paths(const struct workdir *workdir, struct error *error)
{
    bool ok = cleanup_add(workdir->path);
    for (const char *const *name = workdir->names; ok && *name; name++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, "%s/%s", workdir->path, *name);
        ok = cleanup_add(path);
    }
    return ok || error_set(error, EXIT_OUTPUT, "%s: too many files to make", workdir->path);
}

/* Until a new directory is locked, another process may take it for one left behind: then we try
   again. */
static bool make_locked(struct workdir *workdir, const char *parent, const char *prefix,
                        struct error *error)
{
    enum { TRIES = 100 };
    for (int i = 0; i < TRIES; i++) {
        free(workdir->path);
        workdir->path = memory_print("%s/%s%s", parent, prefix, random_part);
        if (!mkdtemp(workdir->path))
            break;
        workdir->directory = open_locked(workdir->path);
        if (workdir->directory >= 0)
            return register_paths(workdir, error);
        rmdir(workdir->path);
    }
    free(workdir->path);
    workdir->path = NULL;
    error_set(error, EXIT_OUTPUT, "%s: cannot write there: %s", parent, strerror(errno));
    return error_hint(error, "choose another place with -o");
}

bool workdir_make(struct workdir **made, const char *parent, const char *name,
                  const char *const *names, struct error *error)
{
    struct workdir *workdir = memory_new(1, sizeof *workdir);
    char *prefix = memory_print(".%.200s.rollcall-", name);
    workdir->names = names;
    workdir->directory = -1;
    remove_stale(parent, prefix, names);
    bool ok = make_locked(workdir, parent, prefix, error);
    free(prefix);
    if (!ok) {
        workdir_remove(workdir);
        return false;
    }
    *made = workdir;
    return true;
}

const char *workdir_path(const struct workdir *workdir)
{
    return workdir->path;
}

void workdir_remove(struct workdir *workdir)
{
    if (!workdir)
        return;
    if (workdir->path)
        remove_files(workdir->path, workdir->names);
    if (workdir->directory >= 0)
        close(workdir->directory);
    free(workdir->path);
    free(workdir);
}
