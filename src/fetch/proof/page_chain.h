/* Neighbouring pages of a list that stands still, as far as nobody is left out between them. Pure.

   A page follows on the one in front of it if its first time of creation is later than the last one
   there. If both are equal, several contacts were created in that second: a group. The server
   breaks no ties, so it may have put one of the group on both pages and another on neither. But the
   pages together show as many records of the group as it has members. If these records are all
   different contacts, nobody is left out. docs/proof.md says what this is for. */
#ifndef ROLLCALL_PAGE_CHAIN_H
#define ROLLCALL_PAGE_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PAGE_CHAIN_RING = 1024,      /* how many pages may come before one that is late */
    PAGE_CHAIN_TIED_MAX = 32,    /* records of a group that are kept at either end of a page */
    PAGE_CHAIN_GROUP_MAX = 1024, /* and of a group over several pages */
};

/* A page, all of whose records have an id and a time of creation, sorted by that time. */
struct chain_page {
    int64_t number; /* from 1 */
    int64_t records;
    const int64_t *created_at; /* borrowed */
    const int64_t *ids;        /* likewise */
};

/* What is kept of a page until those in front of it have come. */
struct chain_entry {
    int64_t round; /* the chain that it is for */
    int64_t page;
    int64_t records;
    int64_t first; /* time of creation of the first record */
    int64_t last;
    int64_t head_records; /* records created when the first was */
    int64_t tail_records; /* records created when the last was */
    int64_t head_ids[PAGE_CHAIN_TIED_MAX];
    int64_t tail_ids[PAGE_CHAIN_TIED_MAX];
};

/* {0} before it begins for the first time. */
struct page_chain {
    int64_t page_records; /* on a full page */
    int64_t first;        /* its first page */
    int64_t last;         /* its last page; first - 1: none yet */
    bool is_broken;       /* the next page has come and does not follow on it */

    int64_t round;         /* how often it has begun */
    int64_t created_at;    /* of its last record */
    int64_t group_records; /* of the group at its end; 0: its members are not known */
    int64_t group_ids[PAGE_CHAIN_GROUP_MAX];
    struct chain_entry ring[PAGE_CHAIN_RING];
};

/* Begins anew with the page `first`. */
void page_chain_begin(struct page_chain *chain, int64_t first, int64_t page_records);

/* Adds a page. They may come in any order. Only `end`, the last page of the chain, may be short.
   Returns false if a page in front is so late that there is no room to keep this one. */
bool page_chain_add(struct page_chain *chain, const struct chain_page *page, int64_t end);

/* Whether the chain may have broken only because a group begins in front of its first page. */
bool page_chain_is_open(const struct page_chain *chain);

#endif
