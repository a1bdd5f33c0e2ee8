/* What a tally holds, shared by the files that make up the module. */
#ifndef ROLLCALL_TALLY_PARTS_H
#define ROLLCALL_TALLY_PARTS_H

#include "snapshot/database.h"
#include "tally/tally.h"

struct tally {
    sqlite3 *database;
    int64_t as_of;
    struct activity_bounds bounds;
    struct totals totals;
};

/* The report's order of the lines of one dimension; by activity they go by `position` before. */
#define TALLY_ORDER " contacts DESC, name IS NULL, name, code, id"

/* Counts countries by activity into a temporary table, which tally_free drops. */
bool tally_count_cross(struct tally *tally, struct error *error);

/* The line of the statement's first five columns: code, name, id, channel_type, contacts. */
struct group tally_read_group(sqlite3_stmt *select, enum dimension dimension);

#endif
