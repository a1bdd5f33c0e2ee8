/* Finds the contacts that tie in what the list is sorted by, and reads their pages again until all
   of them have been seen. Pure.

   The server breaks no ties: contacts with the same key come in a new order at each request. A
   group of them that lies on one page is seen whole. One that lies across pages need not be: one
   member may come on two pages and another on none. So the pages of such a group are read again, in
   rounds. A round shows as many records as the group has members. When as many different contacts
   have come as that, the group is seen whole. */
#ifndef ROLLCALL_TIES_H
#define ROLLCALL_TIES_H

#include "fetch/proof/id_set.h"
#include "fetch/proof/page_facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    TIES_GROUPS_MAX = 1000, /* groups that a round looks at */
    TIES_QUIET_MAX = 8,     /* rounds in a row that bring nothing new to a group */
};

/* The keys at both ends of a page. */
struct tie_edge {
    uint64_t first;
    uint64_t last;
    bool is_known;
};

/* Contacts with the same key across pages. */
struct tie_group {
    int64_t first_page;
    int64_t last_page;
    uint64_t key;
    int64_t records;   /* of the group in the present round */
    struct id_set ids; /* of its members, in all rounds */
    size_t before;     /* how many there were when the round began */
    int quiet;         /* rounds in a row without a new one */
    bool is_open;
};

/* {0} before the first pass. */
struct ties {
    struct tie_edge *edges; /* of page number − 1; owned */
    int64_t pages;          /* that have room */
    struct tie_group *groups;
    size_t group_count;
    size_t at_group; /* of the page to ask for next */
    int64_t at_page;
};

/* Forgets everything: a pass begins. */
void ties_reset(struct ties *ties);

/* Takes note of a page of the pass. */
void ties_note(struct ties *ties, int64_t number, const struct page_facts *page);

/* Finds the groups across pages, once the pass is over. Returns how many there are. */
size_t ties_find(struct ties *ties);

/* How many pages a round reads, those of the open groups; 0: none is open. */
int64_t ties_pages(const struct ties *ties);

/* Begins a round. Then each call gives a page to read, or 0 when there is none left. A page may
   belong to two groups and comes once. */
void ties_begin_round(struct ties *ties);
int64_t ties_next(struct ties *ties);
void ties_receive(struct ties *ties, int64_t number, const struct page_facts *page);

/* Ends a round: groups that have been seen whole are open no more, nor are those to which round
   after round brings nothing new. */
void ties_end_round(struct ties *ties);

/* Frees what it holds. */
void ties_free(struct ties *ties);

#endif
