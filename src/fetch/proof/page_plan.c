#include "fetch/proof/page_plan.h"

#include "base/memory.h"
#include "model/ledger.h"

#include <stdlib.h>
#include <string.h>

/* For a shorter list another pass costs as little as this proof. */
static const struct sentinel_limits limits = {.pages_min = 256, .interval = 64};

/* Only in the whole list, by time of creation, does nobody enter in front. */
static bool is_sentinel_possible(const struct source *asked)
{
    return asked->label_count == 0 && !asked->q && strcmp(asked->sort, "created_at") == 0 &&
           strcmp(asked->direction, "asc") == 0;
}

static void find_gaps(struct page_plan *plan, const struct pages_seen *seen)
{
    int64_t last = plan->paginator.asked;
    bool *is_seen = memory_new((size_t)last + 1, sizeof *is_seen);
    for (size_t i = 0; i < seen->count; i++)
        is_seen[seen->pages[i].number] = true;
    plan->gaps = memory_new((size_t)last + 1, sizeof *plan->gaps);
    for (int64_t page = 1; page <= last; page++) {
        if (!is_seen[page])
            plan->gaps[plan->gap_count++] = page;
    }
    free(is_seen);
}

/* Takes note of the pages that the earlier run has read. */
static bool replay(struct page_plan *plan, const struct pages_seen *seen, struct error *error)
{
    for (size_t i = 0; i < seen->count; i++) {
        const struct page_seen *page = &seen->pages[i];
        if (page->number < 1 || page->number > PAGES_MAX || page->rows < 0)
            return error_set(error, EXIT_WRONG_USE, "no page of a list: %lld",
                             (long long)page->number);
        if (page->number > plan->paginator.asked)
            plan->paginator.asked = page->number;
        if (page->number == 1)
            plan->count = page->count;
        paginator_receive(&plan->paginator, page->number, page->rows, page->count);
    }
    if (seen->count > 0)
        find_gaps(plan, seen);
    return true;
}

bool page_plan_begin(struct page_plan *plan, const struct source *asked,
                     const struct pages_seen *seen, struct error *error)
{
    plan->paginator = (struct paginator){0};
    sentinel_reset(&plan->sentinel);
    plan->sentinel_is_possible = is_sentinel_possible(asked);
    plan->count = COUNT_UNKNOWN;
    plan->gaps = NULL;
    plan->gap_count = 0;
    plan->gaps_asked = 0;
    return replay(plan, seen, error);
}

/* Whether all pages of the list have come, apart from those that are read again. */
static bool is_read(const struct page_plan *plan, int in_flight)
{
    return plan->gaps_asked == plan->gap_count && paginator_done(&plan->paginator, in_flight);
}

bool page_plan_next(struct page_plan *plan, int in_flight, struct reading *reading)
{
    if (plan->gaps_asked < plan->gap_count) {
        *reading = sentinel_note_asked(&plan->sentinel, plan->gaps[plan->gaps_asked++]);
        return true;
    }
    if (sentinel_next(&plan->sentinel, is_read(plan, in_flight), reading))
        return true;
    int64_t page = sentinel_holds(&plan->sentinel) ? 0 : paginator_next(&plan->paginator);
    if (page > 0)
        *reading = sentinel_note_asked(&plan->sentinel, page);
    return page > 0;
}

/* The first page of the pass also starts the sentinel. */
void page_plan_receive(struct page_plan *plan, const struct reading *reading,
                       const struct page_facts *facts)
{
    if (reading->kind == READING_FIRST)
        paginator_receive(&plan->paginator, reading->page, facts->records, facts->count);
    if (reading->kind == READING_FIRST && reading->page == 1) {
        plan->count = facts->count;
        if (plan->paginator.received == 1 && plan->sentinel_is_possible)
            sentinel_open(&plan->sentinel, &limits, facts, plan->paginator.expected_last);
    } else {
        sentinel_receive(&plan->sentinel, reading, facts);
    }
}

bool page_plan_is_over(const struct page_plan *plan, int in_flight)
{
    return is_read(plan, in_flight) && !sentinel_is_at_work(&plan->sentinel);
}

struct pass_end page_plan_end(struct page_plan *plan)
{
    free(plan->gaps);
    plan->gaps = NULL;
    return (struct pass_end){
        .count_fits = paginator_count_fits(&plan->paginator),
        .ends_short = paginator_ends_short(&plan->paginator),
        .holds_by_order = plan->sentinel.is_proven,
    };
}
