/* Plans one pass: decides which page to ask for next, and says at the end what the pass has shown.
   First come the pages that an earlier run did not get to, then those of the list (paginator.h); in
   between, pages that are read again (sentinel.h). */
#ifndef ROLLCALL_PAGE_PLAN_H
#define ROLLCALL_PAGE_PLAN_H

#include "base/error.h"
#include "fetch/proof/page_facts.h"
#include "fetch/proof/paginator.h"
#include "fetch/proof/reading.h"
#include "fetch/proof/sentinel.h"
#include "model/checkpoint.h"
#include "model/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The pages of a pass that an earlier run has read, in the order in which they came. */
struct pages_seen {
    const struct page_seen *pages; /* borrowed */
    size_t count;
};

/* What a pass has shown, once it has read all of its pages. */
struct pass_end {
    bool count_fits;     /* the server's counts can be those of the whole list */
    bool ends_short;     /* the last page held fewer records than others */
    bool holds_by_order; /* the sentinel has proven the pass */
};

struct page_plan {
    struct paginator paginator;
    struct sentinel sentinel;
    bool sentinel_is_possible;
    int64_t count; /* the server's, on the first page, or COUNT_UNKNOWN */
    int64_t *gaps; /* pages that the earlier run did not read, in front of the last one it did */
    size_t gap_count;
    size_t gaps_asked;
};

/* Begins a pass over `asked`, of which the pages `seen` have been read. Fails with EXIT_WRONG_USE
   if these cannot be pages of a list. The caller ends the plan, unless it failed to begin. */
bool page_plan_begin(struct page_plan *plan, const struct source *asked,
                     const struct pages_seen *seen, struct error *error);

/* Chooses the next page to ask for. `in_flight` pages have been asked for and not received. Returns
   false if one of those has to come first. */
bool page_plan_next(struct page_plan *plan, int in_flight, struct reading *reading);

/* Takes note of a page that was asked for and has come. */
void page_plan_receive(struct page_plan *plan, const struct reading *reading,
                       const struct page_facts *facts);

bool page_plan_is_over(const struct page_plan *plan, int in_flight);

/* Frees what the plan holds. */
struct pass_end page_plan_end(struct page_plan *plan);

#endif
