/* What the writers are given: the numbers, the contacts' columns, and where to write. */
#ifndef ROLLCALL_REPORT_H
#define ROLLCALL_REPORT_H

#include "base/file/outdir.h"
#include "base/zone.h"
#include "lang/language.h"
#include "model/column.h"
#include "model/ledger.h"
#include "model/source.h"
#include "model/warnings.h"
#include "tally/tally.h"

#include <stdbool.h>
#include <stdint.h>

struct buffer;
struct page_template;

/* Everything is borrowed. */
struct report {
    const struct source *source;
    const struct ledger *ledger;
    struct tally *tally; /* NULL until it is counted */
    const struct columns *columns;
    const struct outdir *outdir;
    const char *origin; /* the snapshot, as messages call it */
    struct page_template *page_template;
    struct zone *zone;
    const struct language *language; /* of workbook, page and totals */
    int64_t as_of;                   /* seconds since 1970 */
    int64_t generated_at;            /* likewise */
    int64_t top_companies;
    int64_t rows_per_sheet; /* contacts on one sheet of the workbook */
    bool csv_raw;
    struct warnings warnings; /* the writers add theirs */
};

/* Countries and inboxes are few; should they be many, this many are shown before the rest is summed
 * up. */
enum { REPORT_GROUPS_MAX = 1000 };

/* How many groups of the dimension the workbook shows, and the page at most. */
int64_t report_limit(const struct report *report, enum dimension dimension);

/* The same where a chart or a table has room for so many; steps of a scale are all shown. */
int64_t report_limit_within(const struct report *report, enum dimension dimension, int64_t room);

/* What has to be said because the fetch left out what the dimension counts; TEXTS: it did not. */
enum text_id report_left_out(const struct report *report, enum dimension dimension);

/* What has to be said below that tally, or "". */
const char *report_note(const struct report *report, enum dimension dimension);

/* Appends what was asked for: "Label: vip, Search: ada", or "all contacts". Of each text no more
   than `columns` columns are shown, and of the labels the first few. */
void report_filters(const struct report *report, int columns, struct buffer *out);

/* Appends the text if it takes no more than so many columns, else its beginning and "…". Whatever
   the text, it comes to 4 bytes a column at most. */
void report_cut(const struct report *report, const char *text, int columns, struct buffer *out);

/* A time in the report's zone as programs read it, ISO 8601; for people there is language_moment().
 */
void report_time(const struct report *report, int64_t seconds, char text[static ISO8601_BYTES]);

/* Appends what people call the group: "Germany", "unknown", "no company", "up to 7 days", "14
   others". */
void report_group_name(const struct report *report, const struct group *group, struct buffer *out);

#endif
