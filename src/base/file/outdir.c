#include "base/file/outdir.h"

#include "base/cleanup.h"
#include "base/file/destination.h"
#include "base/file/flush.h"
#include "base/file/workdir.h"
#include "base/memory.h"

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
    struct destination target;
    const char *const *made; /* the names that have to be there at the end */
    struct workdir *work;    /* NULL until it is made */
    char *first_made_parent; /* topmost parent that did not exist before; NULL if all did */
};

/* Makes the parents that are missing, and remembers the topmost of them. */
static bool make_parents(struct outdir *outdir, struct error *error)
{
    char *path = memory_copy_text(outdir->target.parent);
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

static bool make_work(struct outdir *outdir, struct error *error)
{
    const char *name = strrchr(outdir->target.path, '/') + 1;
    cleanup_hold_signals();
    bool made = make_parents(outdir, error) && workdir_make(&outdir->work, outdir->target.parent,
                                                            name, outdir->target.names, error);
    cleanup_release_signals();
    return made;
}

bool outdir_begin(struct outdir **made, const char *path, const char *const *names,
                  const char *mark, bool (*is_own)(const char *file), struct error *error)
{
    struct outdir *outdir = memory_new(1, sizeof *outdir);
    outdir->made = names;
    outdir->target = (struct destination){.names = names, .mark = mark, .is_own = is_own};
    if (!destination_find(&outdir->target, path, error) ||
        !destination_check(&outdir->target, error) || !make_work(outdir, error)) {
        outdir_free(outdir);
        return false;
    }
    *made = outdir;
    return true;
}

void outdir_make_only(struct outdir *outdir, const char *const *names)
{
    outdir->made = names;
}

char *outdir_work_path(const struct outdir *outdir, const char *name)
{
    return memory_print("%s/%s", workdir_path(outdir->work), name);
}

const char *outdir_target(const struct outdir *outdir)
{
    return outdir->target.path;
}

/* This is the last chance to notice a full or broken disk. A missing file fails as well. */
static bool flush_file(const struct outdir *outdir, const char *name, const struct timespec *stamp,
                       struct error *error)
{
    char *path = outdir_work_path(outdir, name);
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    free(path);
    const struct timespec times[2] = {*stamp, *stamp};
    bool ok = file >= 0 && futimens(file, times) == 0 && fsync(file) == 0;
    int why = errno;
    if (file >= 0 && close(file) != 0 && ok) {
        ok = false;
        why = errno;
    }
    return ok || error_set(error, EXIT_OUTPUT, "%s/%s: cannot be written: %s", outdir->target.path,
                           name, strerror(why));
}

/* Flushes the names of the files, before the directory gets its own name. */
static bool flush_work(const struct outdir *outdir, struct error *error)
{
    return flush_directory(workdir_path(outdir->work)) ||
           error_set(error, EXIT_OUTPUT, "%s: cannot be written: %s", outdir->target.path,
                     strerror(errno));
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

/* Afterwards the work directory's path names the former target, or nothing. */
static bool put_in_place(const struct outdir *outdir, struct error *error)
{
    const char *work = workdir_path(outdir->work);
    const char *target = outdir->target.path;
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

/* Calls `act` on every parent that was made, deepest first. Allocates nothing because the outputs
   may be in place already. */
static void for_made_parents(const struct outdir *outdir, void (*act)(const char *path))
{
    if (!outdir->first_made_parent)
        return;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", outdir->target.parent);
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

static void flush_above(const char *path)
{
    char above[PATH_MAX];
    snprintf(above, sizeof above, "%s", path);
    char *slash = strrchr(above, '/');
    slash[slash == above] = '\0';
    flush_directory(above);
}

/* The directory's own name, and those of the parents that were made for it. */
static void flush_names(const struct outdir *outdir)
{
    flush_above(outdir->target.path);
    for_made_parents(outdir, flush_above);
}

bool outdir_commit(struct outdir *outdir, struct error *error)
{
    struct timespec stamp;
    clock_gettime(CLOCK_REALTIME, &stamp);
    for (const char *const *name = outdir->made; *name; name++) {
        if (!flush_file(outdir, *name, &stamp, error))
            return false;
    }
    if (!flush_work(outdir, error) || !destination_check(&outdir->target, error))
        return false;

    cleanup_hold_signals();
    bool ok = put_in_place(outdir, error);
    if (ok) {
        /* The outputs are in place: a name that cannot be flushed changes nothing. */
        cleanup_finish();
        flush_names(outdir);
        for_made_parents(outdir, cleanup_forget);
        free(outdir->first_made_parent);
        outdir->first_made_parent = NULL;
        remove_work(outdir);
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
    destination_free(&outdir->target);
    free(outdir);
}
