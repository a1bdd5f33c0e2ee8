/* A text that grows. Always NUL-terminated once anything was appended; the bytes may hold NULs of
 * their own. */
#ifndef ROLLCALL_BUFFER_H
#define ROLLCALL_BUFFER_H

#include <stddef.h>

/* {0} is an empty buffer. */
struct buffer {
    char *bytes; /* NULL until something is appended */
    size_t length;
    size_t capacity;
};

void buffer_append(struct buffer *buffer, const char *bytes, size_t length);

/* Makes room for `more` bytes behind the text and returns where they go. The caller adds what
   it writes there to `length`, or it is lost. The text has no NUL behind it until the next
   append. */
char *buffer_reserve(struct buffer *buffer, size_t more);

void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_append_char(struct buffer *buffer, char c);
void buffer_print(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The text, "" if nothing was appended. Valid until the next append. */
const char *buffer_text(const struct buffer *buffer);

/* Empties the buffer but keeps the memory for the next use. */
void buffer_clear(struct buffer *buffer);

/* Hands the text (never NULL) to the caller, who frees it; the buffer is empty afterwards. */
char *buffer_take(struct buffer *buffer);

void buffer_free(struct buffer *buffer);

#endif
