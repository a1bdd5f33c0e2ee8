/* Writing JSON by hand, for speed: a page is made for every request. */
#ifndef SANDBOX_JSON_TEXT_H
#define SANDBOX_JSON_TEXT_H

#include "base/buffer.h"

#include <stdint.h>

/* A string with its quotes; NULL gives null. */
void json_text(struct buffer *json, const char *text);

void json_number(struct buffer *json, int64_t number);

#endif
