#include "base/file/destination.h"

#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Resolves an existing path, so that a symbolic link stays. */
static bool find_path(struct destination *destination, const char *path, struct error *error)
{
    char here[PATH_MAX];
    destination->path = realpath(path, NULL);
    if (destination->path)
        return true;
    if (errno != ENOENT || (path[0] != '/' && !getcwd(here, sizeof here)))
        return error_set(error, EXIT_OUTPUT, "%s: %s", path, strerror(errno));
    destination->path = path[0] == '/' ? memory_copy_text(path) : memory_print("%s/%s", here, path);
    return true;
}

static bool find_parent(struct destination *destination, const char *path, struct error *error)
{
    char *found = destination->path;
    size_t length = strlen(found);
    while (length > 1 && found[length - 1] == '/')
        found[--length] = '\0';
    struct stat link;
    if (lstat(found, &link) == 0 && S_ISLNK(link.st_mode))
        return error_set(error, EXIT_OUTPUT, "%s: a link that leads nowhere", path);
    const char *slash = strrchr(found, '/');
    if (slash[1] == '\0' || strcmp(slash, "/.") == 0 || strcmp(slash, "/..") == 0)
        return error_set(error, EXIT_OUTPUT, "%s: not a directory that can be made", path);
    destination->parent =
        slash == found ? memory_copy_text("/") : memory_copy_bytes(found, (size_t)(slash - found));
    return true;
}

static bool refuse_current_directory(const struct destination *destination, struct error *error)
{
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here) || strcmp(here, destination->path) != 0)
        return true;
    error_set(error, EXIT_OUTPUT, "%s: the current directory cannot be replaced",
              destination->path);
    return error_hint(error, "name a directory of its own with -o");
}

bool destination_find(struct destination *destination, const char *path, struct error *error)
{
    return find_path(destination, path, error) && find_parent(destination, path, error) &&
           refuse_current_directory(destination, error);
}

static bool is_known_name(const struct destination *destination, const char *name)
{
    for (const char *const *known = destination->names; *known; known++) {
        if (strcmp(*known, name) == 0)
            return true;
    }
    return false;
}

static bool refuse(const struct destination *destination, const char *name, const char *why,
                   struct error *error)
{
    error_set(error, EXIT_OUTPUT, "%s: not replaced: it holds '%s', which %s", destination->path,
              name, why);
    return error_hint(error, "move it away, or choose another directory with -o");
}

/* Whether a former run left this entry in the target. All files of a run bear the same time. */
static bool check_entry(const struct destination *destination, int directory, const char *name,
                        const struct timespec *stamp, struct error *error)
{
    struct stat entry;
    if (fstatat(directory, name, &entry, AT_SYMLINK_NOFOLLOW) != 0)
        return error_set(error, EXIT_OUTPUT, "%s/%s: %s", destination->path, name, strerror(errno));
    if (!S_ISREG(entry.st_mode) || !is_known_name(destination, name))
        return refuse(destination, name, "rollcall did not write", error);
    if (entry.st_mtim.tv_sec != stamp->tv_sec || entry.st_mtim.tv_nsec != stamp->tv_nsec)
        return refuse(destination, name, "was changed after rollcall wrote it", error);
    return true;
}

static bool find_stamp(const struct destination *destination, const char *first_name,
                       struct timespec *stamp, struct error *error)
{
    char *mark = memory_print("%s/%s", destination->path, destination->mark);
    struct stat status;
    bool own = lstat(mark, &status) == 0 && S_ISREG(status.st_mode) && destination->is_own(mark);
    free(mark);
    if (!own)
        return refuse(destination, first_name, "rollcall did not write", error);
    *stamp = status.st_mtim;
    return true;
}

static bool check_entries(const struct destination *destination, DIR *listing, struct error *error)
{
    struct timespec stamp = {0};
    bool have_stamp = false;
    const struct dirent *entry;
    while ((entry = readdir(listing))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!have_stamp && !find_stamp(destination, entry->d_name, &stamp, error))
            return false;
        have_stamp = true;
        if (!check_entry(destination, dirfd(listing), entry->d_name, &stamp, error))
            return false;
    }
    return true;
}

bool destination_check(const struct destination *destination, struct error *error)
{
    DIR *listing = opendir(destination->path);
    if (!listing)
        return errno == ENOENT ||
               error_set(error, EXIT_OUTPUT, "%s: %s", destination->path, strerror(errno));
    bool ok = check_entries(destination, listing, error);
    closedir(listing);
    return ok;
}

void destination_free(struct destination *destination)
{
    free(destination->path);
    free(destination->parent);
}
