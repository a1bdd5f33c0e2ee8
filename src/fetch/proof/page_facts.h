/* What the proof needs to know of a page that has come. */
#ifndef ROLLCALL_PAGE_FACTS_H
#define ROLLCALL_PAGE_FACTS_H

#include <stdint.h>

/* Ids and times are kept of so many records a page; larger pages allow no proof by order. */
enum { PAGE_FACTS_RECORDS_MAX = 1000 };

struct page_facts {
    int64_t records;
    int64_t count;             /* the server's, or COUNT_UNKNOWN */
    int64_t dated;             /* records that have an id and a time of creation */
    const int64_t *created_at; /* times of creation, in the order of the page; borrowed */
    const int64_t *ids;        /* likewise */
    int64_t server_time;       /* when the server answered, seconds since 1970; 0: unknown */
    int64_t elapsed_ms;        /* how long the answer took */
};

#endif
