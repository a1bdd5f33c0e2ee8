/* What a stream can show, and texts made fit for it. */
#ifndef ROLLCALL_TERMINAL_LOOK_H
#define ROLLCALL_TERMINAL_LOOK_H

#include <stdbool.h>
#include <stdint.h>

struct buffer;

struct terminal_look {
    bool is_live;    /* a terminal that can clear a line: one line can be redrawn */
    bool has_colour; /* a terminal that shows colours, without NO_COLOR */
    bool has_blocks; /* shows block characters; else bars are ASCII */
};

/* `stream` is STDOUT_FILENO or STDERR_FILENO. */
struct terminal_look terminal_look_at(int stream);

/* Appends a bar for that part of the whole, at most `columns` wide, without blanks after it. A part
   above 0 gets at least the smallest bar. */
void terminal_bar(int64_t part, int64_t whole, int columns, bool has_blocks, struct buffer *out);

/* Appends the bar padded to `columns`, in brackets, as a gauge. */
void terminal_gauge(int64_t part, int64_t whole, int columns, bool has_blocks, struct buffer *out);

/* Appends the text, which may come from a server or a damaged file. Replaces with ? what a terminal
   would obey: control characters and characters that change the direction of a line or end it; and
   with U+FFFD what is not UTF-8. */
void terminal_harmless(const char *text, struct buffer *out);

#endif
