#include "fetch/facts.h"

#include "fetch/api/livedesk.h"

struct page_facts facts_of_page(const struct livedesk_page *page, const struct answer_time *time,
                                struct facts_columns *columns)
{
    struct page_facts facts = {
        .records = page->records,
        .count = page->count,
        .created_at = columns->created_at,
        .ids = columns->ids,
        .server_time = time->server_time,
        .elapsed_ms = time->elapsed_ms,
    };
    for (size_t i = 0; i < page->contact_count && i < PAGE_FACTS_RECORDS_MAX; i++) {
        columns->created_at[i] = page->contacts[i].created_at;
        columns->ids[i] = page->contacts[i].id;
        facts.dated += page->contacts[i].created_at != TIME_NONE;
    }
    return facts;
}
