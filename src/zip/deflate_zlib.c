/* The stream by zlib, where ISA-L is not available. */
#include "zip/deflate_parts.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <stdlib.h>
#include <zlib.h>

struct deflate {
    z_stream stream;
};

struct deflate *deflate_new(void)
{
    enum { RAW = -MAX_WBITS, MEMORY = 8 };
    struct deflate *deflate = memory_new(1, sizeof *deflate);
    deflate->stream.zalloc = deflate_allocate;
    deflate->stream.zfree = deflate_release;
    deflateInit2(&deflate->stream, Z_BEST_SPEED, Z_DEFLATED, RAW, MEMORY, Z_DEFAULT_STRATEGY);
    return deflate;
}

/* Named `into` because zlib has a function named deflate. */
void deflate_append_piece(struct deflate *into, const char *bytes, size_t length,
                          enum deflate_end end, struct buffer *out)
{
    static const int flushes[] = {
        [DEFLATE_GOES_ON] = Z_NO_FLUSH, [DEFLATE_JOINT] = Z_SYNC_FLUSH, [DEFLATE_LAST] = Z_FINISH};
    z_stream *stream = &into->stream;
    stream->next_in = (Bytef *)bytes;
    stream->avail_in = (uInt)length;
    do {
        stream->next_out = (Bytef *)buffer_reserve(out, DEFLATE_ROOM);
        stream->avail_out = DEFLATE_ROOM;
        deflate(stream, flushes[end]); /* fails only on an invalid stream */
        out->length += DEFLATE_ROOM - stream->avail_out;
    } while (stream->avail_out == 0);
    if (end != DEFLATE_GOES_ON)
        deflateReset(stream);
}

void deflate_free(struct deflate *deflate)
{
    if (!deflate)
        return;
    deflateEnd(&deflate->stream);
    free(deflate);
}

uint32_t deflate_sum(uint32_t sum, const char *bytes, size_t length)
{
    return (uint32_t)crc32_z(sum, (const Bytef *)bytes, length);
}
