/* What a tally holds, shared by the files that make up the module. */
#ifndef ROLLCALL_TALLY_PARTS_H
#define ROLLCALL_TALLY_PARTS_H

#include "base/iso8601.h"
#include "snapshot/database.h"
#include "tally/counts.h"
#include "tally/tally.h"

/* In every standardised time zone a week begins at a quarter of an hour of universal time. */
enum { QUARTER_SECONDS = 15 * 60, TALLY_QUARTERS = (TALLY_WEEKS + 1) * 7 * 24 * 4 + 1 };

struct tally {
    sqlite3 *database;
    int64_t as_of;
    struct activity_bounds bounds;
    bool has_further_country; /* a custom attribute may tell it */
    struct totals totals;
    int64_t first_quarter;
    int64_t created[TALLY_QUARTERS]; /* contacts by quarter of an hour, up to as-of */
};

/* The report's order of one dimension's lines. Activity sorts by `position` first. */
#define TALLY_ORDER " contacts DESC, name IS NULL, name, code, id"

/* Like tally_make, with another ceiling. */
bool tally_make_within(struct tally **tally, const struct snapshot *snapshot, int64_t as_of,
                       const struct activity_bounds *bounds, const struct counts_ceiling *ceiling,
                       struct error *error);

/* Reads all contacts: adds up the totals, and counts the values of each dimension in temporary
   tables. tally_free drops the tables. */
bool tally_scan(struct tally *tally, const struct counts_ceiling *ceiling, struct error *error);

/* How the groups of a dimension are found. */
struct grouping {
    const char *table; /* the table of its lines */
    const char *told;  /* the table of counts.h that the scan made */
    const char *text;  /* the SQL of the contact's text to count; NULL: it needs more than one */
    /* Makes `table` from `told`. NULL: the scan has made it. */
    bool (*count)(const struct tally *tally, const struct grouping *grouping, struct error *error);
};

extern const struct grouping groupings[DIMENSIONS];

/* After the scan: makes the tables that are still missing. Fails as tally_make does. */
bool groupings_count(const struct tally *tally, struct error *error);

/* Drops all the tables that the groupings name. */
void groupings_drop(const struct tally *tally);

/* The number of activity buckets to show: the unreadable one only if it holds any contact. */
size_t tally_bucket_count(const struct tally *tally);

/* For tally_weeks: sets where the quarters begin; counts one contact by its creation time, or
   TIME_NONE. */
void tally_start_quarters(struct tally *tally);
void tally_note_created(struct tally *tally, int64_t created_at);

/* Counts countries by activity into a temporary table, and drops it. */
bool tally_count_cross(struct tally *tally, struct error *error);
void tally_drop_cross(const struct tally *tally);

/* Makes a line from the statement's first five columns: code, name, id, channel_type, contacts. */
struct group tally_read_group(sqlite3_stmt *select, enum dimension dimension);

#endif
