/* The cross of countries and activity. */
#include "base/memory.h"
#include "snapshot/database.h"
#include "tally/tally_parts.h"

#include <stdlib.h>

static const char count_cross[] =
    "CREATE TEMP TABLE tally_cross AS"
    " WITH spelled AS ("
    "   SELECT country_code(code, text) AS code, country_name(code, text) AS spelling,"
    "          number AS bucket, n"
    "   FROM tally_told)"
    " SELECT code, coalesce(code, text_key(spelling)) AS key, bucket, sum(n) AS contacts"
    " FROM spelled GROUP BY 1, 2, 3";

/* One line for each bucket of each country that is not empty. A country's lines follow each
   other. */
static const char select_cross[] =
    "WITH country AS (SELECT *, row_number() OVER (ORDER BY" TALLY_ORDER ") AS place"
    "   FROM tally_country)"
    " SELECT country.code, name, id, channel_type, country.contacts, place, bucket, part.contacts"
    " FROM country JOIN tally_cross AS part ON part.key IS country.key AND part.code IS "
    "country.code"
    " ORDER BY place";

bool tally_count_cross(struct tally *tally, struct error *error)
{
    return database_execute(tally->database, count_cross, error);
}

void tally_drop_cross(const struct tally *tally)
{
    sqlite3_exec(tally->database, "DROP TABLE IF EXISTS temp.tally_cross", NULL, NULL, NULL);
}

static void add_bucket(struct cross_row *row, sqlite3_stmt *select)
{
    int64_t bucket = sqlite3_column_int64(select, 6);
    if (bucket >= 0 && (size_t)bucket < row->buckets)
        row->contacts[bucket] += sqlite3_column_int64(select, 7);
}

/* Reads the lines of the statement's current country, up to the first line of the next one. Returns
   the result of the last step. */
static int read_country(sqlite3_stmt *select, struct cross_row *row)
{
    int result;
    int64_t place = sqlite3_column_int64(select, 5);
    do {
        add_bucket(row, select);
        result = sqlite3_step(select);
    } while (result == SQLITE_ROW && sqlite3_column_int64(select, 5) == place);
    return result;
}

static void add_row(struct cross_row *others, const struct cross_row *row)
{
    others->country.others++;
    others->country.contacts += row->country.contacts;
    for (size_t i = 0; i < row->buckets; i++)
        others->contacts[i] += row->contacts[i];
}

bool tally_cross(const struct tally *tally, int64_t limit,
                 bool (*visit)(void *context, const struct cross_row *row, struct error *error),
                 void *context, struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(tally->database, select_cross, &select, error))
        return false;
    const size_t buckets = tally_bucket_count(tally);
    struct cross_row others = {.country.dimension = BY_COUNTRY, .buckets = buckets};
    bool ok = true;
    int result = sqlite3_step(select);
    for (int64_t seen = 0; ok && result == SQLITE_ROW; seen++) {
        struct cross_row row = {tally_read_group(select, BY_COUNTRY), buckets, {0}};
        /* The texts must outlive the steps over the country's lines. */
        char *name = memory_copy_text(row.country.name);
        char *code = memory_copy_text(row.country.code);
        row.country.name = name;
        row.country.code = code;
        result = read_country(select, &row);
        if (limit == 0 || seen < limit)
            ok = visit(context, &row, error);
        else
            add_row(&others, &row);
        free(name);
        free(code);
    }
    if (ok && result != SQLITE_DONE)
        ok = database_failed(tally->database, "snapshot.sqlite", error);
    sqlite3_finalize(select);
    return ok && others.country.others > 0 ? visit(context, &others, error) : ok;
}
