/* Counts in memory with a ceiling, and beyond it in a table. */
#include "tally/counts.h"

#include "base/buffer.h"
#include "support.h"

#include <string.h>

static sqlite3 *open_database(void)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(":memory:", &database), SQLITE_OK);
    return database;
}

static struct counts *open_counts(sqlite3 *database, size_t entries, size_t bytes)
{
    struct counts *counts = NULL;
    struct error error = {0};
    struct counts_ceiling ceiling = {entries, bytes};
    if (!counts_open(&counts, database, "counted", &ceiling, &error))
        fail_msg("%s", error.message);
    return counts;
}

static void add(struct counts *counts, struct counted what)
{
    struct error error = {0};
    if (!counts_add(counts, &what, &error))
        fail_msg("%s", error.message);
}

static int64_t number_of(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *select;
    assert_int_equal(sqlite3_prepare_v2(database, sql, -1, &select, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    return number;
}

static int64_t rows_of(sqlite3 *database)
{
    return number_of(database, "SELECT count(*) FROM counted");
}

/* The sums, in order, as "number code text n; ". */
static void describe(sqlite3 *database, struct buffer *out)
{
    sqlite3_stmt *select;
    assert_int_equal(
        sqlite3_prepare_v2(database,
                           "SELECT number || ' ' || quote(code) || ' ' || quote(text)"
                           " || ' ' || sum(n) FROM counted GROUP BY number, code, text",
                           -1, &select, NULL),
        SQLITE_OK);
    while (sqlite3_step(select) == SQLITE_ROW)
        buffer_print(out, "%s; ", (const char *)sqlite3_column_text(select, 0));
    sqlite3_finalize(select);
}

static const struct counted samples[] = {
    {0, NULL, NULL},
    {0, "", NULL},
    {0, NULL, ""},
    {0, "", ""},
    {0, "a", "b"},
    {0, "ab", ""},
    {0, "", "ab"},
    {0, "ab", NULL},
    {1, "a", "b"},
    {-1, "a", "b"},
    {0, "a", "B"},
    {0, "A", "b"},
    {0, "a", "b "},
    {0, "12345678", "12345678"},
    {0, "1234567812345678", NULL},
    {0, NULL, "1234567812345678"},
    {INT64_MIN, NULL, "\xFF\xC3"},
    {INT64_MAX, NULL, "\xFF"},
};

struct ceiling_case {
    const char *what;
    size_t entries;
    size_t bytes;
    int64_t rows; /* that the table has at the end; 0: some number */
};

static const struct ceiling_case ceiling_cases[] = {
    {"all fit", 100, 1000, COUNT(samples)},
    {"exactly as many", COUNT(samples), 1000, COUNT(samples)},
    {"one entry at a time", 1, 1000, 3 * COUNT(samples)},
    {"a few entries", 5, 1000, 0},
    {"few bytes", 100, 20, 0},
    {"texts that do not fit", 100, 3, 0},
    {"no bytes at all", 100, 0, 0},
};

static void test_ceilings(void **state)
{
    (void)state;
    struct buffer expected = {0};
    for (size_t i = 0; i < COUNT(ceiling_cases); i++) {
        const struct ceiling_case *c = &ceiling_cases[i];
        sqlite3 *database = open_database();
        struct counts *counts = open_counts(database, c->entries, c->bytes);
        struct error error = {0};
        struct buffer out = {0};
        for (size_t k = 0; k < 3 * COUNT(samples); k++)
            add(counts, samples[k % COUNT(samples)]);
        assert_true(counts_flush(counts, &error));
        describe(database, &out);
        if (i == 0)
            buffer_append_text(&expected, buffer_text(&out));
        if (strcmp(buffer_text(&out), buffer_text(&expected)) != 0)
            fail_msg("%s: %s", c->what, buffer_text(&out));
        if (c->rows && rows_of(database) != c->rows)
            fail_msg("%s: %lld rows", c->what, (long long)rows_of(database));
        assert_int_equal(number_of(database, "SELECT sum(n) FROM counted"), 3 * COUNT(samples));
        counts_free(counts);
        sqlite3_close(database);
        buffer_free(&out);
    }
    assert_non_null(strstr(buffer_text(&expected), "0 'a' 'b' 3; "));
    assert_non_null(strstr(buffer_text(&expected), "0 NULL NULL 3; "));
    buffer_free(&expected);
}

/* The hash of counts.c for eight bytes, and back. */
static const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);

static uint64_t mix(uint64_t hash, uint64_t eight)
{
    hash = (hash ^ eight) * odd;
    return hash ^ hash >> 32;
}

static uint64_t unmix(uint64_t hash, uint64_t eight)
{
    uint64_t inverse = odd;
    for (int i = 0; i < 6; i++)
        inverse *= 2 - odd * inverse;
    hash ^= hash >> 32;
    return hash * inverse ^ eight;
}

/* Numbers whose hashes all begin at one slot. */
static struct counted colliding(uint64_t i)
{
    uint64_t hash = unmix(unmix(i << 32, UINT32_MAX), UINT32_MAX);
    return (struct counted){.number = (int64_t)unmix(hash, 0)};
}

static void test_collisions(void **state)
{
    (void)state;
    enum { NUMBERS = 1000, ENTRIES = 2048 };
    sqlite3 *database = open_database();
    struct counts *counts = open_counts(database, ENTRIES, 16);
    struct error error = {0};
    for (int round = 0; round < 2; round++) {
        for (uint64_t i = 0; i < NUMBERS; i++)
            add(counts, colliding(i));
    }
    /* Written out long before there are as many as fit: no search goes through them all. */
    assert_true(rows_of(database) > NUMBERS);
    assert_true(counts_flush(counts, &error));
    assert_int_equal(number_of(database, "SELECT count(DISTINCT number) FROM counted"), NUMBERS);
    assert_int_equal(number_of(database, "SELECT count(*) FROM (SELECT 1 FROM counted"
                                         " GROUP BY number HAVING sum(n) = 2)"),
                     NUMBERS);
    counts_free(counts);
    sqlite3_close(database);
}

/* Texts of eight bytes that have one hash, each with its own number. */
static void test_same_hash(void **state)
{
    (void)state;
    enum { TEXTS = 100 };
    char texts[TEXTS][9] = {0};
    int found = 0;
    sqlite3 *database = open_database();
    struct counts *counts = open_counts(database, 2 * TEXTS, 100 * TEXTS);
    struct error error = {0};
    for (int64_t number = 1; found < TEXTS; number++) {
        const uint64_t wanted = UINT64_C(0x6162636465666768);
        uint64_t before = mix(mix(mix(0, (uint64_t)number), UINT32_MAX), 8);
        uint64_t eight = unmix(wanted, before);
        memcpy(texts[found], &eight, sizeof eight);
        if (strlen(texts[found]) < sizeof eight)
            continue;
        for (int round = 0; round < 2; round++)
            add(counts, (struct counted){.number = number, .text = texts[found]});
        found++;
    }
    assert_true(counts_flush(counts, &error));
    assert_int_equal(number_of(database, "SELECT count(DISTINCT number) FROM counted"), TEXTS);
    assert_int_equal(number_of(database, "SELECT sum(n) FROM counted"), 2 * TEXTS);
    counts_free(counts);
    sqlite3_close(database);
}

static void test_flushed_twice(void **state)
{
    (void)state;
    sqlite3 *database = open_database();
    struct counts *counts = open_counts(database, 10, 100);
    struct error error = {0};
    assert_true(counts_flush(counts, &error));
    add(counts, (struct counted){.text = "a"});
    assert_true(counts_flush(counts, &error));
    assert_true(counts_flush(counts, &error));
    add(counts, (struct counted){.text = "a"});
    assert_int_equal(number_of(database, "SELECT sum(n) FROM counted"), 1);
    assert_true(counts_flush(counts, &error));
    assert_int_equal(number_of(database, "SELECT sum(n) FROM counted"), 2);
    counts_free(counts);
    counts_free(NULL);
    sqlite3_close(database);
}

static void test_failures(void **state)
{
    (void)state;
    sqlite3 *database = open_database();
    struct counts *counts = open_counts(database, 1, 100);
    struct counts *other;
    struct counts_ceiling ceiling = {1, 1};
    struct error error = {0};
    assert_false(counts_open(&other, database, "counted", &ceiling, &error));
    assert_true(strstr(error.message, "already exists") != NULL);
    add(counts, (struct counted){.text = "a"});
    sqlite3_exec(database, "PRAGMA query_only = ON", NULL, NULL, NULL);
    assert_false(counts_add(counts, &(struct counted){.text = "b"}, &error));
    assert_int_equal(error.code, EXIT_OUTPUT);
    /* What failed is no open transaction. */
    assert_int_not_equal(sqlite3_get_autocommit(database), 0);
    counts_free(counts);
    sqlite3_close(database);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ceilings),  cmocka_unit_test(test_collisions),
        cmocka_unit_test(test_same_hash), cmocka_unit_test(test_flushed_twice),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests_name("tally_counts", tests, NULL, NULL);
}
