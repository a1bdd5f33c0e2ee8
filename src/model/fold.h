/* Makes texts comparable: ignores differences of blanks, case and compatibility variants. */
#ifndef ROLLCALL_FOLD_H
#define ROLLCALL_FOLD_H

#include <stdbool.h>

struct buffer;

/* Appends `text` (valid UTF-8) without blanks at its ends and with each run of blanks inside as one
   space. A blank is a character with the Unicode property White_Space. */
void fold_blanks(const char *text, struct buffer *out);

/* Whether fold_blanks would append nothing. */
bool fold_is_blank(const char *text);

/* Appends the text's key: blanks folded, Unicode NFKC, then full case folding. Two texts are the
   same if their keys are equal. */
void fold_key(const char *text, struct buffer *out);

#endif
