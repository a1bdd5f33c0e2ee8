#include "fetch/proof/course.h"

#include "base/memory.h"
#include "model/ledger.h"

#include <stdlib.h>
#include <string.h>

/* A list that is read in fewer pages is read anew as quickly as it is proven by its order. */
static const struct posts_limits limits = {.pages_min = 256, .interval = 64};

/* Posts are for the whole list in the order in which nobody enters in front. */
static bool are_posts_possible(const struct source *asked)
{
    return asked->label_count == 0 && !asked->q && strcmp(asked->sort, "created_at") == 0 &&
           strcmp(asked->direction, "asc") == 0;
}

static void find_gaps(struct course *course, const struct pages_seen *seen)
{
    int64_t last = course->pages.asked;
    bool *is_seen = memory_new((size_t)last + 1, sizeof *is_seen);
    for (size_t i = 0; i < seen->count; i++)
        is_seen[seen->pages[i].number] = true;
    course->gaps = memory_new((size_t)last + 1, sizeof *course->gaps);
    for (int64_t page = 1; page <= last; page++) {
        if (!is_seen[page])
            course->gaps[course->gap_count++] = page;
    }
    free(is_seen);
}

/* Brings the pass to where the earlier run had it. */
static bool replay(struct course *course, const struct pages_seen *seen, struct error *error)
{
    for (size_t i = 0; i < seen->count; i++) {
        const struct page_seen *page = &seen->pages[i];
        if (page->number < 1 || page->number > PAGES_MAX || page->rows < 0)
            return error_set(error, EXIT_WRONG_USE, "no page of a list: %lld",
                             (long long)page->number);
        if (page->number > course->pages.asked)
            course->pages.asked = page->number;
        if (page->number == 1)
            course->count = page->count;
        pages_receive(&course->pages, page->number, page->rows, page->count);
    }
    if (seen->count > 0)
        find_gaps(course, seen);
    return true;
}

bool course_begin(struct course *course, const struct source *asked, const struct pages_seen *seen,
                  struct error *error)
{
    course->pages = (struct pages){0};
    posts_reset(&course->posts);
    course->posts_are_possible = are_posts_possible(asked);
    course->count = COUNT_UNKNOWN;
    course->gaps = NULL;
    course->gap_count = 0;
    course->gaps_asked = 0;
    return replay(course, seen, error);
}

/* Whether all pages of the list itself have come. */
static bool is_read(const struct course *course, int pending)
{
    return course->gaps_asked == course->gap_count && pages_done(&course->pages, pending);
}

bool course_next(struct course *course, int pending, struct reading *reading)
{
    if (course->gaps_asked < course->gap_count) {
        *reading = posts_note_asked(&course->posts, course->gaps[course->gaps_asked++]);
        return true;
    }
    if (posts_next(&course->posts, is_read(course, pending), reading))
        return true;
    int64_t page = posts_hold(&course->posts) ? 0 : pages_next(&course->pages);
    if (page > 0)
        *reading = posts_note_asked(&course->posts, page);
    return page > 0;
}

static struct posts_page look_at(struct course *course, const struct livedesk_page *page,
                                 const struct answer_time *time)
{
    struct posts_page seen = {
        .rows = page->rows,
        .count = page->count,
        .created_at = course->created_at,
        .ids = course->ids,
        .server_time = time->server_time,
        .elapsed_ms = time->elapsed_ms,
    };
    for (size_t i = 0; i < page->contact_count && i < POSTS_ROWS_MAX; i++) {
        course->created_at[i] = page->contacts[i].created_at;
        course->ids[i] = page->contacts[i].id;
        seen.times += course->created_at[i] != TIME_NONE;
    }
    return seen;
}

/* The page that opens the pass opens the posts as well. */
void course_receive(struct course *course, const struct reading *reading,
                    const struct livedesk_page *page, const struct answer_time *time)
{
    struct posts_page seen = look_at(course, page, time);
    if (reading->kind == READING_FIRST)
        pages_receive(&course->pages, reading->page, seen.rows, seen.count);
    if (reading->kind == READING_FIRST && reading->page == 1) {
        course->count = seen.count;
        if (course->pages.received == 1 && course->posts_are_possible)
            posts_open(&course->posts, &limits, &seen, course->pages.expected_last);
    } else {
        posts_receive(&course->posts, reading, &seen);
    }
}

bool course_is_over(const struct course *course, int pending)
{
    return is_read(course, pending) && !posts_at_work(&course->posts);
}

struct pass_end course_end(struct course *course)
{
    free(course->gaps);
    course->gaps = NULL;
    return (struct pass_end){
        .count_fits = pages_count_fits(&course->pages),
        .ends_short = pages_end_short(&course->pages),
        .holds_by_order = course->posts.is_proven,
    };
}
