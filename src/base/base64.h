/* Base64, as RFC 4648 has it. */
#ifndef ROLLCALL_BASE64_H
#define ROLLCALL_BASE64_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

/* Appends the bytes in base64, padded. */
void base64_encode(const char *bytes, size_t length, struct buffer *out);

/* Appends what the text stands for, up to its first character that is not of base64's. */
void base64_decode(const char *text, size_t length, struct buffer *out);

/* Whether the character is one of the 64, in the plain alphabet or in the one for URLs. */
bool base64_has(char c);

#endif
