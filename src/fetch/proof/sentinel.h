/* Proves a pass by the order of the list: reads one page, the sentinel, again and again, to see
   whether ranks shifted in front of it. Pure. docs/proof.md derives the proof step by step.

   It is for the whole list by time of creation, the oldest contact first, since nobody enters that
   in front. "Old" contacts are those that were there when the pass began; the sentinel is the last
   page with an old contact. Two readings of it show whether anybody in front of it was removed
   between them. If not, the pages that were read in between and follow on one another
   (page_chain.h) leave nobody out. If so, the pass reads again from where a contact may have moved:
   a rewind. */
#ifndef ROLLCALL_SENTINEL_H
#define ROLLCALL_SENTINEL_H

#include "fetch/proof/page_chain.h"
#include "fetch/proof/page_facts.h"
#include "fetch/proof/reading.h"

#include <stdbool.h>
#include <stdint.h>

struct sentinel_limits {
    int64_t pages_min; /* for a list of fewer pages there is no sentinel */
    int64_t interval;  /* pages asked for between two readings of it; 0: there is no sentinel */
};

/* One reading of the sentinel. */
struct sentinel_reading {
    int64_t page;
    int64_t records; /* 0: none yet */
    bool is_end;     /* no old contact stands behind it */
    int64_t created_at[PAGE_FACTS_RECORDS_MAX];
};

/* {0} before the first pass. */
struct sentinel {
    struct sentinel_limits limits;
    enum { SENTINEL_OFF, SENTINEL_OPENING, SENTINEL_RUNNING } state;
    bool is_proven; /* nobody who was there all the time is missing from the pass */

    int64_t page_records;         /* on a full page */
    int64_t surely_old;           /* nobody can be created before this second any more */
    int64_t surely_new;           /* no old contact was created after this second */
    int64_t latest_time;          /* the server's, in any answer so far */
    int64_t page;                 /* the sentinel's number */
    bool is_clear;                /* the page behind it held no old contact */
    struct sentinel_reading last; /* its latest reading */
    int64_t certain;              /* contacts surely read, from the head of the list on */

    int64_t epoch;           /* how often the chain has begun */
    struct page_chain chain; /* pages read since the latest shift */

    bool is_due;          /* the next request reads the sentinel */
    bool is_in_flight;    /* a request is reading it */
    int64_t chain_last;   /* the chain's last page when that request began */
    bool chain_is_broken; /* likewise */

    int64_t asked;         /* the highest page that the pass has asked for */
    int64_t again_next;    /* the next page to read again; above again_last: none */
    int64_t again_last;    /* the last one */
    int64_t again_left;    /* how many more pages may be read again in this pass */
    int64_t since_reading; /* pages asked for since the sentinel was */
    int64_t interval;      /* as in the limits, or shorter where shifts are many */
    int64_t best;          /* the most that was ever certain */
    int stalls;            /* shifts since then */
};

/* Before each pass. */
void sentinel_reset(struct sentinel *sentinel);

/* Begins with the first page of a pass, when it has come and nothing else has been asked for. The
   pass expects `expected_last` to be its last page. */
void sentinel_open(struct sentinel *sentinel, const struct sentinel_limits *limits,
                   const struct page_facts *first_page, int64_t expected_last);

/* Returns whether the proof has a page to ask for before the pass asks for its own next one.
   `is_all_read`: the pass has received all of its pages. */
bool sentinel_next(struct sentinel *sentinel, bool is_all_read, struct reading *reading);

/* Whether the pass has to wait for the sentinel before it asks for its next page. */
bool sentinel_holds(const struct sentinel *sentinel);

/* Takes note that the pass asks for a page of its own. */
struct reading sentinel_note_asked(struct sentinel *sentinel, int64_t page);

/* Takes note of any page that came, except the first page of the pass. */
void sentinel_receive(struct sentinel *sentinel, const struct reading *reading,
                      const struct page_facts *page);

/* Whether the proof still has pages to read before the pass ends. */
bool sentinel_is_at_work(const struct sentinel *sentinel);

#endif
