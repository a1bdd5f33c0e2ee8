#include "tally/tally.h"

#include "base/memory.h"
#include "snapshot/database.h"
#include "snapshot/snapshot.h"
#include "tally/tally_parts.h"

#include <stdlib.h>

/* The lines are kept in temporary tables, which SQLite moves to disk when they grow: an account may
   have as many companies as contacts. Each table has code, name, id, channel_type, position and
   contacts; that of the countries also the key by which they were told apart. */
static const char *const table_names[DIMENSIONS] = {
    [BY_COUNTRY] = "tally_country",
    [BY_COMPANY] = "tally_company",
    [BY_INBOX] = "tally_inbox",
    [BY_ACTIVITY] = "tally_activity",
};

static const char *const other_tables[] = {
    "tally_told",
    "tally_told_company",
    "tally_told_inbox",
    "tally_cross",
};

/* The rules are applied to the texts that the pass over the contacts told apart, which are few
   however many contacts bear them. A text that is no country's name groups by its key and is shown
   in its most frequent spelling, the smallest in byte order among equals. */
static const char count_countries[] =
    "CREATE TEMP TABLE tally_country AS"
    " WITH told AS ("
    "   SELECT code, text, sum(n) AS n FROM tally_told GROUP BY 1, 2),"
    " spelled AS ("
    "   SELECT country_code(code, text) AS code, country_name(code, text) AS spelling, sum(n) AS n"
    "   FROM told GROUP BY 1, 2),"
    " keyed AS ("
    "   SELECT code, coalesce(code, text_key(spelling)) AS key, spelling, n FROM spelled),"
    " ranked AS ("
    "   SELECT code, key, spelling, sum(n) OVER (PARTITION BY code IS NULL, key) AS contacts,"
    "          row_number() OVER (PARTITION BY code IS NULL, key ORDER BY n DESC, spelling) AS rank"
    "   FROM keyed)"
    " SELECT code, spelling AS name, NULL AS id, NULL AS channel_type, 0 AS position, contacts, key"
    " FROM ranked WHERE rank = 1";

static const char count_companies[] =
    "CREATE TEMP TABLE tally_company AS"
    " WITH spelled AS ("
    "   SELECT text_spelling(text) AS spelling, sum(n) AS n FROM tally_told_company GROUP BY 1),"
    " keyed AS (SELECT text_key(spelling) AS key, spelling, n FROM spelled),"
    " ranked AS ("
    "   SELECT spelling, sum(n) OVER (PARTITION BY key) AS contacts,"
    "          row_number() OVER (PARTITION BY key ORDER BY n DESC, spelling) AS rank"
    "   FROM keyed)"
    " SELECT NULL AS code, spelling AS name, NULL AS id, NULL AS channel_type, 0 AS position,"
    "        contacts"
    " FROM ranked WHERE rank = 1";

/* All buckets have a line, also the empty ones. */
static bool count_activity(struct tally *tally, struct error *error)
{
    bool ok =
        database_execute(tally->database,
                         "CREATE TEMP TABLE tally_activity (code, name TEXT, id, channel_type,"
                         " position INTEGER PRIMARY KEY, contacts INTEGER NOT NULL)",
                         error);
    for (size_t i = 0; ok && i < activity_bucket_count(&tally->bounds); i++) {
        char name[ACTIVITY_NAME_BYTES];
        activity_bucket_name(&tally->bounds, i, name);
        size_t bound = i < tally->bounds.count ? i : tally->bounds.count - 1;
        char *sql =
            memory_print("INSERT INTO tally_activity VALUES (NULL, '%s', %lld, NULL, %zu, 0)", name,
                         (long long)tally->bounds.days[bound], i);
        ok = database_execute(tally->database, sql, error);
        free(sql);
    }
    return ok && database_execute(tally->database,
                                  "INSERT INTO tally_activity (position, contacts)"
                                  " SELECT number, sum(n) FROM tally_told WHERE true GROUP BY 1"
                                  " ON CONFLICT DO UPDATE SET contacts = excluded.contacts",
                                  error);
}

bool tally_make_within(struct tally **made, const struct snapshot *snapshot, int64_t as_of,
                       const struct activity_bounds *bounds, const struct counts_ceiling *ceiling,
                       struct error *error)
{
    struct tally *tally = memory_new(1, sizeof *tally);
    tally->database = snapshot_database(snapshot);
    tally->as_of = as_of;
    tally->bounds = *bounds;
    tally_start_quarters(tally);
    if (!tally_scan(tally, ceiling, error) ||
        !database_execute(tally->database, count_countries, error) ||
        !database_execute(tally->database, count_companies, error) ||
        !count_activity(tally, error) || !tally_count_cross(tally, error)) {
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

static void drop_table(const struct tally *tally, const char *name)
{
    char *sql = memory_print("DROP TABLE IF EXISTS temp.%s", name);
    sqlite3_exec(tally->database, sql, NULL, NULL, NULL);
    free(sql);
}

void tally_free(struct tally *tally)
{
    if (!tally)
        return;
    for (int i = 0; i < DIMENSIONS; i++)
        drop_table(tally, table_names[i]);
    for (size_t i = 0; i < sizeof other_tables / sizeof *other_tables; i++)
        drop_table(tally, other_tables[i]);
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
    char *sql = memory_print("SELECT count(name) FROM temp.%s", table_names[dimension]);
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
    char *sql = memory_print("SELECT code, name, id, channel_type, contacts FROM temp.%s"
                             " ORDER BY %s" TALLY_ORDER,
                             table_names[dimension], dimension == BY_ACTIVITY ? "position," : "");
    bool ok = database_prepare(tally->database, sql, &select, error);
    free(sql);

    struct group others = {.dimension = dimension};
    int result = SQLITE_DONE;
    for (int64_t seen = 0; ok && (result = sqlite3_step(select)) == SQLITE_ROW; seen++) {
        struct group group = tally_read_group(select, dimension);
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
