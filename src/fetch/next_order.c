#include "fetch/next_order.h"

#include "fetch/reader.h"
#include "snapshot/writer.h"

#include <string.h>

static bool read_first_page(const struct next_order *next, const char *sort, struct page_ids *ids,
                            struct error *error)
{
    struct source asked = *next->asked;
    const struct page_facts *facts;
    asked.sort = sort;
    asked.direction = "asc";
    ids->count = 0;
    if (!reader_peek(next->reader, &asked, 1, &facts, error))
        return false;
    if (!facts->is_odd_end)
        page_ids_keep(ids, facts);
    return true;
}

/* The first contacts by email stay the first if further keys order the rest. A server that does not
   know several keys refuses them, or gives the list in no order. */
static bool try_several(const struct next_order *next, struct error *error)
{
    struct page_ids one;
    struct page_ids several;
    if (*next->several != SEVERAL_KEYS_UNTRIED)
        return true;
    if (!read_first_page(next, pass_key_names[PASS_BY_EMAIL], &one, error) ||
        !read_first_page(next, pass_several_keys, &several, error))
        return false;
    size_t bytes = (size_t)one.count * sizeof *one.ids;
    bool is_same =
        one.count > 1 && one.count == several.count && memcmp(one.ids, several.ids, bytes) == 0;
    *next->several = is_same ? SEVERAL_KEYS_OBEYED : SEVERAL_KEYS_IGNORED;
    return true;
}

static bool prefer_several(const struct next_order *next, int64_t tied, struct pass_order *order,
                           struct error *error)
{
    int64_t together = snapshot_writer_count_tied(next->writer, pass_several_keys, error);
    if (together < 0)
        return false;
    if (together >= tied)
        return true;
    if (!try_several(next, error))
        return false;
    if (*next->several == SEVERAL_KEYS_OBEYED)
        *order = (struct pass_order){pass_several_keys, "asc"};
    return true;
}

bool next_order_find(const struct next_order *next, struct pass_order *order, struct error *error)
{
    struct pass_order last = {next->asked->sort, next->asked->direction};
    int64_t tied[PASS_KEYS] = {0};
    int64_t least = INT64_MAX;
    for (int key = 0; next->was_tied && key < PASS_KEYS; key++) {
        tied[key] = snapshot_writer_count_tied(next->writer, pass_key_names[key], error);
        if (tied[key] < 0)
            return false;
        if (tied[key] < least)
            least = tied[key];
    }
    *order = passes_next(last, next->was_tied, tied);
    return !next->was_tied || prefer_several(next, least, order, error);
}
