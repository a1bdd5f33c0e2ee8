/* What the proof needs to know of a page that has come. */
#ifndef ROLLCALL_PAGE_FACTS_H
#define ROLLCALL_PAGE_FACTS_H

#include <stdbool.h>
#include <stdint.h>

/* Ids and times are kept of so many records a page; larger pages allow no proof by order. */
enum { PAGE_FACTS_RECORDS_MAX = 1000 };

struct page_facts {
    int64_t records;
    int64_t count;             /* the server's, or COUNT_UNKNOWN */
    int64_t usable;            /* records that have an id; PAGE_FACTS_RECORDS_MAX at most */
    int64_t dated;             /* records that have an id and a time of creation */
    const int64_t *created_at; /* times of creation, in the order of the page; borrowed */
    const int64_t *ids;        /* likewise */
    const uint64_t *keys;      /* fingerprints of what the list is sorted by, likewise */
    int64_t server_time;       /* when the server answered, seconds since 1970; 0: unknown */
    int64_t elapsed_ms;        /* how long the answer took */
    bool is_odd_end;           /* no page, but an answer that may mean: there is no such page */
};

/* The ids of one page. {0} is none. */
struct page_ids {
    int64_t count;
    uint64_t first_key; /* fingerprint of what the first contact is sorted by */
    int64_t ids[PAGE_FACTS_RECORDS_MAX];
};

/* Keeps the page's ids; none if some of its records have none. */
void page_ids_keep(struct page_ids *kept, const struct page_facts *page);

/* Where contacts tie, two small pages may by chance hold the same ones. */
enum { PAGE_REPEATED_MIN = 8 };

/* Whether the page is the kept one once more: it holds the same contacts in any order, and
   PAGE_REPEATED_MIN of them at least. */
bool page_ids_are_repeated(const struct page_ids *kept, const struct page_facts *page);

/* How many of the page's contacts are among the kept ones. */
int64_t page_ids_shared(const struct page_ids *kept, const struct page_facts *page);

#endif
