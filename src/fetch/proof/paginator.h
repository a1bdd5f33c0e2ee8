/* Decides which page of the list to ask for next, and when the pass has read all of them. Pure.

   A pass ends at an empty page, or at a short one where the server's count puts the last page or
   behind that. The count alone ends nothing: it may be stale or, with a search, count one page
   only. So the paginator asks freely for pages up to the expected last one. Behind that it asks for
   one page, then two, then four, as long as they turn out to be full. If the count is far too high,
   a number of empty pages ends the pass as well. */
#ifndef ROLLCALL_PAGINATOR_H
#define ROLLCALL_PAGINATOR_H

#include <stdbool.h>
#include <stdint.h>

enum { PAGINATOR_EMPTY_MAX = 20 }; /* empty pages before the expected last */

/* {0} is a pass that has not begun. */
struct paginator {
    int64_t asked;         /* the highest page asked for */
    int64_t received;      /* pages received, in any order */
    int64_t records;       /* on them */
    int64_t page_records;  /* the most records that any page held */
    int64_t expected_last; /* the last page by the server's count; 0 until it is known */
    int64_t empty;         /* pages received without records */
    int64_t end;           /* the lowest page that can be the last or is behind it; 0: none yet */
    int64_t ahead;         /* how many pages behind the expected last may be asked for */
    int64_t short_pages;   /* pages received with some records, but fewer than page_records */
    int64_t empty_page;    /* the lowest page without records; 0: none */
    int64_t empty_count;   /* the server's count on that page */
    bool is_count_refuted; /* the count on some page does not fit what the page showed */
};

/* Returns the next page to ask for; 0: none until a page in flight has been received. */
int64_t paginator_next(struct paginator *paginator);

/* Takes note of a page with so many records. `count` is the server's, or COUNT_UNKNOWN. */
void paginator_receive(struct paginator *paginator, int64_t page, int64_t records, int64_t count);

/* Whether all pages up to the end have been received, while `in_flight` have not. */
bool paginator_done(const struct paginator *paginator, int64_t in_flight);

/* Whether the count on each page of a finished pass can be that of the whole list. A short last
   page shows exactly how many contacts there are, a full page at least how many, an empty page at
   most. So a count of one page only, a count too low and a count too high are found out. */
bool paginator_count_fits(const struct paginator *paginator);

/* How many records the whole pass will probably bring, for the progress line; or COUNT_UNKNOWN. */
int64_t paginator_expected_records(const struct paginator *paginator, int64_t count);

#endif
