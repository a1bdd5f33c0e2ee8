#include "fetch/proof/pages.h"

#include "model/ledger.h"

int64_t pages_next(struct pages *pages)
{
    bool first = pages->asked == 0;
    int64_t limit = pages->expected_last + pages->ahead;
    if (pages->end > 0 || pages->asked >= PAGES_MAX || (!first && pages->asked >= limit))
        return 0;
    return ++pages->asked;
}

static int64_t minimum(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

static int64_t divide_up(int64_t dividend, int64_t divisor)
{
    return dividend / divisor + (dividend % divisor != 0);
}

/* Whether the pass may end here. `full` is what a page held before this one came. */
static bool is_end(const struct pages *pages, int64_t page, int64_t rows, int64_t full,
                   int64_t count)
{
    if (rows == 0)
        return page >= pages->expected_last || pages->empty >= PAGES_EMPTY_MAX;
    bool count_tells = count != COUNT_UNKNOWN && count > full && full > 0;
    return count_tells && rows < full && page >= divide_up(count, full);
}

/* `full` is what the fullest page held before this one came. */
static void check_count(struct pages *pages, int64_t page, int64_t rows, int64_t full,
                        int64_t count)
{
    int64_t before = (page - 1) * pages->page_rows;
    bool is_short = rows > 0 && rows < pages->page_rows;
    bool is_lowest_empty = rows == 0 && (pages->empty_page == 0 || page < pages->empty_page);
    bool is_too_high = rows < pages->page_rows && count > before + rows;
    bool is_too_low = rows > 0 && count < before + rows;
    bool has_size_changed = page > 1 && rows > full;
    pages->short_pages += is_short;
    pages->is_count_refuted |= is_too_high || is_too_low || has_size_changed;
    if (is_lowest_empty) {
        pages->empty_page = page;
        pages->empty_count = count;
    }
}

void pages_receive(struct pages *pages, int64_t page, int64_t rows, int64_t count)
{
    int64_t full = pages->page_rows;
    pages->received++;
    pages->rows += rows;
    pages->empty += rows == 0;
    if (rows > full)
        pages->page_rows = rows;
    check_count(pages, page, rows, full, count);
    if (page == 1 && rows > 0)
        pages->expected_last = count > rows ? minimum(divide_up(count, rows), PAGES_MAX) : 1;

    if (is_end(pages, page, rows, full, count)) {
        if (pages->end == 0 || page < pages->end)
            pages->end = page;
    } else if (page >= pages->expected_last) {
        pages->ahead = pages->ahead == 0 ? 1 : minimum(pages->ahead * 2, PAGES_MAX);
    }
}

bool pages_done(const struct pages *pages, int64_t under_way)
{
    return under_way == 0 && (pages->end > 0 || pages->asked >= PAGES_MAX);
}

bool pages_count_fits(const struct pages *pages)
{
    int64_t before_empty = (pages->empty_page - 1) * pages->page_rows;
    bool is_end_known =
        pages->short_pages > 0 || (pages->empty_page > 0 && pages->empty_count == before_empty);
    return is_end_known && !pages->is_count_refuted;
}

bool pages_end_short(const struct pages *pages)
{
    return pages->short_pages > 0;
}

int64_t pages_expected_rows(const struct pages *pages, int64_t count)
{
    bool is_reached = count > 0 && count == pages->rows && pages->end > 0;
    return count > pages->rows || is_reached ? count : COUNT_UNKNOWN;
}
