/* When each pass reads the list, and in which order. Pure.

   The server breaks no ties: contacts with the same key come in a new order at each request, so
   that a pass can read one twice and another never. What ties in one key seldom ties in another. */
#ifndef ROLLCALL_PASSES_H
#define ROLLCALL_PASSES_H

#include "model/checkpoint.h"

#include <stdbool.h>
#include <stdint.h>

struct pass_order {
    const char *sort;      /* one of the API's keys */
    const char *direction; /* "asc" or "desc" */
};

/* What comes after a pass in that order: the same again or, if ties spoilt it, by a key of which
   fewer contacts share the value. The texts are `last`'s or the program's own. */
struct pass_order passes_next(struct pass_order last, bool was_tied);

/* How many seconds to wait before the pass after `pass` (from 1), whose record that is, so that
   what was created last will surely have been there when it begins: then its count can prove
   something. 0 where that would not help. `newest` and `now` are moments on the server's clock, to
   the second: when the newest contact read was created, and the latest answer. */
int64_t passes_wait_s(int pass, const struct pass_record *record, int64_t newest, int64_t now);

#endif
