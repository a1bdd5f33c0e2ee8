/* Base64 (RFC 4648). */
#ifndef ROLLCALL_BASE64_H
#define ROLLCALL_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

/* Appends the bytes in base64, padded. */
void base64_encode(const char *bytes, size_t length, struct buffer *out);

/* Appends the decoded text, up to the first character that is not base64. */
void base64_decode(const char *text, size_t length, struct buffer *out);

/* Whether the character belongs to base64's plain alphabet or to its alphabet for URLs. */
bool base64_has(char c);

#endif
