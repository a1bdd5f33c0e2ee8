#include "write/workbook/sheet_store.h"

#include "base/file/scratch.h"
#include "base/memory.h"
#include "zip/deflate.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { XML_BYTES = 1 << 17, COPY_BYTES = 1 << 16 };

struct sheet_store {
    int file;
    struct deflate *deflate;
    struct buffer xml;    /* not compressed yet */
    struct buffer packed; /* not written yet */
    struct stored_rows rows;
};

bool sheet_store_open(struct sheet_store **opened, const char *directory)
{
    int file = scratch_open(directory);
    if (file < 0)
        return false;
    struct sheet_store *store = memory_new(1, sizeof *store);
    store->file = file;
    store->deflate = deflate_new();
    *opened = store;
    return true;
}

struct buffer *sheet_store_xml(struct sheet_store *store)
{
    return &store->xml;
}

static bool write_packed(struct sheet_store *store)
{
    const struct buffer *packed = &store->packed;
    size_t written = 0;
    while (written < packed->length) {
        ssize_t some = write(store->file, packed->bytes + written, packed->length - written);
        if (some < 0 && errno != EINTR)
            return false;
        if (some > 0)
            written += (size_t)some;
    }
    store->rows.packed_length += packed->length;
    buffer_clear(&store->packed);
    return true;
}

static bool pack(struct sheet_store *store, enum deflate_end end)
{
    struct buffer *xml = &store->xml;
    struct stored_rows *rows = &store->rows;
    rows->sum = deflate_sum(rows->sum, buffer_text(xml), xml->length);
    rows->plain_length += xml->length;
    deflate_append(store->deflate, buffer_text(xml), xml->length, end, &store->packed);
    buffer_clear(xml);
    return write_packed(store);
}

bool sheet_store_row(struct sheet_store *store)
{
    return store->xml.length < XML_BYTES || pack(store, DEFLATE_GOES_ON);
}

bool sheet_store_end_sheet(struct sheet_store *store, struct stored_rows *rows)
{
    if (!pack(store, DEFLATE_JOINT))
        return false;
    *rows = store->rows;
    store->rows = (struct stored_rows){.offset = rows->offset + rows->packed_length};
    return true;
}

bool sheet_store_copy(const struct sheet_store *store, const struct stored_rows *rows,
                      struct zip_writer *writer)
{
    char bytes[COPY_BYTES];
    uint64_t copied = 0;
    while (copied < rows->packed_length) {
        uint64_t left = rows->packed_length - copied;
        ssize_t some = pread(store->file, bytes, left < sizeof bytes ? left : sizeof bytes,
                             (off_t)(rows->offset + copied));
        if (some == 0)
            errno = EIO; /* the file has become shorter */
        if (some == 0 || (some < 0 && errno != EINTR))
            return false;
        if (some > 0) {
            zip_writer_append(writer, bytes, (size_t)some);
            copied += (uint64_t)some;
        }
    }
    return true;
}

void sheet_store_free(struct sheet_store *store)
{
    if (!store)
        return;
    close(store->file);
    deflate_free(store->deflate);
    buffer_free(&store->xml);
    buffer_free(&store->packed);
    free(store);
}
