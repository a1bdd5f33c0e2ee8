/* A proof by the order of the list: pages read again and again to see whether ranks shifted. Pure.

   It is for a list that nobody enters in front: unfiltered, sorted by time of creation, the oldest
   first. There a contact's rank changes only by removals in front of it, and pages of R contacts
   read one after the other miss a contact only if that happens between two of their readings.

   The sentinel is the last page on which somebody stands who was there when the pass began. It is
   read first of all, then each time some pages have been asked for, and once more when all have
   come. Let k be any time that is later than the first record's of two readings of it, and not
   later than either's last unless nobody old stands behind that. Each reading then tells how many
   contacts were created before k: all on the pages in front, and those of its records. As long as k
   is earlier than the pass none can be added to them, so if the two numbers are the same, the
   contacts created before k were the very same all the time in between: those ranks stood still. If
   not, the difference d is how many were removed. k is chosen just behind the later of the first
   records.

   Where ranks stand still, pages that were each read whole at any moment of that time can be seen
   to leave nobody out between them (page_chain.h).

   So what is kept is how many contacts at the head of the list have been read for certain, as the
   list was at the latest reading of the sentinel; it begins as 0. Readings count only if asked for
   after a sentinel had come and come before the next was asked for, whenever the server may have
   looked at it. If that next one shows no shift, the unbroken chain of pages that had come is
   certain. The row begins with the page in front of the one on which the first contact that is not
   certain may stand: so the boundary between the two is looked at as well, and nobody who is
   missing can be in front of it by a tie. If those who tie there may have begun in front of the
   chain, it begins some pages earlier. If d were removed, those at the head that are certain are at
   most d fewer; from there the pages are read again (a rewind).

   A contact that has not been read when the chain has come as far as the sentinel thus stands on
   that page or behind it, and was there when the last sentinel was read, all standing still. That
   one is kept too, and whoever was on it has been read. Nobody old stood behind it if it was a
   short page, if its last record was created after the pass began, or if the page behind it had
   been empty or held only such records, at a moment when nobody could be created any more at the
   second in which the pass began. When the sentinel itself turns out to hold nobody old, the page
   before becomes the sentinel.

   All this needs a size R of the pages that does not change: every page of the chain has to be
   full, and a short sentinel has to be what the count on it says. It needs a time of creation and
   an id in every record, and the server's clock. Where anything is amiss, or the rewinds are too
   many, the proof is given up and the pass stands as it would without.

   What this cannot see: a contact that enters in front, by getting its first address long after it
   was created, in the same interval in which another is removed in front. Either alone shows. */
#ifndef ROLLCALL_SENTINEL_H
#define ROLLCALL_SENTINEL_H

#include "fetch/proof/page_chain.h"
#include "fetch/proof/page_facts.h"
#include "fetch/proof/reading.h"

#include <stdbool.h>
#include <stdint.h>

struct sentinel_limits {
    int64_t pages_min; /* a shorter list is not worth it: a further pass costs as little */
    int64_t
        interval; /* pages asked for between two readings of the sentinel; 0: no sentinels at all */
};

/* A reading of the sentinel. */
struct sentinel_reading {
    int64_t page;
    int64_t records; /* 0: none yet */
    bool is_end;     /* nobody old stands behind it */
    int64_t created_at[PAGE_FACTS_RECORDS_MAX];
};

/* {0} before the first pass. */
struct sentinel {
    struct sentinel_limits limits;
    enum { SENTINEL_OFF, SENTINEL_OPENING, SENTINEL_RUNNING } state;
    bool is_proven; /* nobody who was there all the time is missing from the pass */

    int64_t page_records;
    int64_t surely_old;           /* nobody is created before this second any more */
    int64_t surely_new;           /* who was there when the pass began was not created after it */
    int64_t latest_time;          /* of any answer */
    int64_t page;                 /* the sentinel */
    bool is_clear;                /* the page behind it held nobody old */
    struct sentinel_reading last; /* its latest reading */
    int64_t certain; /* contacts at the head of the list, as it was then, surely read */

    int64_t epoch;
    struct page_chain chain; /* of what was read since the latest shift */

    bool is_due; /* at once */
    bool is_in_flight;
    int64_t chain_last;   /* the chain's last page when it was asked for */
    bool chain_is_broken; /* and whether it was broken */

    int64_t asked;      /* the highest page that the pass has asked for */
    int64_t again_next; /* pages to be read again, if not greater than again_last */
    int64_t again_last;
    int64_t again_left;    /* how many more may be */
    int64_t since_reading; /* pages asked for */
    int64_t interval;      /* shorter where shifts are many */
    int64_t best;          /* the most that was certain */
    int stalls;            /* shifts since */
};

/* Before each pass. */
void sentinel_reset(struct sentinel *sentinel);

/* Begins with the first page of a pass, which has just come and is the only one that was asked for.
   The pass expects to end with `expected_last`. */
void sentinel_open(struct sentinel *sentinel, const struct sentinel_limits *limits,
                   const struct page_facts *first_page, int64_t expected_last);

/* Whether there is a page to be asked for before any that the pass would go on with. `is_all_read`:
   the pass has come to its end, and nothing is in flight. */
bool sentinel_next(struct sentinel *sentinel, bool is_all_read, struct reading *reading);

/* Whether the pass has to wait before it asks for more. */
bool sentinel_holds(const struct sentinel *sentinel);

/* The pass asks for its next page. */
struct reading sentinel_note_asked(struct sentinel *sentinel, int64_t page);

/* Something that was asked for came, but for the first page of the pass. */
void sentinel_receive(struct sentinel *sentinel, const struct reading *reading,
                      const struct page_facts *page);

/* Whether the pass must not end yet. */
bool sentinel_is_at_work(const struct sentinel *sentinel);

#endif
