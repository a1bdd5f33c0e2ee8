/* Whether a fetch is complete, from what its passes found. Pure.

   By count: what stood in the list when a pass began is a set of known size, the server's count at
   that moment. If as many distinct contacts have been read since that surely were there already,
   then that set has been read whole, in whatever order it came, and whatever was created or removed
   meanwhile. This holds only where nothing that was there before can enter the list later, so
   without a label filter and without a search, and only for a count that no page contradicts.

   By agreement: a pass over a list that nobody changes reads as many records as there are contacts,
   some twice for others where keys tie. If passes in a row read equally many, and that many
   distinct contacts were read both by all of them and by all but the first, the last of them having
   found none that is new, then nothing shows that the list changed or that anything is missing. Two
   passes are enough where the server's count was that number on every page, three otherwise, and
   four where contacts can enter and leave. A steady count above what can be read may be stale; but
   where the list ends with a full page it is not overruled, as the server may have a limit.

   By order: a pass that read the list by time of creation may have shown, by sentinels
   (sentinel.h), that no rank shifted between the readings of its pages, or that they were read
   again where it did.

   A record without a usable id is none of the contacts that can be told apart over passes: with
   such records only passes agree that read nothing twice, under a steady count.

   Agreement is no proof: with a filter, as many contacts leaving as entering between the same
   requests of each pass would go unnoticed. And a contact that gets its first address or number
   while the fetch runs enters even the whole list: what it does to a count another can undo, and so
   it is with its rank if another in front of it goes between the same two sentinels. */
#ifndef ROLLCALL_VERDICT_H
#define ROLLCALL_VERDICT_H

#include "model/checkpoint.h"

#include <stdbool.h>

/* The number of the pass (from 1) from whose beginning on the fetch is complete, or 0. */
int verdict_find(const struct pass_record *passes, int pass_count, bool nothing_enters);

#endif
