/* Custom attributes: keys and values that the account's owner defines, kept as one JSON object. */
#ifndef ROLLCALL_CUSTOM_H
#define ROLLCALL_CUSTOM_H

#include "model/cell.h"

struct arena;
struct json_object;

/* Parses a contact's attributes, which may be NULL. Returns NULL if there are none or the text is
   no object. Free the result with custom_free. */
struct json_object *custom_parse(const char *json);

/* The value under `key`; an object or array as its JSON text. Texts belong to the arena. */
struct cell custom_cell(struct json_object *custom, const char *key, struct arena *arena);

/* NULL is allowed. */
void custom_free(struct json_object *custom);

#endif
