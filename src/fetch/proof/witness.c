#include "fetch/proof/witness.h"

#include "model/contact.h"

/* A contact that was created meanwhile need not have been read. */
static bool had_to_be_read(const struct testimony *testimony, int64_t at)
{
    int64_t created_at = testimony->page->created_at[at];
    return testimony->created_before == 0 || created_at < testimony->created_before;
}

/* Contacts without a time of creation may stand anywhere. */
static bool is_in_order(const struct testimony *testimony)
{
    const int64_t *created_at = testimony->page->created_at;
    for (int64_t i = 1; testimony->is_by_age && i < testimony->page->usable; i++) {
        int64_t older = created_at[testimony->is_oldest_first ? i - 1 : i];
        int64_t newer = created_at[testimony->is_oldest_first ? i : i - 1];
        if (older != TIME_NONE && newer != TIME_NONE && older > newer)
            return false;
    }
    return true;
}

static int64_t place_of(int64_t id, const struct page_facts *page)
{
    int64_t place = 0;
    while (place < page->usable && page->ids[place] != id)
        place++;
    return place;
}

/* Neighbours on page 1 that are both on this page, and how many of them stand the other way round.
 */
struct neighbours {
    int64_t pairs;
    int64_t turned;
};

static struct neighbours find_neighbours(const struct page_ids *first,
                                         const struct page_facts *page)
{
    struct neighbours found = {0};
    for (int64_t i = 1; i < first->count; i++) {
        int64_t before = place_of(first->ids[i - 1], page);
        int64_t after = place_of(first->ids[i], page);
        bool are_there = before < page->usable && after < page->usable;
        found.pairs += are_there;
        found.turned += are_there && after < before;
    }
    return found;
}

/* Where both pages begin with contacts that tie, they may be the same end in another order. */
static bool begins_alike(const struct page_ids *first, const struct page_facts *page)
{
    return page->usable > 0 && page->keys && page->keys[0] == first->first_key;
}

/* Whether the page shows the other end. Where two pages hold the whole list, both ends share some
   contacts, and where one does, all: then their order tells. */
static bool is_other_end(const struct testimony *testimony)
{
    const struct page_facts *page = testimony->page;
    const struct page_ids *first = testimony->first;
    int64_t contacts = testimony->contacts;
    if (page->usable < 2 && contacts == page->usable)
        return true;
    if (first->count == 0 || !is_in_order(testimony) || begins_alike(first, page))
        return false;
    struct neighbours found = find_neighbours(first, page);
    if (contacts < 2 * page->usable && found.pairs > 0)
        return found.turned * 2 > found.pairs;
    return page_ids_shared(first, page) <= page->usable / 2;
}

enum witness_word witness_judge(const struct testimony *testimony)
{
    const struct page_facts *page = testimony->page;
    int64_t known = 0;
    if (page->is_odd_end)
        return WITNESS_IS_SILENT;
    for (int64_t i = 0; i < page->usable; i++) {
        known += testimony->is_known[i];
        if (!testimony->is_known[i] && had_to_be_read(testimony, i))
            return WITNESS_CONTRADICTS;
    }
    if (known == 0 && (page->records > 0 || testimony->contacts > 0))
        return WITNESS_CONTRADICTS;
    return known == 0 || is_other_end(testimony) ? WITNESS_CONFIRMS : WITNESS_IS_SILENT;
}

enum closing witness_close(enum witness_word word, int contradicted, const struct pass_record *pass,
                           int64_t contacts, int64_t round)
{
    enum { CONTRADICTED_MAX = 1 };
    bool is_round = pass->rows > 0 && (pass->rows % round == 0 || contacts % round == 0);
    if (word == WITNESS_CONFIRMS)
        return CLOSING_COMPLETE;
    if (word == WITNESS_CONTRADICTS)
        return contradicted < CONTRADICTED_MAX ? CLOSING_READ_ON : CLOSING_BEYOND_REACH;
    return pass->ends_oddly || is_round ? CLOSING_END_UNPROVEN : CLOSING_COMPLETE;
}
