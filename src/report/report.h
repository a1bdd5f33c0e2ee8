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
    const char *origin; /* how messages name the snapshot */
    struct page_template *page_template;
    struct zone *zone;
    const struct language *language; /* of workbook, page and totals */
    int64_t as_of;                   /* seconds since 1970 */
    int64_t generated_at;            /* likewise */
    const char *country_from;        /* "custom.KEY", the further source; NULL: none */
    const char *company_from;
    int64_t top_companies;
    int64_t rows_per_sheet; /* contacts on one sheet of the workbook */
    bool csv_raw;
    struct warnings warnings; /* the writers add theirs */
};

/* Countries and inboxes are few. If not, this many are shown before the rest is summed up. */
enum { REPORT_GROUPS_MAX = 1000 };

/* How many groups of the dimension the workbook shows; the page shows at most as many. */
int64_t report_limit(const struct report *report, enum dimension dimension);

/* The same for a chart or table with room for `room` groups. All steps of a scale are shown. */
int64_t report_limit_within(const struct report *report, enum dimension dimension, int64_t room);

/* The text to show if the fetch left out what the dimension counts; TEXTS if it did not. */
enum text_id report_left_out(const struct report *report, enum dimension dimension);

/* The note below that dimension's tally, or "". */
const char *report_note(const struct report *report, enum dimension dimension);

/* Appends the filters: "Label: vip, Search: ada", or "all contacts". Cuts each text to `columns`
   columns, and shows only the first few labels. */
void report_filters(const struct report *report, int columns, struct buffer *out);

/* Appends the text if it fits into `columns`, else its beginning and "…". Appends at most 4 bytes a
   column. */
void report_cut(const struct report *report, const char *text, int columns, struct buffer *out);

/* Writes a time in the report's zone as ISO 8601, for programs; language_moment() is for people. */
void report_time(const struct report *report, int64_t seconds, char text[static ISO8601_BYTES]);

/* Appends the group's name for people: "Germany", "unknown", "no company", "up to 7 days", "14
   others". */
void report_group_name(const struct report *report, const struct group *group, struct buffer *out);

#endif
