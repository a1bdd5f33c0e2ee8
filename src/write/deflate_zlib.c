/* The stream by zlib, where ISA-L is not to be had. */
#include "write/deflate.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "write/deflate_memory.h"

#include <stdlib.h>
#include <zlib.h>

enum { ROOM_BYTES = 1 << 16, PIECE_BYTES_MAX = 1 << 30 };

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

static void append_piece(z_stream *stream, const char *bytes, size_t length, enum deflate_end end,
                         struct buffer *out)
{
    static const int flushes[] = {
        [DEFLATE_GOES_ON] = Z_NO_FLUSH, [DEFLATE_JOINT] = Z_SYNC_FLUSH, [DEFLATE_LAST] = Z_FINISH};
    stream->next_in = (Bytef *)bytes;
    stream->avail_in = (uInt)length;
    do {
        stream->next_out = (Bytef *)buffer_reserve(out, ROOM_BYTES);
        stream->avail_out = ROOM_BYTES;
        deflate(stream, flushes[end]); /* fails on what is no stream only */
        out->length += ROOM_BYTES - stream->avail_out;
    } while (stream->avail_out == 0);
    if (end != DEFLATE_GOES_ON)
        deflateReset(stream);
}

void deflate_append(struct deflate *deflate, const char *bytes, size_t length, enum deflate_end end,
                    struct buffer *out)
{
    for (; length > PIECE_BYTES_MAX; length -= PIECE_BYTES_MAX, bytes += PIECE_BYTES_MAX)
        append_piece(&deflate->stream, bytes, PIECE_BYTES_MAX, DEFLATE_GOES_ON, out);
    append_piece(&deflate->stream, bytes, length, end, out);
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
