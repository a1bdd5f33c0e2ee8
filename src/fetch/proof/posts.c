#include "fetch/proof/posts.h"

#include "model/ledger.h"

enum {
    STALLS_MAX = 8,       /* shifts in a row without more becoming certain */
    INTERVAL_SHRINK = 16, /* how much shorter the interval may get */
    INTERVAL_GROWTH = 8,  /* by which part of it it grows when nothing shifted */
    PAGES_BACK = 4,       /* where a row begins among contacts that tie */
};

static int64_t minimum(int64_t left, int64_t right)
{
    return left < right ? left : right;
}

static int64_t maximum(int64_t left, int64_t right)
{
    return left > right ? left : right;
}

static void give_up(struct posts *posts)
{
    posts->state = POSTS_OFF;
}

/* Whether every record tells when it was created, in the order that was asked for, and there are no
   more of them than on the first page. */
static bool is_plain(const struct posts *posts, const struct posts_page *page)
{
    if (page->times != page->rows || page->rows > posts->page_rows)
        return false;
    for (int64_t i = 1; i < page->rows; i++) {
        if (page->created_at[i] < page->created_at[i - 1])
            return false;
    }
    return true;
}

/* Only `rows` contacts stand on that page and none behind it, if the size of a page is still the
   same and the count any good. */
static bool is_short_as_counted(const struct posts *posts, int64_t page, int64_t rows,
                                int64_t count)
{
    int64_t before = (page - 1) * posts->page_rows;
    if (rows == 0)
        return count != COUNT_UNKNOWN && count <= before;
    return rows < posts->page_rows && count == before + rows;
}

void posts_reset(struct posts *posts)
{
    posts->state = POSTS_OFF;
    posts->is_proven = false;
}

void posts_open(struct posts *posts, const struct posts_limits *limits,
                const struct posts_page *first_page, int64_t expected_last)
{
    posts->limits = *limits;
    posts->page_rows = first_page->rows;
    /* Its clock may be read a little before or after the list, and cuts seconds off. */
    posts->surely_old = first_page->server_time - first_page->elapsed_ms / 1000 - 2;
    posts->surely_new = first_page->server_time + 1;
    posts->latest_time = first_page->server_time;
    posts->page = expected_last;
    posts->is_clear = false;
    posts->certain = 0;
    posts->epoch = 0;
    page_row_begin(&posts->row, 1, first_page->rows);
    posts->is_post_due = true;
    posts->is_post_under_way = false;
    posts->asked = 1;
    posts->again_next = 1;
    posts->again_last = 0;
    posts->again_left = expected_last;
    posts->since_post = 0;
    posts->interval = limits->interval;
    posts->best = 0;
    posts->stalls = 0;
    bool is_worth_it = limits->interval > 0 && expected_last >= limits->pages_min;
    bool is_possible = expected_last > 1 && first_page->server_time != 0 &&
                       first_page->rows <= POSTS_ROWS_MAX && is_plain(posts, first_page);
    posts->state = is_worth_it && is_possible ? POSTS_OPENING : POSTS_OFF;
}

static struct reading make_reading(struct posts *posts, int64_t page, enum reading_kind kind)
{
    bool is_late = posts->latest_time > posts->surely_new;
    return (struct reading){page, kind, posts->epoch, is_late};
}

static void ask_post(struct posts *posts, enum reading_kind kind, struct reading *reading)
{
    *reading = make_reading(posts, posts->page, kind);
    posts->is_post_due = false;
    posts->is_post_under_way = true;
    posts->post_row_last = posts->row.last;
    posts->post_is_broken = posts->row.is_broken;
    posts->since_post = 0;
}

static void ask_again(struct posts *posts, struct reading *reading)
{
    *reading = make_reading(posts, posts->again_next++, READING_AGAIN);
    posts->since_post++;
}

bool posts_next(struct posts *posts, bool is_all_read, struct reading *reading)
{
    if (posts->state == POSTS_OFF)
        return false;
    bool is_due = posts->is_post_due || posts->since_post >= posts->interval;
    bool is_again = posts->again_next <= posts->again_last;
    bool is_last = is_all_read && !is_again;
    if ((is_due || is_last) && !posts->is_post_under_way) {
        ask_post(posts, is_last ? READING_LAST_POST : READING_POST, reading);
        return true;
    }
    if (is_again && --posts->again_left < 0)
        give_up(posts);
    else if (is_again)
        ask_again(posts, reading);
    return is_again && posts->state != POSTS_OFF;
}

bool posts_hold(const struct posts *posts)
{
    return posts->state == POSTS_OPENING;
}

struct reading posts_note_asked(struct posts *posts, int64_t page)
{
    posts->asked = page;
    posts->since_post++;
    return make_reading(posts, page, READING_FIRST);
}

/* What comes from now on is read of the list as the latest post showed it. */
static void begin_epoch(struct posts *posts)
{
    posts->epoch++;
    page_row_begin(&posts->row, maximum(posts->certain / posts->page_rows, 1), posts->page_rows);
    posts->again_next = posts->row.first;
    posts->again_last = minimum(posts->asked, posts->page);
}

/* Those that tie across the first boundary of the row may have begun in front of it: less is
   certain than it seemed. What a post under way finds of the former row still holds. */
static void step_back(struct posts *posts)
{
    posts->certain = maximum(posts->certain - PAGES_BACK * posts->page_rows, 0);
    posts->post_is_broken = false;
    begin_epoch(posts);
}

static void receive_row(struct posts *posts, const struct reading *reading,
                        const struct posts_page *page)
{
    struct row_page listed = {reading->page, page->rows, page->created_at, page->ids};
    if (reading->epoch != posts->epoch || reading->page > posts->page || posts->row.is_broken)
        return;
    if (!page_row_add(&posts->row, &listed, posts->page))
        give_up(posts);
    else if (page_row_is_open(&posts->row))
        step_back(posts);
}

static void keep_post(struct posts *posts, const struct posts_page *page, bool is_end)
{
    posts->last.page = posts->page;
    posts->last.rows = page->rows;
    posts->last.is_end = is_end;
    for (int64_t i = 0; i < page->rows; i++)
        posts->last.created_at[i] = page->created_at[i];
}

/* `shift`: how many more contacts were in front than are now. */
static void rewind_by(struct posts *posts, int64_t shift)
{
    int64_t shortest = maximum(posts->limits.interval / INTERVAL_SHRINK, 1);
    posts->interval = maximum(posts->interval / 2, shortest);
    posts->certain = maximum(posts->certain - maximum(shift, 0), 0);
    if (shift < 0)
        posts->is_clear = false;
    if (++posts->stalls > STALLS_MAX)
        give_up(posts);
    else
        begin_epoch(posts);
}

/* Nothing shifted since the post before this one. The row counts only in front of the post. */
static void settle(struct posts *posts, const struct reading *reading,
                   const struct posts_page *page, bool is_end)
{
    int64_t pages = minimum(posts->post_row_last, posts->page - 1);
    posts->certain = maximum(posts->certain, pages * posts->page_rows);
    if (posts->certain > posts->best) {
        posts->best = posts->certain;
        posts->stalls = 0;
    }
    int64_t longer = posts->interval + maximum(posts->interval / INTERVAL_GROWTH, 1);
    posts->interval = minimum(longer, posts->limits.interval);
    if (reading->kind == READING_LAST_POST) {
        bool is_nobody_behind = is_end || page->created_at[page->rows - 1] > posts->surely_new;
        posts->is_proven = posts->post_row_last >= posts->page && is_nobody_behind;
        posts->state = POSTS_OFF;
    } else if (posts->post_is_broken) {
        give_up(posts);
    }
}

/* How many rows were created not later than that. */
static int64_t count_until(const int64_t *created_at, int64_t rows, int64_t until)
{
    int64_t count = 0;
    while (count < rows && created_at[count] <= until)
        count++;
    return count;
}

static void compare(struct posts *posts, const struct reading *reading,
                    const struct posts_page *page, bool is_end)
{
    const struct post *last = &posts->last;
    int64_t first = page->created_at[0];
    int64_t until = maximum(last->created_at[0], first); /* k is just behind */
    int64_t count_then = count_until(last->created_at, last->rows, until);
    int64_t count_now = count_until(page->created_at, page->rows, until);
    bool is_known = (last->is_end || count_then < last->rows) && (is_end || count_now < page->rows);
    int64_t rank_then = (last->page - 1) * posts->page_rows + count_then;
    int64_t rank_now = (posts->page - 1) * posts->page_rows + count_now;
    bool is_same = last->page == posts->page && last->created_at[0] == first;
    if (!is_known || (rank_then == rank_now && !is_same)) {
        give_up(posts);
        return;
    }
    keep_post(posts, page, is_end);
    if (rank_then != rank_now)
        rewind_by(posts, rank_then - rank_now);
    else
        settle(posts, reading, page, is_end);
}

/* Nobody who was there when the pass began stands on the post any more. */
static void move_post(struct posts *posts, const struct reading *reading)
{
    posts->page--;
    posts->is_clear = reading->is_late;
    posts->is_post_due = true;
    if (posts->page < 2 || --posts->again_left < 0)
        give_up(posts);
}

static void receive_post(struct posts *posts, const struct reading *reading,
                         const struct posts_page *page)
{
    bool is_short = page->rows < posts->page_rows;
    bool is_counted =
        !is_short || is_short_as_counted(posts, reading->page, page->rows, page->count);
    bool is_nobody_old = page->rows == 0 || page->created_at[0] > posts->surely_new;
    posts->is_post_under_way = false;
    if (is_counted && is_nobody_old) {
        move_post(posts, reading);
    } else if (!is_counted || page->created_at[0] >= posts->surely_old) {
        give_up(posts);
    } else if (posts->state == POSTS_OPENING) {
        keep_post(posts, page, is_short || posts->is_clear);
        posts->state = POSTS_RUNNING;
        begin_epoch(posts);
    } else {
        compare(posts, reading, page, is_short || posts->is_clear);
    }
}

static void look_behind(struct posts *posts, const struct reading *reading,
                        const struct posts_page *page)
{
    bool is_nobody_old = page->rows == 0 ? is_short_as_counted(posts, reading->page, 0, page->count)
                                         : page->created_at[0] > posts->surely_new;
    posts->is_clear |= reading->is_late && is_nobody_old;
}

void posts_receive(struct posts *posts, const struct reading *reading,
                   const struct posts_page *page)
{
    if (posts->state == POSTS_OFF)
        return;
    posts->latest_time = maximum(posts->latest_time, page->server_time);
    if (!is_plain(posts, page)) {
        give_up(posts);
        return;
    }
    if (reading->page == posts->page + 1)
        look_behind(posts, reading, page);
    if (reading->kind == READING_POST || reading->kind == READING_LAST_POST)
        receive_post(posts, reading, page);
    else
        receive_row(posts, reading, page);
}

bool posts_at_work(const struct posts *posts)
{
    return posts->state != POSTS_OFF;
}
