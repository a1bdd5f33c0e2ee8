#include "zip/layout.h"
#include "zip/zip.h"

enum {
    VERSION_PLAIN = 20,
    VERSION_ZIP64 = 45,
    ZIP64_FIELD = 1,
    ZIP64_END_BYTES = 56,
};

static const uint32_t zip64_end_signature = 0x06064B50;
static const uint32_t zip64_locator_signature = 0x07064B50;

static void append_16(struct buffer *out, uint64_t number)
{
    buffer_append(out, (const char[]){(char)(number & 0xFF), (char)(number >> 8 & 0xFF)}, 2);
}

static void append_32(struct buffer *out, uint64_t number)
{
    append_16(out, number);
    append_16(out, number >> 16);
}

static void append_64(struct buffer *out, uint64_t number)
{
    append_32(out, number);
    append_32(out, number >> 32);
}

static bool is_large(uint64_t number)
{
    return number >= zip_elsewhere_32;
}

static uint32_t or_elsewhere(uint64_t number)
{
    return is_large(number) ? zip_elsewhere_32 : (uint32_t)number;
}

/* Both lengths of an entry go into the ZIP64 field together. */
static bool has_large_lengths(const struct zip_entry *entry)
{
    return is_large(entry->packed_length) || is_large(entry->plain_length);
}

/* The part that both headers of an entry share, up to the length of the name. */
static void append_facts(struct buffer *out, const struct zip_entry *entry)
{
    bool large = has_large_lengths(entry);
    append_16(out, entry->flags & ~(unsigned)ZIP_FLAG_LENGTHS_BEHIND);
    append_16(out, entry->method);
    append_16(out, entry->time);
    append_16(out, entry->date);
    append_32(out, entry->sum);
    append_32(out, large ? zip_elsewhere_32 : entry->packed_length);
    append_32(out, large ? zip_elsewhere_32 : entry->plain_length);
    append_16(out, entry->name_length);
}

static void append_zip64_lengths(struct buffer *out, const struct zip_entry *entry)
{
    append_64(out, entry->plain_length);
    append_64(out, entry->packed_length);
}

static void append_central(struct buffer *out, const struct zip_entry *entry, uint64_t offset)
{
    bool large = has_large_lengths(entry);
    size_t field = (large ? 16U : 0U) + (is_large(offset) ? 8U : 0U);
    append_32(out, zip_central_signature);
    append_16(out, field ? VERSION_ZIP64 : VERSION_PLAIN); /* made by */
    append_16(out, field ? VERSION_ZIP64 : VERSION_PLAIN); /* needed to read it */
    append_facts(out, entry);
    append_16(out, field ? field + 4 : 0);
    append_16(out, 0); /* no comment */
    append_16(out, 0); /* the first part of one */
    append_16(out, 0);
    append_32(out, 0); /* no attributes */
    append_32(out, or_elsewhere(offset));
    buffer_append(out, entry->name, entry->name_length);
    if (field > 0) {
        append_16(out, ZIP64_FIELD);
        append_16(out, field);
        if (large)
            append_zip64_lengths(out, entry);
        if (is_large(offset))
            append_64(out, offset);
    }
}

void zip_writer_append(struct zip_writer *writer, const char *bytes, size_t length)
{
    outfile_write(writer->file, bytes, length);
    writer->offset += length;
}

void zip_writer_begin(struct zip_writer *writer, const struct zip_entry *entry)
{
    struct buffer header = {0};
    bool large = has_large_lengths(entry);
    append_central(&writer->directory, entry, writer->offset);
    writer->count++;
    append_32(&header, zip_local_signature);
    append_16(&header, large ? VERSION_ZIP64 : VERSION_PLAIN);
    append_facts(&header, entry);
    append_16(&header, large ? 20 : 0);
    buffer_append(&header, entry->name, entry->name_length);
    if (large) {
        append_16(&header, ZIP64_FIELD);
        append_16(&header, 16);
        append_zip64_lengths(&header, entry);
    }
    zip_writer_append(writer, header.bytes, header.length);
    buffer_free(&header);
}

/* Repeats in 64 bits where the directory is, and says where this record is. */
static void append_zip64_end(struct buffer *out, const struct zip_writer *writer, uint64_t length)
{
    append_32(out, zip64_end_signature);
    append_64(out, ZIP64_END_BYTES - 12); /* what follows */
    append_16(out, VERSION_ZIP64);
    append_16(out, VERSION_ZIP64);
    append_32(out, 0);
    append_32(out, 0);
    append_64(out, writer->count);
    append_64(out, writer->count);
    append_64(out, length);
    append_64(out, writer->offset);
    append_32(out, zip64_locator_signature);
    append_32(out, 0);
    append_64(out, writer->offset + length);
    append_32(out, 1); /* part in all */
}

void zip_writer_end(struct zip_writer *writer)
{
    struct buffer *out = &writer->directory;
    uint64_t length = out->length;
    bool many = writer->count >= zip_elsewhere_16;
    if (many || is_large(length) || is_large(writer->offset))
        append_zip64_end(out, writer, length);
    uint64_t count = many ? zip_elsewhere_16 : writer->count;
    append_32(out, zip_end_signature);
    append_32(out, 0); /* one part only */
    append_16(out, count);
    append_16(out, count);
    append_32(out, or_elsewhere(length));
    append_32(out, or_elsewhere(writer->offset));
    append_16(out, 0); /* no comment */
    zip_writer_append(writer, out->bytes, out->length);
}

void zip_writer_free(struct zip_writer *writer)
{
    buffer_free(&writer->directory);
}
