/* Whether a fetch is complete, from what its passes found. Pure.

   By count: what stood in the list when a pass began is a set of known size, the server's count at
   that moment. If as many distinct contacts have been read since that surely were there already,
   then that set has been read whole, in whatever order it came, and whatever was created or removed
   meanwhile. This holds only where nothing that was there before can enter the list later, so
   without a label filter and without a search, for which the server counts one page only.

   By agreement: two passes, one after the other, that read the very same contacts and nothing
   twice. That is no proof against a list that changes all the time, but all there is without a
   count; and none at all where a steady count says that there is more. */
#ifndef ROLLCALL_VERDICT_H
#define ROLLCALL_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

/* `count` is the server's when a pass began, `old_read` how many contacts have been read since that
   were there before, `rejected` the records of a pass without a usable id, which the server counts
   as well. */
bool verdict_by_count(int64_t count, int64_t old_read, int64_t rejected);

/* What one pass found. */
struct pass_result {
    int64_t count_first;    /* the server's count on the first page, or COUNT_UNKNOWN */
    int64_t count_last;     /* on the page that came last */
    int64_t rows;           /* records received, those without a usable id included */
    int64_t rejected;       /* records without a usable id */
    int64_t doubles;        /* records whose id the pass had already read */
    int64_t doubles_before; /* the same of the pass before */
    int64_t appeared;       /* ids that the pass before had not read */
    int64_t missed;         /* ids that the pass before had read and this one has not */
};

/* `pass` counts from 1. The count is `whole` where the server is known to count all pages, not only
 * the one. */
bool verdict_by_agreement(const struct pass_result *result, int pass, bool count_is_whole);

#endif
