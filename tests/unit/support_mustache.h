/* Templates rendered over JSON values. */
#ifndef ROLLCALL_TESTS_SUPPORT_MUSTACHE_H
#define ROLLCALL_TESTS_SUPPORT_MUSTACHE_H

#include "base/buffer.h"
#include "base/error.h"
#include "mustache/mustache.h"

#include <stdbool.h>

struct json_object;

/* Renders `text` as the file t.mustache. `partials` is an object of name to text, or NULL. */
bool support_render(const char *text, struct json_object *partials, struct json_object *data,
                    enum mustache_missing missing, struct buffer *out, struct error *error);

#endif
