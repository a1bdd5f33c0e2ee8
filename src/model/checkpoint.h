/* How far a fetch has come: all that another run needs to resume it. */
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
    int64_t page_size;      /* contacts per page that we asked for; 0: the server decides */
    int64_t created_before; /* contacts created before this surely existed; 0: unknown */
    int64_t server_time;    /* 0: unknown */
};

/* What one pass found, and what it and the passes after it have read since it began. */
struct pass_record {
    int64_t count_first; /* the server's count on the first page, or COUNT_UNKNOWN */
    int64_t length;      /* of the list when the pass began, if it was measured; or COUNT_UNKNOWN */
    int64_t count_low;   /* its least and greatest value on any page */
    int64_t count_high;
    bool count_fits;     /* no page contradicts its own count */
    bool ends_oddly;     /* what showed the end of the list was no empty page */
    bool holds_by_order; /* the pass misses no contact that existed all the time */
    int64_t rows;        /* records received */
    int64_t rejected;    /* records without a usable id */
    int64_t doubles; /* records that the pass had already read, compared by id or else by content */
    int64_t fresh;   /* ids that no pass had read before */
    int64_t read_since; /* distinct ids */
    int64_t old_since;  /* those of them that surely existed when the pass began */
    int64_t pages;      /* received, including those read again */
};

/* A page that the current pass has received. */
struct page_seen {
    int64_t number; /* from 1 */
    int64_t rows;   /* records on it */
    int64_t count;  /* the server's count that came with it, or COUNT_UNKNOWN */
};

struct checkpoint {
    int pass;          /* the latest pass, from 1; 0: none has begun */
    bool is_pass_over; /* it has read all of its pages */
    struct pass_opening openings[PASSES_MAX];
    struct pass_record records[PASSES_MAX];
    int64_t server_time; /* from the latest answer; 0: unknown */
    int64_t count_last;  /* the server's latest count, or COUNT_UNKNOWN */
    int64_t duplicates;  /* in the finished passes */
    int64_t requests;
    int64_t retries;
    struct warnings warnings;
};

#endif
