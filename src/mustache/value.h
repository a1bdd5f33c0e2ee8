/* JSON values as the template engine sees them. Private to it. */
#ifndef ROLLCALL_MUSTACHE_VALUE_H
#define ROLLCALL_MUSTACHE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

struct json_object;

/* The values that names are looked up in, innermost first. */
struct mustache_context {
    struct json_object *value; /* borrowed */
    const struct mustache_context *outer;
};

/* Finds the value of a dotted name; "." is the innermost value. NULL if it is null or missing. Adds
   the number of values that it searched to `steps`. */
struct json_object *mustache_look_up(const struct mustache_context *context, const char *name,
                                     size_t *steps);

/* Whether a section of this value is rendered. */
bool mustache_holds(struct json_object *value);

/* The value as text, not NUL-terminated: null is "", any other value but a string is JSON. The text
   is valid until the value changes or `number`, which holds a fraction's digits, is reused. */
struct mustache_number {
    char text[32];
};

const char *mustache_value_text(struct json_object *value, struct mustache_number *number,
                                size_t *length);

/* The number of times that a section repeats: a list's items. -1 if the value is no list. */
long mustache_list_length(struct json_object *value);

struct json_object *mustache_list_item(struct json_object *list, size_t index);

#endif
