/* What the module's files for the two libraries share. */
#ifndef ROLLCALL_DEFLATE_PARTS_H
#define ROLLCALL_DEFLATE_PARTS_H

#include "zip/deflate.h"

enum {
    DEFLATE_PIECE_MAX = 1 << 30, /* libraries count in 32 bits */
    DEFLATE_ROOM = 1 << 16,      /* room for output reserved at once */
};

/* The library's part of deflate_append, for at most one piece. */
void deflate_append_piece(struct deflate *deflate, const char *bytes, size_t length,
                          enum deflate_end end, struct buffer *out);

/* zlib's allocator, which never returns NULL: see memory.h. */
void *deflate_allocate(void *nothing, unsigned count, unsigned size);
void deflate_release(void *nothing, void *block);

#endif
