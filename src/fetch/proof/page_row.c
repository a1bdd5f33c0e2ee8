#include "fetch/proof/page_row.h"

void page_row_begin(struct page_row *row, int64_t first, int64_t page_rows)
{
    row->page_rows = page_rows;
    row->first = first;
    row->last = first - 1;
    row->is_broken = false;
    row->group_rows = 0;
    row->round++;
}

static bool is_among(int64_t id, const int64_t *ids, int64_t count)
{
    int64_t at = 0;
    while (at < count && ids[at] != id)
        at++;
    return at < count;
}

/* The records at the end of that page are all there are of their group so far, unless the row
   begins among them. */
static void begin_group(struct page_row *row, const struct row_entry *entry)
{
    bool is_cut = entry->page == row->first && entry->page > 1 && entry->first == entry->last;
    row->group_rows = is_cut || entry->tail_rows > PAGE_ROW_TIED_MAX ? 0 : entry->tail_rows;
    for (int64_t i = 0; i < row->group_rows; i++)
        row->group_ids[i] = entry->tail_ids[i];
}

/* The records at the head of that page are of the group that ends the row. False if they may not be
   all different ones. */
static bool join_group(struct page_row *row, const struct row_entry *entry)
{
    if (row->group_rows == 0 || entry->head_rows > PAGE_ROW_TIED_MAX ||
        row->group_rows + entry->head_rows > PAGE_ROW_GROUP_MAX)
        return false;
    for (int64_t i = 0; i < entry->head_rows; i++) {
        if (is_among(entry->head_ids[i], row->group_ids, row->group_rows))
            return false;
        row->group_ids[row->group_rows++] = entry->head_ids[i];
    }
    return true;
}

static bool append(struct page_row *row, const struct row_entry *entry, int64_t end)
{
    bool is_first = entry->page == row->first;
    bool is_full = entry->rows == row->page_rows || (entry->page == end && entry->rows > 0);
    bool is_tied = !is_first && entry->first == row->created_at;
    if (!is_full || (!is_first && entry->first < row->created_at) ||
        (is_tied && !join_group(row, entry)))
        return false;
    if (!is_tied || entry->first != entry->last)
        begin_group(row, entry);
    row->last = entry->page;
    row->created_at = entry->last;
    return true;
}

static void keep(struct row_entry *entry, const struct row_page *page, int64_t round)
{
    int64_t rows = page->rows;
    entry->round = round;
    entry->page = page->number;
    entry->rows = rows;
    entry->first = rows > 0 ? page->created_at[0] : 0;
    entry->last = rows > 0 ? page->created_at[rows - 1] : 0;
    entry->head_rows = entry->tail_rows = 0;
    for (int64_t i = 0; i < rows && page->created_at[i] == entry->first; i++) {
        if (entry->head_rows++ < PAGE_ROW_TIED_MAX)
            entry->head_ids[i] = page->ids[i];
    }
    for (int64_t i = 0; i < rows && page->created_at[rows - 1 - i] == entry->last; i++) {
        if (entry->tail_rows++ < PAGE_ROW_TIED_MAX)
            entry->tail_ids[i] = page->ids[rows - 1 - i];
    }
}

bool page_row_add(struct page_row *row, const struct row_page *page, int64_t end)
{
    if (page->number - row->last > PAGE_ROW_RING)
        return false;
    keep(&row->ring[page->number % PAGE_ROW_RING], page, row->round);
    while (!row->is_broken && row->last < end) {
        const struct row_entry *next = &row->ring[(row->last + 1) % PAGE_ROW_RING];
        if (next->page != row->last + 1 || next->round != row->round)
            break;
        row->is_broken = !append(row, next, end);
    }
    return true;
}

bool page_row_is_open(const struct page_row *row)
{
    return row->is_broken && row->first > 1 && row->last == row->first && row->group_rows == 0;
}
