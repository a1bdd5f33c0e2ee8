/* Makes texts from outside safe to hold as C strings. */
#ifndef ROLLCALL_UTF8_H
#define ROLLCALL_UTF8_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buffer;

/* Whether the bytes are valid UTF-8 and hold no NUL. */
bool utf8_is_clean(const char *bytes, size_t length);

/* Appends the bytes; U+FFFD replaces each NUL and each part that is not UTF-8. */
void utf8_repair(const char *bytes, size_t length, struct buffer *out);

/* A copy that the arena owns, repaired in the same way if necessary. */
const char *utf8_keep(const char *bytes, size_t length, struct arena *arena);

#endif
