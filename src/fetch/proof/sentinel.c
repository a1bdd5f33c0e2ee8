#include "fetch/proof/sentinel.h"

#include "model/ledger.h"

enum {
    STALLS_MAX = 8,       /* shifts in a row after which no more contacts are certain */
    INTERVAL_SHRINK = 16, /* the shortest interval is the longest divided by this */
    INTERVAL_GROWTH = 8,  /* without a shift the interval grows by this part of it */
    PAGES_BACK = 4,       /* how far a chain goes back where its first contacts tie */
};

static int64_t minimum(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

static int64_t maximum(int64_t left, int64_t right)
{
    return left > right ? left : right;
}

static void give_up(struct sentinel *sentinel)
{
    sentinel->state = SENTINEL_OFF;
}

/* Whether each record has its time of creation, the page is in order, and it holds no more records
   than the first one did. */
static bool is_plain(const struct sentinel *sentinel, const struct page_facts *page)
{
    if (page->dated != page->records || page->records > sentinel->page_records)
        return false;
    for (int64_t i = 1; i < page->records; i++) {
        if (page->created_at[i] < page->created_at[i - 1])
            return false;
    }
    return true;
}

/* Whether the count says that so many contacts stand on that page and none behind it. A page that
   is short for another reason, such as a new size of pages, does not fit the count. */
static bool is_short_as_counted(const struct sentinel *sentinel, int64_t page, int64_t records,
                                int64_t count)
{
    int64_t before = (page - 1) * sentinel->page_records;
    if (records == 0)
        return count != COUNT_UNKNOWN && count <= before;
    return records < sentinel->page_records && count == before + records;
}

/* Whether the page should be empty by its own count. Some servers repeat the last page there. */
static bool is_behind_count(const struct sentinel *sentinel, int64_t number,
                            const struct page_facts *page)
{
    return page->records > 0 && page->count != COUNT_UNKNOWN &&
           page->count <= (number - 1) * sentinel->page_records;
}

void sentinel_reset(struct sentinel *sentinel)
{
    sentinel->state = SENTINEL_OFF;
    sentinel->is_proven = false;
}

void sentinel_open(struct sentinel *sentinel, const struct sentinel_limits *limits,
                   const struct page_facts *first_page, int64_t expected_last)
{
    sentinel->limits = *limits;
    sentinel->page_records = first_page->records;
    /* The server may look at its clock before or after the list, and cuts fractions of seconds off.
     */
    sentinel->surely_old = first_page->server_time - first_page->elapsed_ms / 1000 - 2;
    sentinel->surely_new = first_page->server_time + 1;
    sentinel->latest_time = first_page->server_time;
    sentinel->page = expected_last;
    sentinel->is_clear = false;
    sentinel->certain = 0;
    sentinel->epoch = 0;
    page_chain_begin(&sentinel->chain, 1, first_page->records);
    sentinel->is_due = true;
    sentinel->is_in_flight = false;
    sentinel->asked = 1;
    sentinel->again_next = 1;
    sentinel->again_last = 0;
    sentinel->again_left = expected_last;
    sentinel->since_reading = 0;
    sentinel->interval = limits->interval;
    sentinel->best = 0;
    sentinel->stalls = 0;
    bool is_worth_it = limits->interval > 0 && expected_last >= limits->pages_min;
    bool is_possible = expected_last > 1 && first_page->server_time != 0 &&
                       first_page->records <= PAGE_FACTS_RECORDS_MAX &&
                       is_plain(sentinel, first_page);
    sentinel->state = is_worth_it && is_possible ? SENTINEL_OPENING : SENTINEL_OFF;
}

static struct reading make_reading(struct sentinel *sentinel, int64_t page, enum reading_kind kind)
{
    bool is_late = sentinel->latest_time > sentinel->surely_new;
    return (struct reading){
        .page = page, .kind = kind, .epoch = sentinel->epoch, .is_late = is_late};
}

static void ask_sentinel(struct sentinel *sentinel, enum reading_kind kind, struct reading *reading)
{
    *reading = make_reading(sentinel, sentinel->page, kind);
    sentinel->is_due = false;
    sentinel->is_in_flight = true;
    sentinel->chain_last = sentinel->chain.last;
    sentinel->chain_is_broken = sentinel->chain.is_broken;
    sentinel->since_reading = 0;
}

static void ask_again(struct sentinel *sentinel, struct reading *reading)
{
    *reading = make_reading(sentinel, sentinel->again_next++, READING_AGAIN);
    sentinel->since_reading++;
}

bool sentinel_next(struct sentinel *sentinel, bool is_all_read, struct reading *reading)
{
    if (sentinel->state == SENTINEL_OFF)
        return false;
    bool is_due = sentinel->is_due || sentinel->since_reading >= sentinel->interval;
    bool is_again = sentinel->again_next <= sentinel->again_last;
    bool is_last = is_all_read && !is_again;
    if ((is_due || is_last) && !sentinel->is_in_flight) {
        ask_sentinel(sentinel, is_last ? READING_LAST_SENTINEL : READING_SENTINEL, reading);
        return true;
    }
    if (is_again && --sentinel->again_left < 0)
        give_up(sentinel);
    else if (is_again)
        ask_again(sentinel, reading);
    return is_again && sentinel->state != SENTINEL_OFF;
}

bool sentinel_holds(const struct sentinel *sentinel)
{
    return sentinel->state == SENTINEL_OPENING;
}

struct reading sentinel_note_asked(struct sentinel *sentinel, int64_t page)
{
    sentinel->asked = page;
    sentinel->since_reading++;
    return make_reading(sentinel, page, READING_FIRST);
}

/* From now on pages are read of the list as the latest reading of the sentinel showed it. */
static void begin_epoch(struct sentinel *sentinel)
{
    sentinel->epoch++;
    page_chain_begin(&sentinel->chain, maximum(sentinel->certain / sentinel->page_records, 1),
                     sentinel->page_records);
    sentinel->again_next = sentinel->chain.first;
    sentinel->again_last = minimum(sentinel->asked, sentinel->page);
}

/* A group at the chain's first boundary may begin in front of the chain: so fewer contacts are
   certain than it seemed. A reading of the sentinel that is in flight still judges the former
   chain. */
static void step_back(struct sentinel *sentinel)
{
    sentinel->certain = maximum(sentinel->certain - PAGES_BACK * sentinel->page_records, 0);
    sentinel->chain_is_broken = false;
    begin_epoch(sentinel);
}

static void receive_chained(struct sentinel *sentinel, const struct reading *reading,
                            const struct page_facts *page)
{
    struct chain_page listed = {reading->page, page->records, page->created_at, page->ids};
    if (reading->epoch != sentinel->epoch || reading->page > sentinel->page ||
        sentinel->chain.is_broken)
        return;
    if (!page_chain_add(&sentinel->chain, &listed, sentinel->page))
        give_up(sentinel);
    else if (page_chain_is_open(&sentinel->chain))
        step_back(sentinel);
}

static void keep_reading(struct sentinel *sentinel, const struct page_facts *page, bool is_end)
{
    sentinel->last.page = sentinel->page;
    sentinel->last.records = page->records;
    sentinel->last.is_end = is_end;
    for (int64_t i = 0; i < page->records; i++)
        sentinel->last.created_at[i] = page->created_at[i];
}

/* `shift` contacts in front of the sentinel have gone since its last reading. */
static void rewind_by(struct sentinel *sentinel, int64_t shift)
{
    int64_t shortest = maximum(sentinel->limits.interval / INTERVAL_SHRINK, 1);
    sentinel->interval = maximum(sentinel->interval / 2, shortest);
    sentinel->certain = maximum(sentinel->certain - maximum(shift, 0), 0);
    if (shift < 0)
        sentinel->is_clear = false;
    if (++sentinel->stalls > STALLS_MAX)
        give_up(sentinel);
    else
        begin_epoch(sentinel);
}

/* Nothing shifted since the last reading: the chain is certain, as far as the page in front of the
   sentinel. */
static void settle(struct sentinel *sentinel, const struct reading *reading,
                   const struct page_facts *page, bool is_end)
{
    int64_t pages = minimum(sentinel->chain_last, sentinel->page - 1);
    sentinel->certain = maximum(sentinel->certain, pages * sentinel->page_records);
    if (sentinel->certain > sentinel->best) {
        sentinel->best = sentinel->certain;
        sentinel->stalls = 0;
    }
    int64_t longer = sentinel->interval + maximum(sentinel->interval / INTERVAL_GROWTH, 1);
    sentinel->interval = minimum(longer, sentinel->limits.interval);
    if (reading->kind == READING_LAST_SENTINEL) {
        bool is_nobody_behind =
            is_end || page->created_at[page->records - 1] > sentinel->surely_new;
        sentinel->is_proven = sentinel->chain_last >= sentinel->page && is_nobody_behind;
        sentinel->state = SENTINEL_OFF;
    } else if (sentinel->chain_is_broken) {
        give_up(sentinel);
    }
}

/* How many records were created at `until` or before. */
static int64_t count_until(const int64_t *created_at, int64_t records, int64_t until)
{
    int64_t count = 0;
    while (count < records && created_at[count] <= until)
        count++;
    return count;
}

static void compare(struct sentinel *sentinel, const struct reading *reading,
                    const struct page_facts *page, bool is_end)
{
    const struct sentinel_reading *last = &sentinel->last;
    int64_t first = page->created_at[0];
    int64_t until =
        maximum(last->created_at[0], first); /* the k of docs/proof.md is a second later */
    int64_t count_then = count_until(last->created_at, last->records, until);
    int64_t count_now = count_until(page->created_at, page->records, until);
    bool is_known =
        (last->is_end || count_then < last->records) && (is_end || count_now < page->records);
    int64_t rank_then = (last->page - 1) * sentinel->page_records + count_then;
    int64_t rank_now = (sentinel->page - 1) * sentinel->page_records + count_now;
    bool is_same = last->page == sentinel->page && last->created_at[0] == first;
    if (!is_known || (rank_then == rank_now && !is_same)) {
        give_up(sentinel);
        return;
    }
    keep_reading(sentinel, page, is_end);
    if (rank_then != rank_now)
        rewind_by(sentinel, rank_then - rank_now);
    else
        settle(sentinel, reading, page, is_end);
}

/* No old contact stands on the sentinel any more: the page in front becomes the sentinel. */
static void move_sentinel(struct sentinel *sentinel, const struct reading *reading)
{
    sentinel->page--;
    sentinel->is_clear = reading->is_late;
    sentinel->is_due = true;
    if (sentinel->page < 2 || --sentinel->again_left < 0)
        give_up(sentinel);
}

static void receive_sentinel(struct sentinel *sentinel, const struct reading *reading,
                             const struct page_facts *page)
{
    bool is_short = page->records < sentinel->page_records;
    bool is_counted =
        !is_short || is_short_as_counted(sentinel, reading->page, page->records, page->count);
    bool is_nobody_old = page->records == 0 || page->created_at[0] > sentinel->surely_new;
    sentinel->is_in_flight = false;
    if (is_counted && is_nobody_old) {
        move_sentinel(sentinel, reading);
    } else if (!is_counted || page->created_at[0] >= sentinel->surely_old) {
        give_up(sentinel);
    } else if (sentinel->state == SENTINEL_OPENING) {
        keep_reading(sentinel, page, is_short || sentinel->is_clear);
        sentinel->state = SENTINEL_RUNNING;
        begin_epoch(sentinel);
    } else {
        compare(sentinel, reading, page, is_short || sentinel->is_clear);
    }
}

static void look_behind(struct sentinel *sentinel, const struct reading *reading,
                        const struct page_facts *page)
{
    bool is_nobody_old = page->records == 0
                             ? is_short_as_counted(sentinel, reading->page, 0, page->count)
                             : page->created_at[0] > sentinel->surely_new;
    sentinel->is_clear |= reading->is_late && is_nobody_old;
}

void sentinel_receive(struct sentinel *sentinel, const struct reading *reading,
                      const struct page_facts *page)
{
    if (sentinel->state == SENTINEL_OFF)
        return;
    sentinel->latest_time = maximum(sentinel->latest_time, page->server_time);
    if (!is_plain(sentinel, page) || is_behind_count(sentinel, reading->page, page)) {
        give_up(sentinel);
        return;
    }
    if (reading->page == sentinel->page + 1)
        look_behind(sentinel, reading, page);
    if (reading->kind == READING_SENTINEL || reading->kind == READING_LAST_SENTINEL)
        receive_sentinel(sentinel, reading, page);
    else
        receive_chained(sentinel, reading, page);
}

bool sentinel_is_at_work(const struct sentinel *sentinel)
{
    return sentinel->state != SENTINEL_OFF;
}
