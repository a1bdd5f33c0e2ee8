/* What `rollcall check` has found out, for people and for programs. */
#ifndef ROLLCALL_CHECK_TEXT_H
#define ROLLCALL_CHECK_TEXT_H

#include "fetch/check.h"

struct buffer;

/* What was asked, and the answers. Borrowed. */
struct checked {
    const struct source *source;
    const char *credentials_origin;
    const struct check *check;
};

/* Appends a line for each finding, in plain words. */
void check_append_text(const struct checked *checked, struct buffer *out);

/* Appends one JSON object and a line break. */
void check_append_json(const struct checked *checked, struct buffer *out);

#endif
