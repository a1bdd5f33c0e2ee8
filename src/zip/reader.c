#include "zip/layout.h"
#include "zip/zip.h"

#include <string.h>

/* Whether the archive has so many bytes at that place. */
static bool holds(const struct zip_reader *reader, size_t at, size_t length)
{
    return at <= reader->length && length <= reader->length - at;
}

/* The caller has checked that the bytes exist. */

static uint16_t number_16(const struct zip_reader *reader, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)reader->bytes + at;
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static uint32_t number_32(const struct zip_reader *reader, size_t at)
{
    return number_16(reader, at) | (uint32_t)number_16(reader, at + 2) << 16;
}

/* The directory's end record comes last, because archives made here have no comment. */
bool zip_reader_open(struct zip_reader *reader, const char *bytes, size_t length)
{
    *reader = (struct zip_reader){.bytes = bytes, .length = length};
    if (length < ZIP_END_BYTES)
        return false;
    size_t end = length - ZIP_END_BYTES;
    if (number_32(reader, end) != zip_end_signature || number_32(reader, end + 4) != 0 ||
        number_16(reader, end + 8) != number_16(reader, end + 10) ||
        number_16(reader, end + 10) == zip_elsewhere_16)
        return false;
    reader->left = number_16(reader, end + 10);
    reader->at = number_32(reader, end + 16);
    return holds(reader, reader->at, number_32(reader, end + 12)) &&
           reader->at + number_32(reader, end + 12) == end;
}

/* Finds the packed bytes: behind the entry's own header, which repeats the name. */
static bool find_packed(const struct zip_reader *reader, size_t local, struct zip_entry *entry)
{
    if (!holds(reader, local, ZIP_LOCAL_BYTES) || number_32(reader, local) != zip_local_signature)
        return false;
    size_t packed =
        local + ZIP_LOCAL_BYTES + number_16(reader, local + 26) + number_16(reader, local + 28);
    if (number_16(reader, local + 26) != entry->name_length || packed > reader->length ||
        entry->packed_length > reader->length - packed ||
        memcmp(reader->bytes + local + ZIP_LOCAL_BYTES, entry->name, entry->name_length) != 0)
        return false;
    entry->packed = reader->bytes + packed;
    return true;
}

bool zip_reader_next(struct zip_reader *reader, struct zip_entry *entry)
{
    size_t at = reader->at;
    if (reader->left == 0 || !holds(reader, at, ZIP_CENTRAL_BYTES) ||
        number_32(reader, at) != zip_central_signature)
        return false;
    *entry = (struct zip_entry){
        .name = reader->bytes + at + ZIP_CENTRAL_BYTES,
        .name_length = number_16(reader, at + 28),
        .flags = number_16(reader, at + 8),
        .method = number_16(reader, at + 10),
        .time = number_16(reader, at + 12),
        .date = number_16(reader, at + 14),
        .sum = number_32(reader, at + 16),
        .packed_length = number_32(reader, at + 20),
        .plain_length = number_32(reader, at + 24),
    };
    size_t length = ZIP_CENTRAL_BYTES + entry->name_length + number_16(reader, at + 30) +
                    number_16(reader, at + 32);
    uint32_t local = number_32(reader, at + 42);
    bool is_known = (entry->method == ZIP_STORED || entry->method == ZIP_DEFLATED) &&
                    !(entry->flags & ZIP_FLAG_ENCRYPTED) &&
                    entry->packed_length != zip_elsewhere_32 &&
                    entry->plain_length != zip_elsewhere_32 && local != zip_elsewhere_32;
    if (!is_known || !holds(reader, at, length) || !find_packed(reader, local, entry))
        return false;
    reader->at += length;
    reader->left--;
    return true;
}
