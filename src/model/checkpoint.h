/* How far a fetch is: all that another run needs to go on where it broke off. */
#ifndef ROLLCALL_CHECKPOINT_H
#define ROLLCALL_CHECKPOINT_H

#include "model/warnings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PASSES_MAX = 20,
    PAGES_MAX = 10 * 1000 * 1000, /* of one pass */
};

/* How a pass began. */
struct pass_opening {
    const char *sort; /* the order in which it reads */
    const char *direction;
    int64_t page_size;      /* contacts a page asked for; 0: as many as the server likes */
    int64_t created_before; /* what was created before that was surely there; 0: cannot be told */
    int64_t server_time;    /* 0: unknown */
};

/* What one pass found, and what has been read since it began, by it and by those after it. */
struct pass_record {
    int64_t count_first; /* the server's count on the first page, or COUNT_UNKNOWN */
    int64_t count_low;   /* the least and the most that it was on any page */
    int64_t count_high;
    bool count_fits;     /* no page contradicts the count that came with it */
    bool ends_short;     /* the last page held fewer records than others */
    bool holds_by_order; /* nobody who was there all the time is missing from it */
    int64_t rows;        /* records received */
    int64_t rejected;    /* records without a usable id */
    int64_t doubles;    /* records that the pass had already read, by id or else by what they say */
    int64_t fresh;      /* ids that no pass had read before */
    int64_t read_since; /* distinct ids */
    int64_t old_since;  /* of these, the ones that were surely there when the pass began */
    int64_t pages;      /* received, those read again too */
};

/* A page that the pass under way has received. */
struct page_seen {
    int64_t number; /* from 1 */
    int64_t rows;   /* records on it */
    int64_t count;  /* the server's count that came with it, or COUNT_UNKNOWN */
};

struct checkpoint {
    int pass;          /* the latest one, from 1; 0: none has begun */
    bool is_pass_over; /* it has read all of its pages */
    struct pass_opening openings[PASSES_MAX];
    struct pass_record records[PASSES_MAX];
    int64_t server_time; /* as the latest answer tells it; 0: unknown */
    int64_t count_last;  /* the server's latest count, or COUNT_UNKNOWN */
    int64_t duplicates;  /* in the passes that are over */
    int64_t requests;
    int64_t retries;
    struct warnings warnings;
};

#endif
