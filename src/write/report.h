/* What the writers are given: the numbers, the contacts' columns, and where to write. */
#ifndef ROLLCALL_REPORT_H
#define ROLLCALL_REPORT_H

#include "base/outdir.h"
#include "base/zone.h"
#include "model/column.h"
#include "model/ledger.h"
#include "model/source.h"
#include "model/warnings.h"
#include "tally/tally.h"

#include <stdbool.h>
#include <stdint.h>

/* Everything is borrowed. */
struct report {
    const struct source *source;
    const struct ledger *ledger;
    const struct tally *tally;
    const struct columns *columns;
    const struct outdir *outdir;
    struct zone *zone;
    int64_t as_of;        /* seconds since 1970 */
    int64_t generated_at; /* likewise */
    int64_t top_companies;
    int64_t rows_per_sheet; /* contacts on one sheet of the workbook */
    bool csv_raw;
    struct warnings warnings; /* the writers add theirs */
};

/* Countries and inboxes are few; should they be many, this many are shown before the rest is summed
 * up. */
enum { REPORT_GROUPS_MAX = 1000 };

/* How many groups of the dimension workbook and page show. */
int64_t report_limit(const struct report *report, enum dimension dimension);

/* What has to be said below that tally, or "". */
const char *report_note(const struct report *report, enum dimension dimension);

/* A time in the report's zone, as ISO 8601. */
void report_time(const struct report *report, int64_t seconds, char text[static ISO8601_BYTES]);

/* What people call the group: "unknown", "no company", "up to 7 days", "14 others". Owned by the
 * group, or good until the next call. */
const char *report_group_name(const struct group *group);

#endif
