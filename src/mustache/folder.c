/* Templates from files. */
#include "mustache/mustache.h"

#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail_to_read(const char *path, struct error *error)
{
    return error_set(error, EXIT_WRONG_USE, "%s: cannot be read: %s", path, strerror(errno));
}

/* Appends all of the plain file. */
static bool read_file(int descriptor, const char *path, struct buffer *text, struct error *error)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return fail_to_read(path, error);
    if (!S_ISREG(status.st_mode))
        return error_set(error, EXIT_WRONG_USE, "%s: is not a plain file", path);

    char block[16 * 1024];
    for (;;) {
        ssize_t got = read(descriptor, block, sizeof block);
        if (got == 0)
            return true;
        if (got < 0 && errno != EINTR)
            return fail_to_read(path, error);
        if (got > 0)
            buffer_append(text, block, (size_t)got);
        if (text->length > MUSTACHE_MAX_TEMPLATE_BYTES)
            return error_set(error, EXIT_WRONG_USE, "%s: the template is larger than %d bytes",
                             path, MUSTACHE_MAX_TEMPLATE_BYTES);
    }
}

bool mustache_add_file(struct mustache_set *set, const char *name, const char *path,
                       struct error *error)
{
    /* Without O_NONBLOCK, open would wait on a named pipe before we see that it is not a file. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return fail_to_read(path, error);
    struct buffer text = {0};
    bool done = read_file(descriptor, path, &text, error) &&
                mustache_add(set, name, path, buffer_text(&text), text.length, error);
    close(descriptor);
    buffer_free(&text);
    return done;
}

bool mustache_folder_open(struct mustache_folder *folder, const char *path, struct error *error)
{
    folder->path = memory_copy_text(path);
    folder->descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->descriptor < 0)
        return fail_to_read(path, error);
    return true;
}

void mustache_folder_close(struct mustache_folder *folder)
{
    if (folder->descriptor >= 0)
        close(folder->descriptor);
    free(folder->path);
    *folder = (struct mustache_folder){.descriptor = -1};
}

/* Whether the name stays in the folder and names no hidden file. */
static bool stays_in_folder(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && !strpbrk(name, "/\\") && !strstr(name, "..");
}

enum mustache_found mustache_folder_load(const void *context, const char *name,
                                         struct mustache_source *source, struct error *error)
{
    const struct mustache_folder *folder = context;
    if (!stays_in_folder(name)) {
        error_set(error, EXIT_WRONG_USE, "a template cannot read files outside its folder: \"%s\"",
                  name);
        error_hint(error, "name a file NAME.mustache of %s by NAME alone", folder->path);
        return MUSTACHE_REFUSED;
    }
    char *file = memory_print("%s.mustache", name);
    source->path = memory_print("%s/%s", folder->path, file);
    int descriptor =
        openat(folder->descriptor, file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    free(file);
    if (descriptor < 0 && errno == ENOENT) {
        free(source->path);
        source->path = NULL;
        return MUSTACHE_ABSENT;
    }
    if (descriptor < 0 && errno == ELOOP) {
        error_set(error, EXIT_WRONG_USE, "%s: is a link; a partial must be a plain file",
                  source->path);
        return MUSTACHE_REFUSED;
    }
    if (descriptor < 0) {
        fail_to_read(source->path, error);
        return MUSTACHE_REFUSED;
    }
    bool done = read_file(descriptor, source->path, &source->text, error);
    close(descriptor);
    return done ? MUSTACHE_FOUND : MUSTACHE_REFUSED;
}
