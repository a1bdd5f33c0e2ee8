/* Keys that hold a NUL. json-c keeps keys as C strings and would cut them there, so that one key
   overwrites another. While JSON is parsed, such a NUL is two bytes that no UTF-8 text holds, as
   in Java's modified UTF-8. */
#ifndef ROLLCALL_NUL_KEY_H
#define ROLLCALL_NUL_KEY_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

/* Appends the JSON text with the NULs of its keys hidden. False, and nothing is appended, if it
   holds none. */
bool nul_key_hide(const char *json, size_t bytes, struct buffer *out);

/* Whether the parsed key holds a NUL. */
bool nul_key_is(const char *key);

/* Appends JSON text that was made of parsed keys, with each hidden NUL escaped again. False, and
   nothing is appended, if there is none. */
bool nul_key_show(const char *json, size_t bytes, struct buffer *out);

#endif
