#include "fetch/proof/page_facts.h"

#include <string.h>

void page_ids_keep(struct page_ids *kept, const struct page_facts *page)
{
    kept->count = page->usable == page->records ? page->usable : 0;
    if (kept->count > 0)
        memcpy(kept->ids, page->ids, (size_t)kept->count * sizeof *kept->ids);
    if (kept->count > 0)
        kept->first_key = page->keys ? page->keys[0] : 0;
}

static bool holds(const struct page_ids *kept, int64_t id)
{
    for (int64_t i = 0; i < kept->count; i++) {
        if (kept->ids[i] == id)
            return true;
    }
    return false;
}

int64_t page_ids_shared(const struct page_ids *kept, const struct page_facts *page)
{
    int64_t shared = 0;
    for (int64_t i = 0; i < page->usable; i++)
        shared += holds(kept, page->ids[i]);
    return shared;
}

bool page_ids_are_repeated(const struct page_ids *kept, const struct page_facts *page)
{
    return kept->count >= PAGE_REPEATED_MIN && page->records == kept->count &&
           page->usable == kept->count && page_ids_shared(kept, page) == kept->count;
}
