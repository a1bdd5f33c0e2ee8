#include "fetch/proof/page_plan.h"

#include "base/memory.h"
#include "model/ledger.h"

#include <stdlib.h>
#include <string.h>

/* For a shorter list another pass costs as little as this proof. */
static const struct sentinel_limits limits = {.pages_min = 256, .interval = 64};

/* Only in the whole list, by time of creation, does nobody enter in front. */
struct page_plan_rules page_plan_rules_of(const struct source *asked)
{
    struct page_plan_rules rules = {.is_whole = asked->label_count == 0 && !asked->q};
    if (rules.is_whole && strcmp(asked->sort, "created_at") == 0 &&
        strcmp(asked->direction, "asc") == 0)
        rules.sentinel = limits;
    return rules;
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

bool page_plan_begin(struct page_plan *plan, const struct page_plan_rules *rules,
                     const struct pages_seen *seen, struct error *error)
{
    plan->rules = *rules;
    plan->paginator = (struct paginator){0};
    measure_begin(&plan->measure);
    if (!rules->is_whole || seen->count > 0)
        plan->measure.state = MEASURE_OVER;
    sentinel_reset(&plan->sentinel);
    ties_reset(&plan->ties);
    plan->first.count = 0;
    plan->last.count = 0;
    plan->last_page = 0;
    plan->belongs_behind = 0;
    plan->ends_oddly = false;
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

/* Whether the count fills the last page and puts this one behind it. */
static bool is_behind(const struct page_plan *plan, int64_t page)
{
    return plan->count > 0 && page == plan->paginator.expected_last + 1;
}

static struct reading next_of_list(struct page_plan *plan, int64_t page)
{
    struct reading reading = sentinel_note_asked(&plan->sentinel, page);
    if (is_behind(plan, page))
        reading.kind = READING_BEHIND;
    return reading;
}

static bool choose_next(struct page_plan *plan, int in_flight, struct reading *reading)
{
    if (measure_is_busy(&plan->measure))
        return measure_next(&plan->measure, reading);
    if (plan->belongs_behind > 0) {
        *reading = sentinel_note_asked(&plan->sentinel, plan->belongs_behind);
        plan->belongs_behind = 0;
        return true;
    }
    if (plan->gaps_asked < plan->gap_count) {
        *reading = sentinel_note_asked(&plan->sentinel, plan->gaps[plan->gaps_asked++]);
        return true;
    }
    if (sentinel_next(&plan->sentinel, is_read(plan, in_flight), reading))
        return true;
    int64_t page = sentinel_holds(&plan->sentinel) ? 0 : paginator_next(&plan->paginator);
    if (page > 0)
        *reading = next_of_list(plan, page);
    return page > 0;
}

void page_plan_peek(struct page_plan *plan, int64_t page)
{
    plan->peek.state = PEEK_DUE;
    plan->peek.page = page;
}

void page_plan_end_peek(struct page_plan *plan)
{
    plan->peek.state = PEEK_OFF;
}

/* An answer that is no page is an answer too. */
static bool next_peek(struct peek *peek, struct reading *reading)
{
    if (peek->state != PEEK_DUE)
        return false;
    *reading = (struct reading){.page = peek->page, .kind = READING_PEEK, .may_be_behind = true};
    peek->state = PEEK_IN_FLIGHT;
    return true;
}

static void receive_peek(struct peek *peek, const struct page_facts *facts)
{
    size_t usable = (size_t)facts->usable;
    peek->facts = *facts;
    if (usable > 0) {
        memcpy(peek->created_at, facts->created_at, usable * sizeof *peek->created_at);
        memcpy(peek->ids, facts->ids, usable * sizeof *peek->ids);
        memcpy(peek->keys, facts->keys, usable * sizeof *peek->keys);
    }
    peek->facts.created_at = peek->created_at;
    peek->facts.ids = peek->ids;
    peek->facts.keys = peek->keys;
    peek->state = PEEK_OVER;
}

void page_plan_begin_round(struct page_plan *plan)
{
    ties_begin_round(&plan->ties);
    plan->round_next = ties_next(&plan->ties);
    plan->is_round = true;
}

void page_plan_end_round(struct page_plan *plan)
{
    ties_end_round(&plan->ties);
    plan->is_round = false;
}

static bool next_of_round(struct page_plan *plan, struct reading *reading)
{
    if (plan->round_next == 0)
        return false;
    *reading = (struct reading){.page = plan->round_next, .kind = READING_TIED};
    reading->may_be_behind = reading->page >= plan->paginator.expected_last;
    plan->round_next = ties_next(&plan->ties);
    return true;
}

bool page_plan_next(struct page_plan *plan, int in_flight, struct reading *reading)
{
    if (plan->peek.state != PEEK_OFF)
        return next_peek(&plan->peek, reading);
    if (plan->is_round)
        return next_of_round(plan, reading);
    if (!choose_next(plan, in_flight, reading))
        return false;
    reading->may_be_behind |= reading->page > 1 && reading->page >= plan->paginator.expected_last;
    return true;
}

/* Whether the answer shows an end, and is no page. It has no count of its own then. */
static bool is_odd_end(const struct page_plan *plan, int64_t page, const struct page_facts *facts)
{
    bool is_repeated =
        plan->last_page > 0 && page > plan->last_page && page_ids_are_repeated(&plan->last, facts);
    return facts->is_odd_end || is_repeated;
}

static void receive_odd_end(struct page_plan *plan, int64_t page)
{
    plan->ends_oddly = true;
    paginator_receive(&plan->paginator, page, 0,
                      is_behind(plan, page) ? plan->count : COUNT_UNKNOWN);
}

/* The page behind the last one by the count. */
static void receive_behind(struct page_plan *plan, const struct reading *reading,
                           const struct page_facts *facts)
{
    if (facts->records > 0)
        plan->belongs_behind = reading->page;
    else
        paginator_receive(&plan->paginator, reading->page, 0, facts->count);
    sentinel_receive(&plan->sentinel, reading, facts);
}

/* The first page of the pass also starts the sentinel. */
static void receive_listed(struct page_plan *plan, const struct reading *reading,
                           const struct page_facts *facts)
{
    struct paginator *paginator = &plan->paginator;
    paginator_receive(paginator, reading->page, facts->records, facts->count);
    ties_note(&plan->ties, reading->page, facts);
    if (reading->page >= paginator->expected_last && reading->page > plan->last_page) {
        page_ids_keep(&plan->last, facts);
        plan->last_page = reading->page;
    }
    if (reading->page > 1) {
        sentinel_receive(&plan->sentinel, reading, facts);
        return;
    }
    plan->count = facts->count;
    page_ids_keep(&plan->first, facts);
    if (paginator->received == 1)
        sentinel_open(&plan->sentinel, &plan->rules.sentinel, facts, paginator->expected_last);
}

void page_plan_receive(struct page_plan *plan, const struct reading *reading,
                       const struct page_facts *facts)
{
    if (reading->kind == READING_PEEK) {
        receive_peek(&plan->peek, facts);
        return;
    }
    if (reading->kind == READING_TIED) {
        ties_receive(&plan->ties, reading->page, facts);
        return;
    }
    if (reading->kind == READING_MEASURE) {
        measure_receive(&plan->measure, facts);
        return;
    }
    bool is_of_list = reading->kind == READING_FIRST || reading->kind == READING_BEHIND;
    if (is_of_list && is_odd_end(plan, reading->page, facts))
        receive_odd_end(plan, reading->page);
    else if (reading->kind == READING_BEHIND)
        receive_behind(plan, reading, facts);
    else if (reading->kind == READING_FIRST)
        receive_listed(plan, reading, facts);
    else
        sentinel_receive(&plan->sentinel, reading, facts);
}

struct pass_start page_plan_start(const struct page_plan *plan)
{
    const struct measure *measure = &plan->measure;
    return (struct pass_start){measure->length, measure->server_time, measure->elapsed_ms};
}

bool page_plan_is_over(const struct page_plan *plan, int in_flight)
{
    if (plan->peek.state != PEEK_OFF)
        return plan->peek.state == PEEK_OVER;
    if (plan->is_round)
        return plan->round_next == 0 && in_flight == 0;
    return is_read(plan, in_flight) && !sentinel_is_at_work(&plan->sentinel);
}

void page_plan_free(struct page_plan *plan)
{
    free(plan->gaps);
    plan->gaps = NULL;
    ties_free(&plan->ties);
}

struct pass_end page_plan_end(struct page_plan *plan)
{
    free(plan->gaps);
    plan->gaps = NULL;
    return (struct pass_end){
        .count_fits = paginator_count_fits(&plan->paginator),
        .ends_oddly = plan->ends_oddly || plan->measure.is_odd,
        .holds_by_order = plan->sentinel.is_proven,
    };
}
