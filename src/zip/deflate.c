#include "zip/deflate_parts.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

void *deflate_allocate(void *nothing, unsigned count, unsigned size)
{
    (void)nothing;
    return memory_new(count, size);
}

void deflate_release(void *nothing, void *block)
{
    (void)nothing;
    free(block);
}

void deflate_append(struct deflate *deflate, const char *bytes, size_t length, enum deflate_end end,
                    struct buffer *out)
{
    for (; length > DEFLATE_PIECE_MAX; length -= DEFLATE_PIECE_MAX, bytes += DEFLATE_PIECE_MAX)
        deflate_append_piece(deflate, bytes, DEFLATE_PIECE_MAX, DEFLATE_GOES_ON, out);
    deflate_append_piece(deflate, bytes, length, end, out);
}

bool deflate_unpack(const char *packed, size_t packed_length, size_t length, struct buffer *out)
{
    enum { RAW = -MAX_WBITS };
    if (packed_length > UINT_MAX || length > UINT_MAX)
        return false;
    z_stream stream = {.zalloc = deflate_allocate, .zfree = deflate_release};
    inflateInit2(&stream, RAW);
    stream.next_in = (Bytef *)packed;
    stream.avail_in = (uInt)packed_length;
    stream.next_out = (Bytef *)buffer_reserve(out, length + 1);
    stream.avail_out = (uInt)length;
    bool ok = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    if (ok) {
        out->length += length;
        buffer_append(out, "", 0);
    }
    return ok;
}

uint32_t deflate_join_sums(uint32_t first, uint32_t second, uint64_t length)
{
    return (uint32_t)crc32_combine(first, second, (z_off_t)length);
}
