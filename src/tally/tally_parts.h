/* What a tally holds, shared by the files that make up the module. */
#ifndef ROLLCALL_TALLY_PARTS_H
#define ROLLCALL_TALLY_PARTS_H

#include "snapshot/database.h"
#include "tally/counts.h"
#include "tally/tally.h"

struct tally {
    sqlite3 *database;
    int64_t as_of;
    struct activity_bounds bounds;
    struct totals totals;
};

/* The report's order of the lines of one dimension; by activity they go by `position` before. */
#define TALLY_ORDER " contacts DESC, name IS NULL, name, code, id"

/* As tally_make, with a ceiling of one's own. */
bool tally_make_within(struct tally **tally, const struct snapshot *snapshot, int64_t as_of,
                       const struct activity_bounds *bounds, const struct counts_ceiling *ceiling,
                       struct error *error);

/* Reads all contacts: adds up the totals, counts in temporary tables what they tell of country
   and activity (tally_told) and of their company (tally_told_company), and makes the table of the
   inboxes. tally_free drops the tables. */
bool tally_scan(struct tally *tally, const struct counts_ceiling *ceiling, struct error *error);

/* Counts countries by activity into a temporary table, which tally_free drops. */
bool tally_count_cross(struct tally *tally, struct error *error);

/* The line of the statement's first five columns: code, name, id, channel_type, contacts. */
struct group tally_read_group(sqlite3_stmt *select, enum dimension dimension);

#endif
