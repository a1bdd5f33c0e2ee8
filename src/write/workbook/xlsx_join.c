#include "write/workbook/xlsx_join.h"

#include "zip/deflate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct join {
    const char *path;
    struct zip_reader reader;
    struct zip_writer writer;
    struct deflate *deflate;
    const struct sheet_store *store;
    const struct continued_sheet *sheets;
    size_t sheet_count;
    size_t joined;
};

static bool is_not_sound(const char *path, struct error *error)
{
    return error_set(error, EXIT_OUTPUT, "%s: cannot be written: its frame is not sound",
                     basename(path));
}

static const struct continued_sheet *find_sheet(const struct join *join,
                                                const struct zip_entry *entry)
{
    for (size_t i = 0; i < join->sheet_count; i++) {
        const char *part = join->sheets[i].part;
        if (strlen(part) == entry->name_length &&
            memcmp(part, entry->name, entry->name_length) == 0)
            return &join->sheets[i];
    }
    return NULL;
}

/* A sheet's XML before and after the further rows. */
struct frame {
    const char *front, *back;
    size_t front_length, back_length;
};

static bool find_frame(const struct buffer *xml, struct frame *frame)
{
    static const char end[] = "</sheetData>";
    const char *found = xml->length ? memmem(xml->bytes, xml->length, end, sizeof end - 1) : NULL;
    if (!found)
        return false;
    frame->front = xml->bytes;
    frame->front_length = (size_t)(found - xml->bytes);
    frame->back = found;
    frame->back_length = xml->length - frame->front_length;
    return true;
}

static bool write_sheet(struct join *join, const struct zip_entry *entry, const struct frame *frame,
                        const struct stored_rows *rows, struct error *error)
{
    struct buffer front = {0};
    struct buffer back = {0};
    deflate_append(join->deflate, frame->front, frame->front_length, DEFLATE_JOINT, &front);
    deflate_append(join->deflate, frame->back, frame->back_length, DEFLATE_LAST, &back);
    uint32_t front_sum = deflate_sum(0, frame->front, frame->front_length);
    uint32_t back_sum = deflate_sum(0, frame->back, frame->back_length);
    struct zip_entry whole = *entry;
    whole.method = ZIP_DEFLATED;
    whole.sum = deflate_join_sums(deflate_join_sums(front_sum, rows->sum, rows->plain_length),
                                  back_sum, frame->back_length);
    whole.plain_length = frame->front_length + rows->plain_length + frame->back_length;
    whole.packed_length = front.length + rows->packed_length + back.length;
    zip_writer_begin(&join->writer, &whole);
    zip_writer_append(&join->writer, front.bytes, front.length);
    bool ok = sheet_store_copy(join->store, rows, &join->writer) ||
              outfile_cannot(join->path, errno, error);
    zip_writer_append(&join->writer, back.bytes, back.length);
    buffer_free(&front);
    buffer_free(&back);
    return ok;
}

static bool join_sheet(struct join *join, const struct zip_entry *entry,
                       const struct continued_sheet *sheet, struct error *error)
{
    const uint64_t frame_bytes_max = 1 << 24; /* a sheet has at most 16,384 columns */
    struct buffer xml = {0};
    struct frame frame;
    bool sound = entry->method == ZIP_DEFLATED && entry->plain_length <= frame_bytes_max &&
                 deflate_unpack(entry->packed, entry->packed_length, entry->plain_length, &xml) &&
                 find_frame(&xml, &frame);
    bool ok = sound ? write_sheet(join, entry, &frame, &sheet->rows, error)
                    : is_not_sound(join->path, error);
    join->joined += ok;
    buffer_free(&xml);
    return ok;
}

static bool join_entry(struct join *join, struct error *error)
{
    struct zip_entry entry;
    if (!zip_reader_next(&join->reader, &entry))
        return is_not_sound(join->path, error);
    const struct continued_sheet *sheet = find_sheet(join, &entry);
    if (sheet)
        return join_sheet(join, &entry, sheet, error);
    zip_writer_begin(&join->writer, &entry);
    zip_writer_append(&join->writer, entry.packed, entry.packed_length);
    return true;
}

static bool join_all(struct join *join, struct error *error)
{
    if (!outfile_create(&join->writer.file, join->path, error))
        return false;
    bool ok = true;
    while (ok && join->reader.left > 0)
        ok = join_entry(join, error);
    if (ok && join->joined != join->sheet_count)
        ok = is_not_sound(join->path, error);
    if (!ok) {
        outfile_free(join->writer.file);
        return false;
    }
    zip_writer_end(&join->writer);
    return outfile_close(join->writer.file, error);
}

/* Maps a file's bytes and removes its name. The bytes last until munmap. */
static const char *map_and_unlink(const char *path, size_t *length)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    void *bytes = MAP_FAILED;
    if (file >= 0 && fstat(file, &status) == 0) {
        *length = (size_t)status.st_size;
        bytes = mmap(NULL, *length, PROT_READ, MAP_PRIVATE, file, 0);
    }
    int why = errno;
    if (file >= 0)
        close(file);
    errno = why;
    if (bytes == MAP_FAILED)
        return NULL;
    if (unlink(path) == 0)
        return bytes;
    why = errno;
    munmap(bytes, *length);
    errno = why;
    return NULL;
}

bool xlsx_join(const char *path, const struct sheet_store *store,
               const struct continued_sheet *sheets, size_t sheet_count, struct error *error)
{
    size_t length = 0;
    const char *bytes = map_and_unlink(path, &length);
    if (!bytes)
        return outfile_cannot(path, errno, error);
    struct join join = {
        .path = path,
        .deflate = deflate_new(),
        .store = store,
        .sheets = sheets,
        .sheet_count = sheet_count,
    };
    bool ok = zip_reader_open(&join.reader, bytes, length) ? join_all(&join, error)
                                                           : is_not_sound(path, error);
    deflate_free(join.deflate);
    zip_writer_free(&join.writer);
    munmap((void *)bytes, length);
    return ok;
}
