/* The order in which each pass reads the list. Pure.

   The server breaks no ties: contacts with the same key come in a new order at each request, so
   that a pass can read one twice and another never. What ties in one key seldom ties in another. */
#ifndef ROLLCALL_PASSES_H
#define ROLLCALL_PASSES_H

#include <stdbool.h>

struct pass_order {
    const char *sort;      /* one of the API's keys */
    const char *direction; /* "asc" or "desc" */
};

/* What comes after a pass in that order: the same again or, if ties spoilt it, by a key of which
   fewer contacts share the value. The texts are `last`'s or the program's own. */
struct pass_order passes_next(struct pass_order last, bool was_tied);

#endif
