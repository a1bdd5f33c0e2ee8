/* Decides when each pass begins and in which order it reads the list. Pure.

   The server breaks no ties: contacts with the same key come in a new order at each request, so a
   pass can read one of them twice and miss another. Contacts that tie in one key seldom tie in
   another. */
#ifndef ROLLCALL_PASSES_H
#define ROLLCALL_PASSES_H

#include "model/checkpoint.h"

#include <stdbool.h>
#include <stdint.h>

struct pass_order {
    const char *sort;      /* one of the API's keys */
    const char *direction; /* "asc" or "desc" */
};

/* The keys that a pass may change to. */
enum pass_key {
    PASS_BY_NAME,
    PASS_BY_EMAIL,
    PASS_BY_PHONE_NUMBER,
    PASS_BY_CREATED_AT,
    PASS_KEYS,
};

extern const char *const pass_key_names[PASS_KEYS];

/* Keys that together leave few ties, for a server that sorts by several at once. Chatwoot applies
   them in an order of its own; this one is it. */
extern const char pass_several_keys[];

/* The order of the next pass: the same again or, if ties spoilt the last one, by the key in which
   fewest contacts tie. `tied`: how many do in each key, as far as it is known. Where there is no
   better key, the last one stays. The texts are those of `last` or constants. */
struct pass_order passes_next(struct pass_order last, bool was_tied, const int64_t tied[PASS_KEYS]);

/* How many seconds to wait after the pass with that number (from 1) and that record; 0 where
   waiting would not help. A contact that was created just before a pass begins may or may not be in
   its count, so the count proves nothing until the newest contact is old enough. `newest` is when
   that one was created, `now` when the latest answer came, in seconds on the server's clock. */
int64_t passes_wait_s(int pass, const struct pass_record *record, int64_t newest, int64_t now);

#endif
