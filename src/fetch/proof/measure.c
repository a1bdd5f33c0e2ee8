#include "fetch/proof/measure.h"

#include "model/checkpoint.h"
#include "model/ledger.h"

void measure_begin(struct measure *measure)
{
    measure->state = MEASURE_FIRST;
    measure->is_in_flight = false;
    measure->page = 1;
    measure->length = COUNT_UNKNOWN;
    measure->is_odd = false;
    measure->server_time = 0;
    measure->elapsed_ms = 0;
}

bool measure_is_busy(const struct measure *measure)
{
    return measure->state != MEASURE_OVER;
}

static int64_t records_before(const struct measure *measure)
{
    return (measure->page - 1) * measure->page_records;
}

bool measure_next(struct measure *measure, struct reading *reading)
{
    if (measure->state == MEASURE_OVER || measure->is_in_flight)
        return false;
    *reading = (struct reading){
        .page = measure->state == MEASURE_BEFORE_END ? measure->page - 1 : measure->page,
        .kind = READING_MEASURE,
        .may_be_behind = measure->state == MEASURE_END,
    };
    measure->is_in_flight = true;
    return true;
}

/* Page 1 tells where the list should end. */
static void receive_first(struct measure *measure, const struct page_facts *page)
{
    int64_t size = page->records;
    measure->state = MEASURE_OVER;
    measure->page_records = size;
    if (size == 0 && page->count == 0) {
        measure->length = 0;
        measure->server_time = page->server_time;
        measure->elapsed_ms = page->elapsed_ms;
    } else if (size > 0 && page->count >= size && page->count / size < PAGES_MAX) {
        measure->page = page->count / size + 1;
        measure->is_behind = page->count % size == 0;
        measure->state = MEASURE_END;
    }
}

static void note_end(struct measure *measure, const struct page_facts *page)
{
    measure->server_time = page->server_time;
    measure->elapsed_ms = page->elapsed_ms;
}

static void receive_end(struct measure *measure, const struct page_facts *page)
{
    int64_t length = records_before(measure) + page->records;
    measure->state = MEASURE_OVER;
    note_end(measure, page);
    bool is_end = page->is_odd_end ? measure->is_behind
                                   : page->records < measure->page_records && page->count == length;
    if (is_end) {
        measure->length = length;
        measure->is_odd = page->is_odd_end;
    } else if (measure->is_behind && page->records == measure->page_records) {
        page_ids_keep(&measure->end, page);
        measure->state = MEASURE_BEFORE_END;
    }
}

/* Whether the page behind the last one was the last one once more. */
static void receive_before_end(struct measure *measure, const struct page_facts *page)
{
    measure->state = MEASURE_OVER;
    if (!page_ids_are_repeated(&measure->end, page))
        return;
    measure->length = records_before(measure);
    measure->is_odd = true;
}

void measure_receive(struct measure *measure, const struct page_facts *page)
{
    measure->is_in_flight = false;
    switch (measure->state) {
    case MEASURE_FIRST:
        receive_first(measure, page);
        break;
    case MEASURE_END:
        receive_end(measure, page);
        break;
    case MEASURE_BEFORE_END:
        receive_before_end(measure, page);
        break;
    case MEASURE_OVER:
        break;
    }
}
