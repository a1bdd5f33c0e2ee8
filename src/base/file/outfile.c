#include "base/file/outfile.h"

#include "base/file/writeback.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct outfile {
    FILE *stream;
    char *path;
    struct writeback writeback;
    int failed; /* errno of the first write that failed, or 0 */
};

bool outfile_cannot(const char *path, int why, struct error *error)
{
    error_set(error, EXIT_OUTPUT, "%s: cannot be written: %s", basename(path), strerror(why));
    if (why == ENOSPC || why == EDQUOT)
        error_hint(error, "make room there, or choose another place with -o");
    return false;
}

bool outfile_create(struct outfile **made, const char *path, struct error *error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *stream = file >= 0 ? fdopen(file, "w") : NULL;
    if (!stream) {
        int why = errno;
        if (file >= 0)
            close(file);
        return outfile_cannot(path, why, error);
    }
    struct outfile *outfile = memory_new(1, sizeof *outfile);
    outfile->stream = stream;
    outfile->path = memory_copy_text(path);
    *made = outfile;
    return true;
}

void outfile_write(struct outfile *outfile, const char *bytes, size_t length)
{
    if (!outfile->failed && fwrite(bytes, 1, length, outfile->stream) != length)
        outfile->failed = errno ? errno : EIO;
    writeback_note(&outfile->writeback, fileno(outfile->stream), length);
}

void outfile_write_text(struct outfile *outfile, const char *text)
{
    outfile_write(outfile, text, strlen(text));
}

bool outfile_close(struct outfile *outfile, struct error *error)
{
    if (!outfile->failed && fflush(outfile->stream) != 0)
        outfile->failed = errno;
    if (fclose(outfile->stream) != 0 && !outfile->failed)
        outfile->failed = errno;
    outfile->stream = NULL;
    bool ok = !outfile->failed || outfile_cannot(outfile->path, outfile->failed, error);
    outfile_free(outfile);
    return ok;
}

void outfile_free(struct outfile *outfile)
{
    if (!outfile)
        return;
    if (outfile->stream)
        fclose(outfile->stream);
    free(outfile->path);
    free(outfile);
}

/* If too many files are open, the file itself is not at fault. */
static bool cannot_read(const char *from, struct error *error)
{
    bool is_starved = errno == EMFILE || errno == ENFILE;
    return error_set(error, is_starved ? EXIT_UNEXPECTED : EXIT_WRONG_USE, "%s: %s", from,
                     strerror(errno));
}

static bool copy_bytes(int source, const char *from, struct outfile *target, struct error *error)
{
    char bytes[1 << 16];
    ssize_t got;
    while ((got = read(source, bytes, sizeof bytes)) > 0)
        outfile_write(target, bytes, (size_t)got);
    return got == 0 || cannot_read(from, error);
}

bool outfile_copy(const char *from, const char *to, struct error *error)
{
    int source = open(from, O_RDONLY | O_CLOEXEC);
    if (source < 0)
        return cannot_read(from, error);
    struct outfile *target = NULL;
    bool ok = outfile_create(&target, to, error);
    if (ok) {
        ok = copy_bytes(source, from, target, error);
        if (ok)
            ok = outfile_close(target, error);
        else
            outfile_free(target);
    }
    close(source);
    return ok;
}
