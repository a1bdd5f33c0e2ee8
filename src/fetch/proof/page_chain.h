/* Pages of a list that stands still, as far as they follow one on the other. Pure.

   Between two neighbouring pages nobody is left out if the last time on the one is earlier than the
   first on the other. If they are equal, several contacts were created then (a group), and as the
   server breaks no ties it may have put one of them on both pages and another on neither. But
   together the pages show as many records of that time as there are contacts who bear it: if these
   are all different ones, nobody is left out either. */
#ifndef ROLLCALL_PAGE_CHAIN_H
#define ROLLCALL_PAGE_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PAGE_CHAIN_RING = 1024,      /* how far pages may come before one that is late */
    PAGE_CHAIN_TIED_MAX = 32,    /* records at either end of a page that can be told apart */
    PAGE_CHAIN_GROUP_MAX = 1024, /* the same of a group on several pages */
};

/* A page, all of whose records have an id and a time of creation, sorted by the latter. */
struct chain_page {
    int64_t number; /* from 1 */
    int64_t records;
    const int64_t *created_at; /* borrowed */
    const int64_t *ids;        /* likewise */
};

/* What is kept of a page until those in front of it have come. */
struct chain_entry {
    int64_t round; /* of the chain that it is for */
    int64_t page, records;
    int64_t first, last; /* times of creation */
    int64_t head_records,
        tail_records; /* records created when the first was, and when the last was */
    int64_t head_ids[PAGE_CHAIN_TIED_MAX];
    int64_t tail_ids[PAGE_CHAIN_TIED_MAX];
};

/* {0} before it begins for the first time. */
struct page_chain {
    int64_t page_records; /* on a full page */
    int64_t first;        /* the page with which it begins */
    int64_t last;         /* its last page; first - 1: none yet */
    bool is_broken;       /* the next page does not follow on it */

    int64_t round;
    int64_t created_at;    /* of its last record */
    int64_t group_records; /* records at its end created then; 0: cannot be told apart */
    int64_t group_ids[PAGE_CHAIN_GROUP_MAX];
    struct chain_entry ring[PAGE_CHAIN_RING];
};

/* Begins anew. */
void page_chain_begin(struct page_chain *chain, int64_t first, int64_t page_records);

/* Takes a page that came, in any order. The chain ends with `end`, the only page that need not be
   full. False if a page in front is so late that this one cannot be kept. */
bool page_chain_add(struct page_chain *chain, const struct chain_page *page, int64_t end);

/* Whether what broke it may be a group of which some stand in front of the chain. */
bool page_chain_is_open(const struct page_chain *chain);

#endif
