/* Texts in quotes, in JSON that has not been parsed. */
#ifndef ROLLCALL_JSON_QUOTED_H
#define ROLLCALL_JSON_QUOTED_H

#include <stddef.h>

/* How many bytes the text in quotes takes that begins at `json`, quotes included; all of them if it
   does not end. Fast, as most of a body is in quotes. */
size_t json_quoted_bytes(const char *json, size_t bytes);

#endif
