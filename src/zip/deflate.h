/* Compressing to raw deflate (RFC 1951), and CRC-32, by the quickest library there is. The same
   bytes in the same pieces come out the same; on another kind of processor, where the library goes
   another way, they may come out as others that mean the same. */
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
    DEFLATE_JOINT, /* ends with a whole byte; another stream can follow and make one with it */
    DEFLATE_LAST,
};

/* Compresses some more and appends what is ready; at an end that is all. After one the next bytes
   make a stream of their own. */
void deflate_append(struct deflate *deflate, const char *bytes, size_t length, enum deflate_end end,
                    struct buffer *out);

/* NULL is allowed. */
void deflate_free(struct deflate *deflate);

/* Appends the `length` bytes that a whole stream holds. False if it does not hold just those. */
bool deflate_unpack(const char *packed, size_t packed_length, size_t length, struct buffer *out);

/* The sum of more bytes behind those whose sum is `sum`; that of none is 0. */
uint32_t deflate_sum(uint32_t sum, const char *bytes, size_t length);

/* The sum of two parts: `length` bytes with the sum `second` behind some with the sum `first`. */
uint32_t deflate_join_sums(uint32_t first, uint32_t second, uint64_t length);

#endif
