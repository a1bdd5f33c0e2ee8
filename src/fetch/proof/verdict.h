/* Decides whether a fetch is complete, from what its passes found. Pure.

   There are three ways to be complete, which docs/proof.md derives step by step:
   - by count: as many contacts that were there when a pass began have been read since as the server
     counted then;
   - by order: a sentinel has shown that no contact moved unseen (sentinel.h);
   - by agreement: several passes in a row read the same.
   The first two hold only where nothing enters the list except by being created. */
#ifndef ROLLCALL_VERDICT_H
#define ROLLCALL_VERDICT_H

#include "model/checkpoint.h"

#include <stdbool.h>
#include <stdint.h>

/* What servers' limits are multiples of, nearly always. */
enum { VERDICT_ROUND = 1000 };

struct verdict_rules {
    bool nothing_enters; /* there is no label filter and no search */
    int64_t round;       /* VERDICT_ROUND; a length that is a multiple of it may be a limit */
};

/* Returns the number of the pass (from 1) since whose beginning the fetch is complete, or 0. */
int verdict_find(const struct pass_record *passes, int pass_count,
                 const struct verdict_rules *rules);

/* Whether each page came with a count above the number of records that the pass received, those
   without a usable id included. Then the server may have a limit beyond which it gives nothing:
   such a pass proves nothing, however the list ends. */
bool verdict_is_short_of_count(const struct pass_record *pass);

#endif
