/* Which page to read next, and when all have been read. Pure.

   A pass ends at a page that is empty, or at a short one, where the server's count says the last
   page should be or behind that. The count alone ends nothing: it may be stale or, with a search,
   tell of one page only. So pages up to the expected last are asked for freely, and those behind it
   ever more boldly as long as they turn out to be full. Should the count be far too high, a number
   of empty pages ends the pass as well. */
#ifndef ROLLCALL_PAGINATOR_H
#define ROLLCALL_PAGINATOR_H

#include <stdbool.h>
#include <stdint.h>

enum { PAGINATOR_EMPTY_MAX = 20 }; /* empty pages before the expected last */

/* {0} is a pass that has not begun. */
struct paginator {
    int64_t asked;         /* the last page handed out */
    int64_t received;      /* pages received, whichever */
    int64_t records;       /* records on them */
    int64_t page_records;  /* the most records that any page held */
    int64_t expected_last; /* the last page by the server's count; 0 before that is known */
    int64_t empty;         /* pages received without any record */
    int64_t end;           /* the lowest page that can be the last or is behind it; 0: none seen */
    int64_t ahead;         /* how many pages behind the expected last may be asked for */
    int64_t short_pages;   /* pages received with some records, but fewer than page_records */
    int64_t empty_page;    /* the lowest page without records; 0: none */
    int64_t empty_count;   /* the server's count on that page */
    bool is_count_refuted; /* a page held more, or had more or fewer before it, than it counted */
};

/* The next page to ask for, or 0 if there is none at present: what is in flight has to be received
 * first. */
int64_t paginator_next(struct paginator *paginator);

/* A page came with so many records. `count` is the server's count, or COUNT_UNKNOWN. */
void paginator_receive(struct paginator *paginator, int64_t page, int64_t records, int64_t count);

/* Whether every page up to the end has been received. `in_flight` of those handed out are still to
 * come. */
bool paginator_done(const struct paginator *paginator, int64_t in_flight);

/* Whether the count on each page, of a pass that is done, can be that of the whole list at that
   moment. A short last page tells exactly how many contacts there are, a full one at least how
   many, an empty one at most. So a count of one page, or one that is too low or too high, shows. */
bool paginator_count_fits(const struct paginator *paginator);

/* Whether the list came to its end on a page with fewer records than others: not at a limit that
   the server has. */
bool paginator_ends_short(const struct paginator *paginator);

/* How many records are to be expected in all, for a progress line; COUNT_UNKNOWN if that is open.
 */
int64_t paginator_expected_records(const struct paginator *paginator, int64_t count);

#endif
