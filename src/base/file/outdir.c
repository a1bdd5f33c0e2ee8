#include "base/file/outdir.h"

#include "base/cleanup.h"
#include "base/file/workdir.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct outdir {
    char *target;            /* absolute */
    char *parent;            /* absolute; of the target */
    struct workdir *work;    /* NULL until it is made */
    char *first_made_parent; /* topmost parent that did not exist before; NULL if all did */
    const char *const *names;
    const char *mark;
    bool (*is_own)(const char *file);
};

static bool is_known_name(const struct outdir *outdir, const char *name)
{
    for (const char *const *known = outdir->names; *known; known++) {
        if (strcmp(*known, name) == 0)
            return true;
    }
    return false;
}

static bool refuse(const struct outdir *outdir, const char *name, const char *why,
                   struct error *error)
{
    error_set(error, EXIT_OUTPUT, "%s: not replaced: it holds '%s', which %s", outdir->target, name,
              why);
    return error_hint(error, "move it away, or choose another directory with -o");
}

/* Whether one entry of the target is what a former run left there. All files of a run bear the same
 * time. */
static bool check_entry(const struct outdir *outdir, int directory, const char *name,
                        const struct timespec *stamp, struct error *error)
{
    struct stat entry;
    if (fstatat(directory, name, &entry, AT_SYMLINK_NOFOLLOW) != 0)
        return error_set(error, EXIT_OUTPUT, "%s/%s: %s", outdir->target, name, strerror(errno));
    if (!S_ISREG(entry.st_mode) || !is_known_name(outdir, name))
        return refuse(outdir, name, "rollcall did not write", error);
    if (entry.st_mtim.tv_sec != stamp->tv_sec || entry.st_mtim.tv_nsec != stamp->tv_nsec)
        return refuse(outdir, name, "was changed after rollcall wrote it", error);
    return true;
}

static bool find_stamp(const struct outdir *outdir, const char *first_name, struct timespec *stamp,
                       struct error *error)
{
    char *mark = memory_print("%s/%s", outdir->target, outdir->mark);
    struct stat status;
    bool own = lstat(mark, &status) == 0 && S_ISREG(status.st_mode) && outdir->is_own(mark);
    free(mark);
    if (!own)
        return refuse(outdir, first_name, "rollcall did not write", error);
    *stamp = status.st_mtim;
    return true;
}

static bool check_entries(const struct outdir *outdir, DIR *listing, struct error *error)
{
    struct timespec stamp = {0};
    bool have_stamp = false;
    const struct dirent *entry;
    while ((entry = readdir(listing))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!have_stamp && !find_stamp(outdir, entry->d_name, &stamp, error))
            return false;
        have_stamp = true;
        if (!check_entry(outdir, dirfd(listing), entry->d_name, &stamp, error))
            return false;
    }
    return true;
}

/* A target that does not exist, is empty or is a former run's passes. */
static bool check_target(const struct outdir *outdir, struct error *error)
{
    DIR *listing = opendir(outdir->target);
    if (!listing)
        return errno == ENOENT ||
               error_set(error, EXIT_OUTPUT, "%s: %s", outdir->target, strerror(errno));
    bool ok = check_entries(outdir, listing, error);
    closedir(listing);
    return ok;
}

/* Makes the parents that are missing, and remembers the topmost of them. */
static bool make_parents(struct outdir *outdir, struct error *error)
{
    char *path = memory_copy_text(outdir->parent);
    bool ok = true;
    for (char *end = path + 1; ok && *end; end++) {
        if (end[1] != '/' && end[1] != '\0')
            continue;
        char behind = end[1];
        end[1] = '\0';
        if (mkdir(path, 0700) == 0) {
            if (!cleanup_add(path))
                ok = error_set(error, EXIT_OUTPUT, "%s: too many directories to make", path);
            if (!outdir->first_made_parent)
                outdir->first_made_parent = memory_copy_text(path);
        } else if (errno != EEXIST) {
            error_set(error, EXIT_OUTPUT, "%s: cannot make the directory: %s", path,
                      strerror(errno));
            ok = error_hint(error, "choose another place with -o");
        }
        end[1] = behind;
    }
    free(path);
    return ok;
}

/* Splits the target into parent and name, and follows a target that is a symbolic link, so that the
 * link stays. */
static bool resolve(struct outdir *outdir, const char *path, struct error *error)
{
    char *resolved = realpath(path, NULL);
    if (resolved) {
        outdir->target = resolved;
    } else if (errno == ENOENT && path[0] == '/') {
        outdir->target = memory_copy_text(path);
    } else if (errno == ENOENT) {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here))
            return error_set(error, EXIT_OUTPUT, "%s: %s", path, strerror(errno));
        outdir->target = memory_print("%s/%s", here, path);
    } else {
        return error_set(error, EXIT_OUTPUT, "%s: %s", path, strerror(errno));
    }

    size_t length = strlen(outdir->target);
    while (length > 1 && outdir->target[length - 1] == '/')
        outdir->target[--length] = '\0';
    struct stat link;
    if (lstat(outdir->target, &link) == 0 && S_ISLNK(link.st_mode))
        return error_set(error, EXIT_OUTPUT, "%s: a link that leads nowhere", path);
    const char *slash = strrchr(outdir->target, '/');
    if (slash[1] == '\0' || strcmp(slash, "/.") == 0 || strcmp(slash, "/..") == 0)
        return error_set(error, EXIT_OUTPUT, "%s: not a directory that can be made", path);
    outdir->parent = slash == outdir->target
                         ? memory_copy_text("/")
                         : memory_copy_bytes(outdir->target, (size_t)(slash - outdir->target));
    return true;
}

static bool refuse_current_directory(const struct outdir *outdir, struct error *error)
{
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here) || strcmp(here, outdir->target) != 0)
        return true;
    error_set(error, EXIT_OUTPUT, "%s: the current directory cannot be replaced", outdir->target);
    return error_hint(error, "name a directory of its own with -o");
}

static bool make_work(struct outdir *outdir, struct error *error)
{
    const char *name = strrchr(outdir->target, '/') + 1;
    cleanup_hold_signals();
    bool made = make_parents(outdir, error) &&
                workdir_make(&outdir->work, outdir->parent, name, outdir->names, error);
    cleanup_release_signals();
    return made;
}

bool outdir_begin(struct outdir **made, const char *path, const char *const *names,
                  const char *mark, bool (*is_own)(const char *file), struct error *error)
{
    struct outdir *outdir = memory_new(1, sizeof *outdir);
    outdir->names = names;
    outdir->mark = mark;
    outdir->is_own = is_own;
    if (!resolve(outdir, path, error) || !refuse_current_directory(outdir, error) ||
        !check_target(outdir, error) || !make_work(outdir, error)) {
        outdir_free(outdir);
        return false;
    }
    *made = outdir;
    return true;
}

char *outdir_work_path(const struct outdir *outdir, const char *name)
{
    return memory_print("%s/%s", workdir_path(outdir->work), name);
}

const char *outdir_target(const struct outdir *outdir)
{
    return outdir->target;
}

/* The last moment at which a full or broken disk can tell. */
static bool flush_file(const struct outdir *outdir, const char *name, const struct timespec *stamp,
                       struct error *error)
{
    char *path = outdir_work_path(outdir, name);
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    free(path);
    if (file < 0 && errno == ENOENT)
        return true; /* an output that was not asked for */
    const struct timespec times[2] = {*stamp, *stamp};
    bool ok = file >= 0 && futimens(file, times) == 0 && fsync(file) == 0;
    int why = errno;
    if (file >= 0 && close(file) != 0 && ok) {
        ok = false;
        why = errno;
    }
    return ok || error_set(error, EXIT_OUTPUT, "%s/%s: cannot be written: %s", outdir->target, name,
                           strerror(why));
}

static bool flush_directory(const char *path, struct error *error)
{
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = directory >= 0 && fsync(directory) == 0;
    int why = errno;
    if (directory >= 0)
        close(directory);
    /* Some file systems cannot flush a directory and say EINVAL. */
    return ok || why == EINVAL ||
           error_set(error, EXIT_OUTPUT, "%s: cannot be written: %s", path, strerror(why));
}

/* For file systems that cannot exchange two names: the old directory steps aside first. */
static bool replace_in_two_steps(const char *work, const char *target)
{
    char aside[PATH_MAX];
    snprintf(aside, sizeof aside, "%s-old", work);
    bool ok = rename(target, aside) == 0;
    if (ok && rename(work, target) != 0) {
        int why = errno;
        rename(aside, target);
        errno = why;
        ok = false;
    } else if (ok) {
        ok = rename(aside, work) == 0;
    }
    return ok;
}

/* Afterwards the path of the work names what stood at the target before, or nothing. */
static bool put_in_place(const struct outdir *outdir, struct error *error)
{
    const char *work = workdir_path(outdir->work);
    const char *target = outdir->target;
    bool ok = renameat2(AT_FDCWD, work, AT_FDCWD, target, RENAME_NOREPLACE) == 0;
    if (!ok && errno == EEXIST) {
        ok = renameat2(AT_FDCWD, work, AT_FDCWD, target, RENAME_EXCHANGE) == 0;
        if (!ok && (errno == EINVAL || errno == ENOSYS))
            ok = replace_in_two_steps(work, target);
    } else if (!ok && (errno == EINVAL || errno == ENOSYS)) {
        ok = rename(work, target) == 0 ||
             ((errno == EEXIST || errno == ENOTEMPTY) && replace_in_two_steps(work, target));
    }
    return ok ||
           error_set(error, EXIT_OUTPUT, "%s: cannot be put in place: %s", target, strerror(errno));
}

/* The unfinished outputs or, after a commit, the former ones. */
static void remove_work(struct outdir *outdir)
{
    workdir_remove(outdir->work);
    outdir->work = NULL;
}

/* Calls `act` on every parent that was made, the deepest first. Allocates nothing, as the outputs
 * may stand already. */
static void for_made_parents(const struct outdir *outdir, void (*act)(const char *path))
{
    if (!outdir->first_made_parent)
        return;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", outdir->parent);
    size_t shortest = strlen(outdir->first_made_parent);
    while (strlen(path) >= shortest) {
        act(path);
        *strrchr(path, '/') = '\0';
    }
}

static void remove_parent(const char *path)
{
    rmdir(path);
    cleanup_forget(path);
}

bool outdir_commit(struct outdir *outdir, struct error *error)
{
    struct timespec stamp;
    clock_gettime(CLOCK_REALTIME, &stamp);
    for (const char *const *name = outdir->names; *name; name++) {
        if (!flush_file(outdir, *name, &stamp, error))
            return false;
    }
    if (!flush_directory(workdir_path(outdir->work), error) || !check_target(outdir, error))
        return false;

    cleanup_hold_signals();
    bool ok = put_in_place(outdir, error);
    if (ok) {
        for_made_parents(outdir, cleanup_forget);
        free(outdir->first_made_parent);
        outdir->first_made_parent = NULL;
        cleanup_finish();
        remove_work(outdir);
        /* The outputs stand; a parent that cannot be flushed takes nothing back. */
        struct error ignored = {0};
        flush_directory(outdir->parent, &ignored);
    } else {
        cleanup_release_signals();
    }
    return ok;
}

void outdir_free(struct outdir *outdir)
{
    if (!outdir)
        return;
    remove_work(outdir);
    for_made_parents(outdir, remove_parent);
    free(outdir->first_made_parent);
    free(outdir->parent);
    free(outdir->target);
    free(outdir);
}
