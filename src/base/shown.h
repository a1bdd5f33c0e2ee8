/* Texts from outside, fit to be shown within a line of a message. */
#ifndef ROLLCALL_SHOWN_H
#define ROLLCALL_SHOWN_H

#include <stddef.h>

struct buffer;

/* Appends the characters of the text, in whatever script, except those that would do something
   instead of being shown: controls, line breaks, and what turns the direction of text or is
   invisible. Drops what is not UTF-8. */
void shown_append(const char *text, size_t bytes, struct buffer *out);

/* The bytes of the whole characters within the first `most` bytes of UTF-8. */
size_t shown_whole_bytes(const char *text, size_t most);

#endif
