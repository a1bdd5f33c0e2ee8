/* Extracts from a page of contacts what the proof needs to know of it. */
#ifndef ROLLCALL_FACTS_H
#define ROLLCALL_FACTS_H

#include "fetch/proof/page_facts.h"

#include <stdint.h>

struct answer_time;
struct livedesk_page;

/* Holds what the facts of one page point to. */
struct facts_columns {
    int64_t created_at[PAGE_FACTS_RECORDS_MAX];
    int64_t ids[PAGE_FACTS_RECORDS_MAX];
    uint64_t keys[PAGE_FACTS_RECORDS_MAX];
};

/* `sort`: what the list is sorted by, one of the API's keys or several with commas between them.
   The facts borrow `columns`, which they overwrite. */
struct page_facts facts_of_page(const struct livedesk_page *page, const struct answer_time *time,
                                const char *sort, struct facts_columns *columns);

#endif
