/* Whole numbers beyond 64 bits, such as long identifiers. json-c would replace each by the nearest
   number that fits. It keeps the text of a number with an exponent, so these get one while they are
   parsed. */
#ifndef ROLLCALL_LONG_NUMBER_H
#define ROLLCALL_LONG_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct json_object;

/* Appends the JSON text with a mark behind each such number. False, and nothing is appended, if
   there is none. */
bool long_number_mark(const char *json, size_t bytes, struct buffer *out);

/* Takes the marks off: json-c will write each number with its own digits. */
void long_number_unmark(struct json_object *root);

/* Parses the text so. Returns NULL if it is not JSON. */
struct json_object *long_number_parse(const char *json);

#endif
