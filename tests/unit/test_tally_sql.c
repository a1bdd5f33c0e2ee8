/* The tally against plain SQL, over random data such as no account has it. */
#include "base/buffer.h"
#include "base/memory.h"
#include "base/zone.h"
#include "snapshot/schema.h"
#include "snapshot/snapshot.h"
#include "support.h"
#include "support_snapshot.h"
#include "tally/tally_parts.h"

#include <stdlib.h>
#include <string.h>

enum { AS_OF = 1795362245, ROUNDS = 8, BUCKETS = 8 };

struct bytes {
    const char *bytes;
    int length;
};

#define TEXT(text)                                                                                 \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }

/* The first is null. */
static const struct bytes texts[] = {
    {NULL, 0},
    TEXT(""),
    TEXT(" "),
    TEXT("\u3000\t"),
    TEXT("Acme"),
    TEXT("ACME "),
    TEXT(" acme"),
    TEXT("Acme  Inc."),
    TEXT("Acme Inc."),
    TEXT("\uFF21cme"),
    TEXT("Stra\u00DFe"),
    TEXT("STRASSE"),
    TEXT("Caf\u00E9"),
    TEXT("Cafe\u0301"),
    TEXT("Germany"),
    TEXT(" GERMANY"),
    TEXT("Deutschland"),
    TEXT("DE"),
    TEXT("de"),
    TEXT(" fr "),
    TEXT("XX"),
    TEXT("Atlantis"),
    TEXT("ATLANTIS"),
    TEXT("\x7F"),
    TEXT("\x1F"),
    TEXT("\xC2\x85"),
    TEXT("\xFF\xFE"),
    TEXT("Caf\xE9"),
    TEXT("\xC2"),
    TEXT("\xE3\x80"),
    TEXT("\uFFFD"),
    TEXT("a\0b"),
    TEXT("a"),
    TEXT("\0"),
    TEXT(" \0x"),
    TEXT("a text that is longer than all that the small ceiling has room for, in bytes"),
};

static const int64_t times[] = {
    0,
    -1,
    AS_OF,
    AS_OF + 1,
    AS_OF - 86400,
    AS_OF - 86401,
    AS_OF - 7 * 86400,
    AS_OF - 7 * 86400 + 1,
    AS_OF - 30 * 86400,
    AS_OF - 30 * 86400 - 1,
    AS_OF - 365 * 86400,
};

/* A generator of its own, so that all machines have the same data. */
static uint32_t next_random(uint64_t *seed, uint32_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33) % below;
}

struct shape {
    const char *what;
    const char *before; /* SQL before the tables are made */
    const char *after;  /* and after, when they are empty */
    const char *at_last;
    uint32_t inboxes_max; /* of one contact */
};

static const struct shape shapes[] = {
    {"as it should be", "", "", "", 4},
    {"inboxes not asked for", "", "UPDATE fetch SET inboxes = 0;", "", 1},
    {"the earliest time", "", "",
     "UPDATE contact SET last_activity_at = -9223372036854775807 WHERE id % 3 = 0;", 4},
    {"contacts of very many inboxes", "", "", "", 150},
};

static void execute(sqlite3 *database, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", message, sql);
}

static void add_time(struct buffer *sql, uint64_t *seed)
{
    uint32_t kind = next_random(seed, 4);
    if (kind == 0)
        buffer_append_text(sql, ", NULL");
    else
        buffer_print(sql, ", %lld",
                     (long long)(kind == 1 ? times[next_random(seed, COUNT(times))]
                                           : AS_OF - next_random(seed, 400 * 86400)));
}

static void add_contact(sqlite3 *database, uint64_t *seed, int64_t id)
{
    struct buffer sql = {0};
    sqlite3_stmt *insert;
    buffer_print(&sql,
                 "INSERT OR IGNORE INTO contact (email, phone_number, country, country_code,"
                 " company_name, seen_in_pass, id, blocked, created_at, last_activity_at)"
                 " VALUES (?, ?, ?, ?, ?, 1, %lld, %u",
                 (long long)id, (unsigned)next_random(seed, 2));
    add_time(&sql, seed);
    add_time(&sql, seed);
    buffer_append_text(&sql, ")");
    assert_int_equal(sqlite3_prepare_v2(database, buffer_text(&sql), -1, &insert, NULL), SQLITE_OK);
    for (int i = 1; i <= 5; i++) {
        const struct bytes *text = &texts[next_random(seed, COUNT(texts))];
        sqlite3_bind_text(insert, i, text->bytes, text->length, SQLITE_STATIC);
    }
    assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_finalize(insert);
    buffer_free(&sql);
}

static void add_inboxes(sqlite3 *database, const struct shape *shape, uint64_t *seed, int64_t id)
{
    uint32_t count = next_random(seed, shape->inboxes_max + 1);
    for (uint32_t i = 0; i < count; i++) {
        char *sql = memory_print(
            "INSERT OR IGNORE INTO contact_inbox (position, contact_id, inbox_id)"
            " VALUES (%u, %lld, %u)",
            (unsigned)i, (long long)id, (unsigned)next_random(seed, shape->inboxes_max + 3));
        execute(database, sql);
        free(sql);
    }
}

static void write_snapshot(const char *path, const struct shape *shape, uint64_t *seed)
{
    sqlite3 *database;
    char *identity = memory_print("PRAGMA application_id = %d; PRAGMA user_version = %d; BEGIN;",
                                  SNAPSHOT_APPLICATION_ID, SNAPSHOT_VERSION);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    execute(database, shape->before);
    execute(database, identity);
    execute(database, snapshot_schema);
    execute(database,
            "INSERT INTO fetch (base_url, sort, direction, page_size, inboxes,"
            " started_at, program, libraries) VALUES ('https://api.example', 'id', 'asc', 1,"
            " 1, 1, 'test', '');"
            "INSERT INTO ledger VALUES ('complete', NULL, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1, NULL,"
            " NULL, NULL, NULL, 1, 1);"
            "INSERT INTO inbox (id, name, channel_type) VALUES (0, 'Zero', 'A'),"
            " (1, '', 'B'), (2, NULL, NULL), (4, 'Zero', NULL);");
    execute(database, shape->after);
    uint32_t contacts = next_random(seed, 3) ? next_random(seed, 150) : next_random(seed, 4);
    for (uint32_t i = 0; i < contacts; i++)
        add_contact(database, seed, (int64_t)next_random(seed, 2 * contacts) - 5);
    for (uint32_t i = 0; i < contacts; i++)
        add_inboxes(database, shape, seed, (int64_t)next_random(seed, 2 * contacts + 20) - 10);
    execute(database, shape->at_last);
    execute(database, "DELETE FROM contact_inbox WHERE contact_id NOT IN (SELECT id FROM contact)");
    execute(database, "UPDATE ledger SET unique_contacts = (SELECT count(*) FROM contact)");
    support_put_digest(database);
    execute(database, "COMMIT");
    sqlite3_close(database);
    free(identity);
}

static void print_group(struct buffer *out, const struct group *group)
{
    buffer_print(out, "\n%s|%s|%lld|%s|%lld", group->code ? group->code : "-",
                 group->name ? group->name : "-", (long long)group->id,
                 group->channel_type ? group->channel_type : "-", (long long)group->contacts);
}

static bool add_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    print_group(context, group);
    return true;
}

static bool add_cross(void *context, const struct cross_row *row, struct error *error)
{
    (void)error;
    print_group(context, &row->country);
    for (size_t i = 0; i < row->buckets; i++)
        buffer_print(context, " %lld", (long long)row->contacts[i]);
    return true;
}

/* All that a tally tells. */
static void describe(const struct tally *tally, struct zone *zone, struct buffer *out)
{
    struct error error = {0};
    struct week weeks[TALLY_WEEKS];
    struct totals totals = tally_totals(tally);
    buffer_print(out, "%lld %lld %lld %lld %lld %lld %lld", (long long)totals.contacts,
                 (long long)totals.blocked, (long long)totals.with_email,
                 (long long)totals.with_phone, (long long)totals.new_7_days,
                 (long long)totals.active_30_days, (long long)totals.never_active);
    assert_true(tally_cross(tally, 0, add_cross, out, &error));
    assert_true(tally_each(tally, BY_COMPANY, 0, add_group, out, &error));
    assert_true(tally_each(tally, BY_INBOX, 0, add_group, out, &error));
    assert_true(tally_weeks(tally, zone, weeks, &error));
    buffer_append_text(out, "\n");
    for (int i = 0; i < TALLY_WEEKS; i++)
        buffer_print(out, "%lld ", (long long)weeks[i].contacts);
}

static const char totals_sql[] =
    "SELECT count(*), coalesce(sum(blocked), 0), count(text_spelling(email)),"
    " count(text_spelling(phone_number)), count(*) FILTER (WHERE created_at > ?1 - 7 * 86400"
    " AND created_at <= ?1), count(*) FILTER (WHERE last_activity_at >= ?1 - 30 * 86400),"
    " count(*) - count(last_activity_at) FROM contact";

#define CLASSES(code, name)                                                                        \
    "WITH told AS (SELECT " code " AS code, " name " AS name,"                                     \
    "   CAST(last_activity_at AS INTEGER) AS at FROM contact),"                                    \
    " keyed AS (SELECT code, coalesce(code, text_key(name)) AS key, name, CASE"                    \
    "   WHEN at IS NULL OR at = -9223372036854775807 - 1 THEN 7"                                   \
    "   WHEN at >= ?1 - 1 * 86400 THEN 0 WHEN at >= ?1 - 7 * 86400 THEN 1"                         \
    "   WHEN at >= ?1 - 30 * 86400 THEN 2 WHEN at >= ?1 - 90 * 86400 THEN 3"                       \
    "   WHEN at >= ?1 - 180 * 86400 THEN 4 WHEN at >= ?1 - 365 * 86400 THEN 5"                     \
    "   ELSE 6 END AS bucket FROM told),"                                                          \
    " class AS (SELECT code, key, count(*) AS contacts, sum(bucket = 0) AS b0,"                    \
    "   sum(bucket = 1) AS b1, sum(bucket = 2) AS b2, sum(bucket = 3) AS b3,"                      \
    "   sum(bucket = 4) AS b4, sum(bucket = 5) AS b5, sum(bucket = 6) AS b6,"                      \
    "   sum(bucket = 7) AS b7 FROM keyed GROUP BY code, key),"                                     \
    " named AS (SELECT code, (SELECT name FROM keyed WHERE keyed.code IS class.code"               \
    "   AND keyed.key IS class.key GROUP BY name ORDER BY count(*) DESC, name LIMIT 1) AS name,"   \
    "   NULL AS id, NULL AS channel_type, contacts, b0, b1, b2, b3, b4, b5, b6, b7 FROM class)"    \
    " SELECT * FROM named ORDER BY" TALLY_ORDER

static const char countries_sql[] =
    CLASSES("country_code(country_code, country)", "country_name(country_code, country)");
static const char companies_sql[] = CLASSES("NULL", "text_spelling(company_name)");

static const char inboxes_sql[] =
    "WITH borne AS (SELECT DISTINCT inbox_id, contact_id FROM contact_inbox),"
    " lines AS ("
    " SELECT NULL AS code, coalesce(nullif(inbox.name, ''), '#' || inbox_id) AS name,"
    "        inbox_id AS id, inbox.channel_type AS channel_type, count(*) AS contacts"
    " FROM borne LEFT JOIN inbox ON inbox.id = inbox_id GROUP BY inbox_id"
    " UNION ALL"
    " SELECT NULL, NULL, NULL, NULL, count(*) FROM contact"
    " WHERE NOT EXISTS (SELECT 1 FROM contact_inbox WHERE contact_id = contact.id)"
    " AND EXISTS (SELECT 1 FROM fetch WHERE inboxes)"
    " HAVING count(*) > 0)"
    " SELECT * FROM lines ORDER BY" TALLY_ORDER;

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *select;
    if (sqlite3_prepare_v2(database, sql, -1, &select, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(database));
    if (sqlite3_bind_parameter_count(select) > 0)
        sqlite3_bind_int64(select, 1, AS_OF);
    return select;
}

static void describe_lines(sqlite3 *database, const char *sql, int buckets, struct buffer *out)
{
    sqlite3_stmt *select = prepare(database, sql);
    while (sqlite3_step(select) == SQLITE_ROW) {
        struct group group = tally_read_group(select, BY_COUNTRY);
        print_group(out, &group);
        for (int i = 0; i < buckets; i++)
            buffer_print(out, " %lld", (long long)sqlite3_column_int64(select, 5 + i));
    }
    sqlite3_finalize(select);
}

static void describe_week(sqlite3 *database, int64_t starts_at, int64_t ends_at, struct buffer *out)
{
    sqlite3_stmt *select = prepare(database, "SELECT count(*) FROM contact WHERE created_at <= ?1"
                                             " AND created_at >= ?2 AND created_at < ?3");
    sqlite3_bind_int64(select, 2, starts_at);
    sqlite3_bind_int64(select, 3, ends_at);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    buffer_print(out, "%lld ", (long long)sqlite3_column_int64(select, 0));
    sqlite3_finalize(select);
}

/* The same by SQL, which needs the weeks' starts alone. */
static void describe_by_sql(const struct tally *tally, struct zone *zone, sqlite3 *database,
                            struct buffer *out)
{
    struct error error = {0};
    struct week weeks[TALLY_WEEKS];
    sqlite3_stmt *totals = prepare(database, totals_sql);
    assert_int_equal(sqlite3_step(totals), SQLITE_ROW);
    for (int i = 0; i < 7; i++)
        buffer_print(out, i ? " %lld" : "%lld", (long long)sqlite3_column_int64(totals, i));
    sqlite3_finalize(totals);
    describe_lines(database, countries_sql, BUCKETS, out);
    describe_lines(database, companies_sql, 0, out);
    describe_lines(database, inboxes_sql, 0, out);
    assert_true(tally_weeks(tally, zone, weeks, &error));
    buffer_append_text(out, "\n");
    for (int i = 0; i < TALLY_WEEKS; i++)
        describe_week(database, weeks[i].starts_at,
                      i + 1 < TALLY_WEEKS ? weeks[i + 1].starts_at : INT64_MAX, out);
}

static const struct counts_ceiling ceilings[] = {{1 << 14, 1 << 20}, {3, 40}};

static void check_snapshot(const struct shape *shape, uint32_t round, const char *path)
{
    struct snapshot *snapshot;
    struct zone *zone;
    struct error error = {0};
    if (!snapshot_open(&snapshot, path, SNAPSHOT_CHECK_WHOLE, &error))
        fail_msg("%s: %s", shape->what, error.message);
    assert_true(zone_open(&zone, "Asia/Kathmandu", &error));
    for (size_t i = 0; i < COUNT(ceilings); i++) {
        struct tally *tally;
        struct buffer out = {0};
        struct buffer expected = {0};
        if (!tally_make_within(&tally, snapshot, AS_OF, &activity_default_bounds, &ceilings[i],
                               &error))
            fail_msg("%s: %s", shape->what, error.message);
        describe(tally, zone, &out);
        describe_by_sql(tally, zone, snapshot_database(snapshot), &expected);
        if (strcmp(buffer_text(&out), buffer_text(&expected)) != 0)
            fail_msg("%s, round %u, ceiling %zu: %s\n\ninstead of\n\n%s", shape->what,
                     (unsigned)round, ceilings[i].entries, buffer_text(&out),
                     buffer_text(&expected));
        tally_free(tally);
        buffer_free(&out);
        buffer_free(&expected);
    }
    zone_free(zone);
    snapshot_close(snapshot);
}

static void test_shapes(void **state)
{
    for (size_t i = 0; i < COUNT(shapes); i++) {
        uint64_t seed = i;
        for (uint32_t round = 0; round < ROUNDS; round++) {
            char *directory = support_make_numbered(*state, i * ROUNDS + round);
            char *path = support_path(directory, "snapshot.sqlite");
            write_snapshot(path, &shapes[i], &seed);
            check_snapshot(&shapes[i], round, path);
            free(path);
            free(directory);
        }
    }
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_shapes),
    };
    return cmocka_run_group_tests_name("tally_sql", tests, NULL, NULL);
}
