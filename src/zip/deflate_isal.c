/* The stream by ISA-L, which is several times as quick as zlib. */
#include "zip/deflate_parts.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

enum { LEVEL = 2, LEVEL_BYTES = ISAL_DEF_LVL2_DEFAULT };

struct deflate {
    struct isal_zstream stream;
    uint8_t level_bytes[LEVEL_BYTES];
};

static void start(struct deflate *deflate)
{
    isal_deflate_init(&deflate->stream);
    deflate->stream.level = LEVEL;
    deflate->stream.level_buf = deflate->level_bytes;
    deflate->stream.level_buf_size = LEVEL_BYTES;
}

struct deflate *deflate_new(void)
{
    struct deflate *deflate = memory_new(1, sizeof *deflate);
    start(deflate);
    return deflate;
}

void deflate_append_piece(struct deflate *deflate, const char *bytes, size_t length,
                          enum deflate_end end, struct buffer *out)
{
    struct isal_zstream *stream = &deflate->stream;
    stream->next_in = (uint8_t *)bytes;
    stream->avail_in = (uint32_t)length;
    stream->flush = end == DEFLATE_JOINT ? SYNC_FLUSH : NO_FLUSH;
    stream->end_of_stream = end == DEFLATE_LAST;
    do {
        stream->next_out = (uint8_t *)buffer_reserve(out, DEFLATE_ROOM);
        stream->avail_out = DEFLATE_ROOM;
        isal_deflate(stream); /* fails only on an invalid stream */
        out->length += DEFLATE_ROOM - stream->avail_out;
    } while (stream->avail_out == 0);
    if (end != DEFLATE_GOES_ON)
        start(deflate);
}

void deflate_free(struct deflate *deflate)
{
    free(deflate);
}

uint32_t deflate_sum(uint32_t sum, const char *bytes, size_t length)
{
    return crc32_gzip_refl(sum, (const unsigned char *)bytes, length);
}
