/* Reads a ZIP archive that lies in memory, and writes a new one from front to back. */
#ifndef ROLLCALL_ZIP_H
#define ROLLCALL_ZIP_H

#include "base/buffer.h"
#include "base/file/outfile.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum zip_method { ZIP_STORED = 0, ZIP_DEFLATED = 8 };

struct zip_entry {
    const char *name; /* not NUL-terminated; borrowed */
    size_t name_length;
    uint16_t flags;
    uint16_t method;
    uint16_t time, date; /* as MS-DOS has them */
    uint32_t sum;        /* CRC-32 of the plain bytes */
    uint64_t packed_length;
    uint64_t plain_length;
    const char *packed; /* of an entry read from an archive, which owns it */
};

/* A reader's place in an archive's directory. */
struct zip_reader {
    const char *bytes;
    size_t length;
    size_t at;
    size_t left; /* entries */
};

/* Both return false if the archive is damaged or of an unsupported kind: encrypted, in several
   parts, or with ZIP64 fields. */
bool zip_reader_open(struct zip_reader *reader, const char *bytes, size_t length);
/* Reads the next entry; there must be one left. */
bool zip_reader_next(struct zip_reader *reader, struct zip_entry *entry);

/* {.file = …} is an archive without entries. */
struct zip_writer {
    struct outfile *file; /* borrowed */
    uint64_t offset;
    uint64_t count;
    struct buffer directory;
};

/* Begins an entry, whose lengths and sum are final. Exactly its packed bytes must follow, in any
   number of pieces. */
void zip_writer_begin(struct zip_writer *writer, const struct zip_entry *entry);
void zip_writer_append(struct zip_writer *writer, const char *bytes, size_t length);

/* Writes the directory. */
void zip_writer_end(struct zip_writer *writer);

void zip_writer_free(struct zip_writer *writer);

#endif
