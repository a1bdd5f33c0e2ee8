#include "tally/tally.h"

#include "base/memory.h"
#include "snapshot/database.h"
#include "snapshot/snapshot.h"
#include "tally/tally_parts.h"

#include <stdlib.h>

bool tally_make_within(struct tally **made, const struct snapshot *snapshot, int64_t as_of,
                       const struct activity_bounds *bounds, const struct counts_ceiling *ceiling,
                       struct error *error)
{
    struct tally *tally = memory_new(1, sizeof *tally);
    tally->database = snapshot_database(snapshot);
    tally->as_of = as_of;
    tally->bounds = *bounds;
    tally->has_further_country = snapshot_further(snapshot)->country != NULL;
    tally_start_quarters(tally);
    if (!tally_scan(tally, ceiling, error) || !groupings_count(tally, error) ||
        !tally_count_cross(tally, error)) {
        tally_free(tally);
        return false;
    }
    *made = tally;
    return true;
}

bool tally_make(struct tally **made, const struct snapshot *snapshot, int64_t as_of,
                const struct activity_bounds *bounds, struct error *error)
{
    return tally_make_within(made, snapshot, as_of, bounds, &counts_default_ceiling, error);
}

void tally_free(struct tally *tally)
{
    if (!tally)
        return;
    groupings_drop(tally);
    tally_drop_cross(tally);
    free(tally);
}

struct totals tally_totals(const struct tally *tally)
{
    return tally->totals;
}

double tally_share(const struct tally *tally, int64_t contacts)
{
    return tally->totals.contacts ? (double)contacts / (double)tally->totals.contacts : 0;
}

int64_t tally_named_count(const struct tally *tally, enum dimension dimension)
{
    struct error ignored;
    sqlite3_stmt *select;
    char *sql = memory_print("SELECT count(name) FROM temp.%s", groupings[dimension].table);
    bool ok = database_prepare(tally->database, sql, &select, &ignored);
    free(sql);
    int64_t count = ok && sqlite3_step(select) == SQLITE_ROW ? sqlite3_column_int64(select, 0) : 0;
    sqlite3_finalize(select);
    return count;
}

struct group tally_read_group(sqlite3_stmt *select, enum dimension dimension)
{
    return (struct group){
        .dimension = dimension,
        .code = database_text(select, 0),
        .name = database_text(select, 1),
        .id = sqlite3_column_int64(select, 2),
        .channel_type = database_text(select, 3),
        .contacts = sqlite3_column_int64(select, 4),
    };
}

bool tally_each(const struct tally *tally, enum dimension dimension, int64_t limit,
                bool (*visit)(void *context, const struct group *group, struct error *error),
                void *context, struct error *error)
{
    sqlite3_stmt *select;
    char *sql =
        memory_print("SELECT code, name, id, channel_type, contacts, position FROM temp.%s"
                     " ORDER BY %s" TALLY_ORDER,
                     groupings[dimension].table, dimension == BY_ACTIVITY ? "position," : "");
    bool ok = database_prepare(tally->database, sql, &select, error);
    free(sql);

    struct group others = {.dimension = dimension};
    int result = SQLITE_DONE;
    for (int64_t seen = 0; ok && (result = sqlite3_step(select)) == SQLITE_ROW; seen++) {
        struct group group = tally_read_group(select, dimension);
        if (dimension == BY_ACTIVITY)
            group.bucket =
                activity_bucket_at(&tally->bounds, (size_t)sqlite3_column_int64(select, 5));
        if (limit == 0 || seen < limit) {
            ok = visit(context, &group, error);
        } else {
            others.others++;
            others.contacts += group.contacts;
        }
    }
    if (ok && result != SQLITE_DONE)
        ok = database_failed(tally->database, "snapshot.sqlite", error);
    sqlite3_finalize(select);
    return ok && others.others > 0 ? visit(context, &others, error) : ok;
}
