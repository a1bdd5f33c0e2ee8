/* Plans one pass: decides which page to ask for next, and says at the end what the pass has shown.
   First the list is measured (measure.h). Then come the pages that an earlier run did not get to,
   then those of the list (paginator.h); in between, pages that are read again (sentinel.h).

   Where the count fills the last page, the page behind it shows the end. Servers do not agree what
   to answer then: an empty page, an error, no page, or the last page again. So that page is read
   once to see which it is, and once more only if it does belong to the list. */
#ifndef ROLLCALL_PAGE_PLAN_H
#define ROLLCALL_PAGE_PLAN_H

#include "base/error.h"
#include "fetch/proof/measure.h"
#include "fetch/proof/page_facts.h"
#include "fetch/proof/paginator.h"
#include "fetch/proof/reading.h"
#include "fetch/proof/sentinel.h"
#include "fetch/proof/ties.h"
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

/* What decides how a pass is read. */
struct page_plan_rules {
    bool is_whole; /* the list has no filter: nobody enters except by being created */
    struct sentinel_limits sentinel; /* interval 0: the order proves nothing */
};

/* What was known of the list when the pass began to read it. */
struct pass_start {
    int64_t length;      /* contacts in the list, or COUNT_UNKNOWN: it was not measured */
    int64_t server_time; /* when that was, seconds since 1970; 0: unknown */
    int64_t elapsed_ms;  /* how long the answer took */
};

/* What a pass has shown, once it has read all of its pages. */
struct pass_end {
    bool count_fits;     /* the server's counts can be those of the whole list */
    bool ends_oddly;     /* what showed the end was no empty page */
    bool holds_by_order; /* the sentinel has proven the pass */
};

/* One page that is read by itself, and what it showed. */
struct peek {
    enum { PEEK_OFF, PEEK_DUE, PEEK_IN_FLIGHT, PEEK_OVER } state;
    int64_t page;
    struct page_facts facts; /* points to: */
    int64_t created_at[PAGE_FACTS_RECORDS_MAX];
    int64_t ids[PAGE_FACTS_RECORDS_MAX];
    uint64_t keys[PAGE_FACTS_RECORDS_MAX];
};

struct page_plan {
    struct peek peek;
    struct ties ties;
    bool is_round;      /* pages of tied contacts are read again: */
    int64_t round_next; /* the next one; 0: none left */

    struct page_plan_rules rules;
    struct measure measure;
    struct paginator paginator;
    struct sentinel sentinel;
    struct page_ids first;  /* of page 1; none if an earlier run read it */
    struct page_ids last;   /* of the highest page received, from the last one by the count on */
    int64_t last_page;      /* that page; 0: none */
    int64_t belongs_behind; /* a page that was read to see the end and is none: to be read; or 0 */
    bool ends_oddly;
    int64_t count; /* the server's, on the first page, or COUNT_UNKNOWN */
    int64_t *gaps; /* pages that the earlier run did not read, in front of the last one it did */
    size_t gap_count;
    size_t gaps_asked;
};

/* The rules for a pass over that list in that order. */
struct page_plan_rules page_plan_rules_of(const struct source *asked);

/* Begins a pass of which the pages `seen` have been read. Fails with EXIT_WRONG_USE if these cannot
   be pages of a list. The caller ends the plan, unless it failed to begin. */
bool page_plan_begin(struct page_plan *plan, const struct page_plan_rules *rules,
                     const struct pages_seen *seen, struct error *error);

/* Begins to read the pages of the open groups of tied contacts again, after the pass is over; the
   caller has found them and ends the round. */
void page_plan_begin_round(struct page_plan *plan);
void page_plan_end_round(struct page_plan *plan);

/* Begins to read that page by itself; what was read and planned before stays as it is. When the
   plan is over, the peek's facts tell what came, and page_plan_end_peek ends it. */
void page_plan_peek(struct page_plan *plan, int64_t page);
void page_plan_end_peek(struct page_plan *plan);

/* Chooses the next page to ask for. `in_flight` pages have been asked for and not received. Returns
   false if one of those has to come first. */
bool page_plan_next(struct page_plan *plan, int in_flight, struct reading *reading);

/* Takes note of a page that was asked for and has come. */
void page_plan_receive(struct page_plan *plan, const struct reading *reading,
                       const struct page_facts *facts);

/* What the measurement has shown. The first page of the list is asked for after that. */
struct pass_start page_plan_start(const struct page_plan *plan);

bool page_plan_is_over(const struct page_plan *plan, int in_flight);

/* Says what the pass has shown. */
struct pass_end page_plan_end(struct page_plan *plan);

/* Frees what the plan holds. */
void page_plan_free(struct page_plan *plan);

#endif
