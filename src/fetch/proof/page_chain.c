#include "fetch/proof/page_chain.h"

void page_chain_begin(struct page_chain *chain, int64_t first, int64_t page_records)
{
    chain->page_records = page_records;
    chain->first = first;
    chain->last = first - 1;
    chain->is_broken = false;
    chain->group_records = 0;
    chain->round++;
}

static bool is_among(int64_t id, const int64_t *ids, int64_t count)
{
    int64_t at = 0;
    while (at < count && ids[at] != id)
        at++;
    return at < count;
}

/* The group at the end of the chain is now the one at the end of that page. If the chain begins
   inside the group, its members in front are unknown, so they cannot be told apart. */
static void begin_group(struct page_chain *chain, const struct chain_entry *entry)
{
    bool is_cut = entry->page == chain->first && entry->page > 1 && entry->first == entry->last;
    chain->group_records =
        is_cut || entry->tail_records > PAGE_CHAIN_TIED_MAX ? 0 : entry->tail_records;
    for (int64_t i = 0; i < chain->group_records; i++)
        chain->group_ids[i] = entry->tail_ids[i];
}

/* Adds the records at the head of that page to the group at the end of the chain. Returns false if
   some of them may be the same contact. */
static bool join_group(struct page_chain *chain, const struct chain_entry *entry)
{
    if (chain->group_records == 0 || entry->head_records > PAGE_CHAIN_TIED_MAX ||
        chain->group_records + entry->head_records > PAGE_CHAIN_GROUP_MAX)
        return false;
    for (int64_t i = 0; i < entry->head_records; i++) {
        if (is_among(entry->head_ids[i], chain->group_ids, chain->group_records))
            return false;
        chain->group_ids[chain->group_records++] = entry->head_ids[i];
    }
    return true;
}

static bool append(struct page_chain *chain, const struct chain_entry *entry, int64_t end)
{
    bool is_first = entry->page == chain->first;
    bool is_full =
        entry->records == chain->page_records || (entry->page == end && entry->records > 0);
    bool is_tied = !is_first && entry->first == chain->created_at;
    if (!is_full || (!is_first && entry->first < chain->created_at) ||
        (is_tied && !join_group(chain, entry)))
        return false;
    if (!is_tied || entry->first != entry->last)
        begin_group(chain, entry);
    chain->last = entry->page;
    chain->created_at = entry->last;
    return true;
}

static void keep(struct chain_entry *entry, const struct chain_page *page, int64_t round)
{
    int64_t records = page->records;
    entry->round = round;
    entry->page = page->number;
    entry->records = records;
    entry->first = records > 0 ? page->created_at[0] : 0;
    entry->last = records > 0 ? page->created_at[records - 1] : 0;
    entry->head_records = entry->tail_records = 0;
    for (int64_t i = 0; i < records && page->created_at[i] == entry->first; i++) {
        if (entry->head_records++ < PAGE_CHAIN_TIED_MAX)
            entry->head_ids[i] = page->ids[i];
    }
    for (int64_t i = 0; i < records && page->created_at[records - 1 - i] == entry->last; i++) {
        if (entry->tail_records++ < PAGE_CHAIN_TIED_MAX)
            entry->tail_ids[i] = page->ids[records - 1 - i];
    }
}

bool page_chain_add(struct page_chain *chain, const struct chain_page *page, int64_t end)
{
    if (page->number - chain->last > PAGE_CHAIN_RING)
        return false;
    keep(&chain->ring[page->number % PAGE_CHAIN_RING], page, chain->round);
    while (!chain->is_broken && chain->last < end) {
        const struct chain_entry *next = &chain->ring[(chain->last + 1) % PAGE_CHAIN_RING];
        if (next->page != chain->last + 1 || next->round != chain->round)
            break;
        chain->is_broken = !append(chain, next, end);
    }
    return true;
}

bool page_chain_is_open(const struct page_chain *chain)
{
    return chain->is_broken && chain->first > 1 && chain->last == chain->first &&
           chain->group_records == 0;
}
