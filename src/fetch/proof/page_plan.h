/* The plan of one pass: which page to ask for next, of those that an earlier run has left, those
   of the list (paginator.h), and those that are read again (sentinel.h); and what is known at its
   end. */
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

/* Which pages of a pass an earlier run has read already, in the order in which they came. */
struct pages_seen {
    const struct page_seen *pages;
    size_t count;
};

/* What is known of a pass that has read all of its pages. */
struct pass_end {
    bool count_fits;     /* the server's counts can be those of the whole list */
    bool ends_short;     /* the last page held fewer records than others */
    bool holds_by_order; /* as sentinel.h proves it */
};

struct page_plan {
    struct paginator paginator;
    struct sentinel sentinel;
    bool sentinel_is_possible;
    int64_t count; /* the server's, on the first page, or COUNT_UNKNOWN */
    int64_t *gaps; /* pages before the last one seen that the earlier run has not read */
    size_t gap_count;
    size_t gaps_asked;
};

/* Begins a pass as `asked` says, behind the pages that were seen. Fails with EXIT_WRONG_USE if
   those are none. The plan has to be ended, unless it failed. */
bool page_plan_begin(struct page_plan *plan, const struct source *asked,
                     const struct pages_seen *seen, struct error *error);

/* The next page to ask for. `pending` counts those that were asked for and have not come. False if
   there is none at present: one of those has to come first. */
bool page_plan_next(struct page_plan *plan, int pending, struct reading *reading);

/* A page that was asked for came. */
void page_plan_receive(struct page_plan *plan, const struct reading *reading,
                       const struct page_facts *facts);

bool page_plan_is_over(const struct page_plan *plan, int pending);

/* Frees what the plan holds. */
struct pass_end page_plan_end(struct page_plan *plan);

#endif
