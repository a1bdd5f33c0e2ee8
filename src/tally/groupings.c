/* How the contacts are grouped: one line for each dimension, at the end of this file.

   The lines of a tally are kept in temporary tables, which SQLite moves to disk when they grow: an
   account may have as many companies as contacts. Each table has code, name, id, channel_type,
   position and contacts; the countries' table also has the key that identifies each group. */
#include "base/memory.h"
#include "snapshot/database.h"
#include "tally/tally_parts.h"

#include <stdlib.h>

/* The rules run over the distinct texts that the scan found, which are few however many contacts
   bear them. A text that names no country groups by its key. It is shown in its most frequent
   spelling; among equally frequent ones, in the smallest by byte order. */
static const char countries_sql[] =
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

static bool count_countries(const struct tally *tally, const struct grouping *grouping,
                            struct error *error)
{
    (void)grouping;
    return database_execute(tally->database, countries_sql, error);
}

/* The same for texts that are not countries. %s: the table to make, and the table of the texts. */
#define TEXTS_SQL                                                                                  \
    "CREATE TEMP TABLE %s AS"                                                                      \
    " WITH spelled AS ("                                                                           \
    "   SELECT text_spelling(text) AS spelling, sum(n) AS n FROM %s GROUP BY 1),"                  \
    " keyed AS (SELECT text_key(spelling) AS key, spelling, n FROM spelled),"                      \
    " ranked AS ("                                                                                 \
    "   SELECT spelling, sum(n) OVER (PARTITION BY key) AS contacts,"                              \
    "          row_number() OVER (PARTITION BY key ORDER BY n DESC, spelling) AS rank"             \
    "   FROM keyed)"                                                                               \
    " SELECT NULL AS code, spelling AS name, NULL AS id, NULL AS channel_type, 0 AS position,"     \
    "        contacts"                                                                             \
    " FROM ranked WHERE rank = 1"

static bool count_texts(const struct tally *tally, const struct grouping *grouping,
                        struct error *error)
{
    char *sql = memory_print(TEXTS_SQL, grouping->table, grouping->told);
    bool ok = database_execute(tally->database, sql, error);
    free(sql);
    return ok;
}

size_t tally_bucket_count(const struct tally *tally)
{
    size_t all = activity_bucket_count(&tally->bounds);
    return tally->totals.unreadable_activity > 0 ? all : all - 1;
}

/* All buckets to show have a line, even the empty ones. */
static bool count_activity(const struct tally *tally, const struct grouping *grouping,
                           struct error *error)
{
    (void)grouping;
    bool ok =
        database_execute(tally->database,
                         "CREATE TEMP TABLE tally_activity (code, name TEXT, id, channel_type,"
                         " position INTEGER PRIMARY KEY, contacts INTEGER NOT NULL)",
                         error);
    for (size_t i = 0; ok && i < tally_bucket_count(tally); i++) {
        char name[ACTIVITY_NAME_BYTES];
        activity_bucket_name(&tally->bounds, i, name);
        char *sql = memory_print(
            "INSERT INTO tally_activity VALUES (NULL, '%s', NULL, NULL, %zu, 0)", name, i);
        ok = database_execute(tally->database, sql, error);
        free(sql);
    }
    return ok && database_execute(tally->database,
                                  "INSERT INTO tally_activity (position, contacts)"
                                  " SELECT number, sum(n) FROM tally_told WHERE true GROUP BY 1"
                                  " ON CONFLICT DO UPDATE SET contacts = excluded.contacts",
                                  error);
}

/* Nearly all companies begin with a character of ASCII that is no blank: the function is called for
   the others only. */
#define COMPANY                                                                                    \
    "CASE WHEN company_name >= '!' AND company_name < char(127) THEN company_name"                 \
    " ELSE told_company(company_name, extra, custom) END"

const struct grouping groupings[DIMENSIONS] = {
    [BY_COUNTRY] = {"tally_country", "tally_told", NULL, count_countries},
    [BY_COMPANY] = {"tally_company", "tally_told_company", COMPANY, count_texts},
    [BY_INBOX] = {"tally_inbox", "tally_told_inbox", NULL, NULL},
    [BY_ACTIVITY] = {"tally_activity", "tally_told", NULL, count_activity},
};

bool groupings_count(const struct tally *tally, struct error *error)
{
    bool ok = true;
    for (int i = 0; ok && i < DIMENSIONS; i++)
        ok = !groupings[i].count || groupings[i].count(tally, &groupings[i], error);
    return ok;
}

static void drop_table(const struct tally *tally, const char *name)
{
    char *sql = memory_print("DROP TABLE IF EXISTS temp.%s", name);
    sqlite3_exec(tally->database, sql, NULL, NULL, NULL);
    free(sql);
}

void groupings_drop(const struct tally *tally)
{
    for (int i = 0; i < DIMENSIONS; i++) {
        drop_table(tally, groupings[i].table);
        drop_table(tally, groupings[i].told);
    }
}
