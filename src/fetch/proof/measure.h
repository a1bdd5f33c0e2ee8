/* Measures how long the list is, before a pass reads it. Pure.

   The server's count may be old, so it proves nothing by itself. But a page that the server does
   not fill shows where the list ends at that moment. So the pass begins with page 1, which tells
   the count and the size of a page, and then reads the page on which a list of that count ends: a
   short page, or an empty one. Only where the two agree is the list measured. What the pass reads
   after that can be compared with the length; docs/proof.md says how. */
#ifndef ROLLCALL_MEASURE_H
#define ROLLCALL_MEASURE_H

#include "fetch/proof/page_facts.h"
#include "fetch/proof/reading.h"

#include <stdbool.h>
#include <stdint.h>

/* {0} measures nothing. */
struct measure {
    enum { MEASURE_OVER, MEASURE_FIRST, MEASURE_END, MEASURE_BEFORE_END } state;
    bool is_in_flight;
    int64_t page_records; /* on page 1 */
    int64_t page;         /* the page on which the list ends */
    bool is_behind;       /* the count fills the page in front of it */
    int64_t length;       /* contacts in the list, or COUNT_UNKNOWN */
    bool is_odd;          /* the list ended with no page, or its last page came twice */
    int64_t server_time;  /* of the answer that showed the end; 0: unknown */
    int64_t elapsed_ms;   /* how long it took */
    struct page_ids end;  /* of a full page where the end should be */
};

/* Before a pass that is to be measured. */
void measure_begin(struct measure *measure);

/* Whether nothing else may be asked for yet. */
bool measure_is_busy(const struct measure *measure);

/* Chooses the next page to ask for. Returns false if one in flight has to come first. */
bool measure_next(struct measure *measure, struct reading *reading);

void measure_receive(struct measure *measure, const struct page_facts *page);

#endif
