/* Pages of a list that stands still, as far as they follow one on the other. Pure.

   Between two neighbouring pages nobody is left out if the last time on the one is earlier than the
   first on the other. If they are equal, several contacts were created then (a group), and as the
   server breaks no ties it may have put one of them on both pages and another on neither. But
   together the pages show as many rows of that time as there are contacts who bear it: if these are
   all different ones, nobody is left out either. */
#ifndef ROLLCALL_PAGE_ROW_H
#define ROLLCALL_PAGE_ROW_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PAGE_ROW_RING = 1024,      /* how far pages may come before one that is late */
    PAGE_ROW_TIED_MAX = 32,    /* rows at either end of a page that can be told apart */
    PAGE_ROW_GROUP_MAX = 1024, /* the same of a group on several pages */
};

/* A page, all of whose records have an id and a time of creation, sorted by the latter. */
struct row_page {
    int64_t number; /* from 1 */
    int64_t rows;
    const int64_t *created_at; /* borrowed */
    const int64_t *ids;        /* likewise */
};

/* What is kept of a page until those in front of it have come. */
struct row_entry {
    int64_t round; /* of the row that it is for */
    int64_t page, rows;
    int64_t first, last;          /* times of creation */
    int64_t head_rows, tail_rows; /* rows created when the first was, and when the last was */
    int64_t head_ids[PAGE_ROW_TIED_MAX];
    int64_t tail_ids[PAGE_ROW_TIED_MAX];
};

/* {0} before it begins for the first time. */
struct page_row {
    int64_t page_rows; /* on a full page */
    int64_t first;     /* the page with which it begins */
    int64_t last;      /* its last page; first - 1: none yet */
    bool is_broken;    /* the next page does not follow on it */

    int64_t round;
    int64_t created_at; /* of its last record */
    int64_t group_rows; /* records at its end created then; 0: cannot be told apart */
    int64_t group_ids[PAGE_ROW_GROUP_MAX];
    struct row_entry ring[PAGE_ROW_RING];
};

/* Begins anew. */
void page_row_begin(struct page_row *row, int64_t first, int64_t page_rows);

/* Takes a page that came, in any order. The row ends with `end`, the only page that need not be
   full. False if a page in front is so late that this one cannot be kept. */
bool page_row_add(struct page_row *row, const struct row_page *page, int64_t end);

/* Whether what broke it may be a group of which some stand in front of the row. */
bool page_row_is_open(const struct page_row *row);

#endif
