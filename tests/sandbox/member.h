/* The members of a JSON object as they are in the text. So the server sends a contact byte by byte
   as given, without a parser changing its numbers and escapes. */
#ifndef SANDBOX_MEMBER_H
#define SANDBOX_MEMBER_H

#include <stdbool.h>
#include <stddef.h>

struct member {
    const char *text; /* the key's opening quote */
    size_t length;    /* up to the end of the value */
    const char *key;  /* without its quotes, escapes not resolved */
    size_t key_length;
};

/* Finds the next member. `*at` starts at the object's text, which a parser has found valid. */
bool member_next(const char **at, struct member *member);

bool member_is(const struct member *member, const char *key);

#endif
