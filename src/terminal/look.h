/* What a stream's reader can be shown, and texts made fit to be shown. */
#ifndef ROLLCALL_TERMINAL_LOOK_H
#define ROLLCALL_TERMINAL_LOOK_H

#include <stdbool.h>
#include <stdint.h>

struct buffer;

struct terminal_look {
    bool is_live;    /* a terminal that can clear a line: one line can be redrawn */
    bool has_colour; /* a terminal that shows colours, and nobody has said that they are unwanted */
    bool has_blocks; /* shows block characters; else bars are ASCII */
};

/* Of STDOUT_FILENO or STDERR_FILENO. */
struct terminal_look terminal_look_at(int stream);

/* Appends the bar of that part of the whole, up to so many columns; what is more than nothing is
   seen. Behind it come no blanks. */
void terminal_bar(int64_t part, int64_t whole, int columns, bool has_blocks, struct buffer *out);

/* Appends the bar in brackets and of fixed width, as a gauge. */
void terminal_gauge(int64_t part, int64_t whole, int columns, bool has_blocks, struct buffer *out);

/* Appends the text, which may come from a server, with ? for what a terminal would obey: control
   characters and those that turn the direction of a line or end it. */
void terminal_harmless(const char *text, struct buffer *out);

#endif
