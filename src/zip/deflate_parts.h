/* What the two libraries have in common, shared by the files that make up the module. */
#ifndef ROLLCALL_DEFLATE_PARTS_H
#define ROLLCALL_DEFLATE_PARTS_H

#include "zip/deflate.h"

enum {
    DEFLATE_PIECE_MAX = 1 << 30, /* libraries count in 32 bits */
    DEFLATE_ROOM = 1 << 16,      /* how much output to make room for at once */
};

/* As deflate_append, with no more than a piece; the library's part of it. */
void deflate_append_piece(struct deflate *deflate, const char *bytes, size_t length,
                          enum deflate_end end, struct buffer *out);

/* zlib's memory, which never runs out: memory.h sees to that. */
void *deflate_allocate(void *nothing, unsigned count, unsigned size);
void deflate_release(void *nothing, void *block);

#endif
