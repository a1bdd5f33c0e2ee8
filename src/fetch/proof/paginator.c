#include "fetch/proof/paginator.h"

#include "model/checkpoint.h"
#include "model/ledger.h"

int64_t paginator_next(struct paginator *paginator)
{
    bool first = paginator->asked == 0;
    int64_t limit = paginator->expected_last + paginator->ahead;
    if (paginator->end > 0 || paginator->asked >= PAGES_MAX ||
        (!first && paginator->asked >= limit))
        return 0;
    return ++paginator->asked;
}

static int64_t minimum(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

static int64_t divide_up(int64_t dividend, int64_t divisor)
{
    return dividend / divisor + (dividend % divisor != 0);
}

/* Whether this page may be the last one. `full`: the most records on any page before it came. */
static bool is_end(const struct paginator *paginator, int64_t page, int64_t records, int64_t full,
                   int64_t count)
{
    if (records == 0)
        return page >= paginator->expected_last || paginator->empty >= PAGINATOR_EMPTY_MAX;
    bool count_tells = count != COUNT_UNKNOWN && count > full && full > 0;
    return count_tells && records < full && page >= divide_up(count, full);
}

/* `full`: the most records on any page before this one came. */
static void check_count(struct paginator *paginator, int64_t page, int64_t records, int64_t full,
                        int64_t count)
{
    int64_t before = (page - 1) * paginator->page_records;
    bool is_short = records > 0 && records < paginator->page_records;
    bool is_lowest_empty =
        records == 0 && (paginator->empty_page == 0 || page < paginator->empty_page);
    bool is_too_high = records < paginator->page_records && count > before + records;
    bool is_too_low = records > 0 && count < before + records;
    bool has_size_changed = page > 1 && records > full;
    paginator->short_pages += is_short;
    paginator->is_count_refuted |= is_too_high || is_too_low || has_size_changed;
    if (is_lowest_empty) {
        paginator->empty_page = page;
        paginator->empty_count = count;
    }
}

void paginator_receive(struct paginator *paginator, int64_t page, int64_t records, int64_t count)
{
    int64_t full = paginator->page_records;
    paginator->received++;
    paginator->records += records;
    paginator->empty += records == 0;
    if (records > full)
        paginator->page_records = records;
    check_count(paginator, page, records, full, count);
    if (page == 1 && records > 0)
        paginator->expected_last =
            count > records ? minimum(divide_up(count, records), PAGES_MAX) : 1;

    if (is_end(paginator, page, records, full, count)) {
        if (paginator->end == 0 || page < paginator->end)
            paginator->end = page;
    } else if (page >= paginator->expected_last) {
        paginator->ahead = paginator->ahead == 0 ? 1 : minimum(paginator->ahead * 2, PAGES_MAX);
    }
}

bool paginator_done(const struct paginator *paginator, int64_t under_way)
{
    return under_way == 0 && (paginator->end > 0 || paginator->asked >= PAGES_MAX);
}

bool paginator_count_fits(const struct paginator *paginator)
{
    int64_t before_empty = (paginator->empty_page - 1) * paginator->page_records;
    bool is_end_known = paginator->short_pages > 0 ||
                        (paginator->empty_page > 0 && paginator->empty_count == before_empty);
    return is_end_known && !paginator->is_count_refuted;
}

int64_t paginator_expected_records(const struct paginator *paginator, int64_t count)
{
    bool is_reached = count > 0 && count == paginator->records && paginator->end > 0;
    return count > paginator->records || is_reached ? count : COUNT_UNKNOWN;
}
