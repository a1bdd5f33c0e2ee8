/* Whether a fetch is complete, from what its passes found. Pure. */
#ifndef ROLLCALL_VERDICT_H
#define ROLLCALL_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

/* What one pass found. */
struct pass_result {
    int64_t count_first;    /* the server's count on the first page, or COUNT_UNKNOWN */
    int64_t count_last;     /* on the page that came last */
    int64_t rows;           /* records received, those without a usable id included */
    int64_t rejected;       /* records without a usable id */
    int64_t doubles;        /* records whose id the pass had already read */
    int64_t doubles_before; /* the same of the pass before; 0 if there was none */
    int64_t appeared;       /* ids that the pass before had not read */
    int64_t missed;         /* ids that the pass before had read and this one has not */
};

/* `pass` counts from 1. The count is `whole` where the server is known to count all pages, not only
   the one.

   One pass is enough if the count stood still, every record came once and there are as many as the
   count says. Else a further pass has to find exactly what the one before found, with nothing
   doubled in either. */
bool verdict_is_complete(const struct pass_result *result, int pass, bool count_is_whole);

#endif
