/* Raw deflate compression (RFC 1951) and CRC-32, with the quickest available library. The same
   bytes in the same pieces give the same output. On another kind of processor the library may give
   other output, which expands to the same bytes. */
#ifndef ROLLCALL_DEFLATE_H
#define ROLLCALL_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct deflate;

/* An empty stream. */
struct deflate *deflate_new(void);

enum deflate_end {
    DEFLATE_GOES_ON,
    DEFLATE_JOINT, /* ends with a whole byte; another stream can follow and continue it */
    DEFLATE_LAST,
};

/* Compresses more bytes and appends the output that is ready; at an end, all of it. After an end,
   the next bytes start a new stream. */
void deflate_append(struct deflate *deflate, const char *bytes, size_t length, enum deflate_end end,
                    struct buffer *out);

/* NULL is allowed. */
void deflate_free(struct deflate *deflate);

/* Expands a whole stream and appends its `length` bytes. False if it does not hold exactly that
   many. */
bool deflate_unpack(const char *packed, size_t packed_length, size_t length, struct buffer *out);

/* Continues the sum `sum` with more bytes. The sum of no bytes is 0. */
uint32_t deflate_sum(uint32_t sum, const char *bytes, size_t length);

/* The sum of two joined parts: the first has the sum `first`; the second has `length` bytes and the
   sum `second`. */
uint32_t deflate_join_sums(uint32_t first, uint32_t second, uint64_t length);

#endif
