/* How far a fetch is, in one line. Pure. */
#ifndef ROLLCALL_TERMINAL_PROGRESS_H
#define ROLLCALL_TERMINAL_PROGRESS_H

#include "fetch/fetch_options.h"

#include <stdbool.h>

struct buffer;

/* Appends "fetch [████······]  42 %  42,000 of 100,000 contacts  1,234/s  0:47 left", without parts
   that do not fit into `columns`. */
void terminal_progress_line(const struct fetch_progress *progress, int columns, bool has_blocks,
                            struct buffer *out);

/* Appends the same without a bar, whatever its length. */
void terminal_progress_text(const struct fetch_progress *progress, struct buffer *out);

/* Appends "waiting 22 s: the server asked for it (429)", if there is a hold. */
void terminal_hold_text(const struct fetch_hold *hold, struct buffer *out);

#endif
