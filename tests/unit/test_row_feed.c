/* Contacts read on another thread. */
#include "write/row_feed.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "support.h"
#include "support_snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MANY = 1000, COLUMNS = 3 };

static const char *const names[COLUMNS] = {"id", "name", "custom.n"};

struct fixture {
    char *path;
    struct snapshot *snapshot;
    struct arena arena;
    struct columns columns;
};

static struct fixture make_fixture(const char *directory, const char *contacts)
{
    struct fixture fixture = {
        .path = support_path(directory, "snapshot.sqlite"),
        .snapshot = support_open_snapshot(directory, contacts),
    };
    fixture.columns = columns_choose(names, COLUMNS, NULL, 0, &fixture.arena);
    return fixture;
}

static void free_fixture(struct fixture *fixture)
{
    snapshot_close(fixture->snapshot);
    arena_free(&fixture->arena);
    free(fixture->path);
}

static struct row_feed *open_feed(const struct fixture *fixture, const char *column)
{
    struct row_feed *feed;
    struct error error = {0};
    const struct order order = {.column = column};
    if (!row_feed_open(&feed, fixture->snapshot, &fixture->columns, &order, &error))
        fail_msg("%s", error.message);
    return feed;
}

static const struct cell *next(struct row_feed *feed)
{
    struct cell *cells;
    struct error error = {0};
    if (!row_feed_next(feed, &cells, &error))
        fail_msg("%s", error.message);
    return cells;
}

/* Contacts 1, 2 and so on, whose names are each so many times the last digit of the id. */
static char *make_contacts(int count, size_t name_bytes)
{
    struct buffer json = {0};
    char *name = memory_new(name_bytes + 1, 1);
    for (int id = 1; id <= count; id++) {
        memset(name, '0' + id % 10, name_bytes);
        buffer_print(&json, "%s{\"id\":%d,\"name\":\"%s\",\"custom_attributes\":{\"n\":%d}}",
                     id == 1 ? "[" : ",", id, name, count - id);
    }
    buffer_append_text(&json, "]");
    free(name);
    return buffer_take(&json);
}

static void check_contact(const struct cell *cells, int id, int count, size_t name_bytes)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", id);
    assert_non_null(cells);
    assert_string_equal(cells[0].text, digits);
    assert_int_equal(strlen(cells[1].text), name_bytes);
    assert_int_equal(cells[1].text[0], '0' + id % 10);
    assert_int_equal(cells[1].text[name_bytes - 1], '0' + id % 10);
    assert_int_equal(cells[2].kind, CELL_NUMBER);
    assert_true(cells[2].number == count - id);
}

static void test_order(void **state)
{
    char *contacts = make_contacts(MANY, 20);
    struct fixture fixture = make_fixture(*state, contacts);
    struct row_feed *feed = open_feed(&fixture, NULL);
    for (int id = 1; id <= MANY; id++)
        check_contact(next(feed), id, MANY, 20);
    assert_null(next(feed));
    assert_null(next(feed));
    row_feed_close(feed);
    feed = open_feed(&fixture, "custom.n");
    for (int id = MANY; id >= 1; id--)
        check_contact(next(feed), id, MANY, 20);
    assert_null(next(feed));
    row_feed_close(feed);
    free_fixture(&fixture);
    free(contacts);
}

/* So long that the thread has filled all that it may. */
static void pause_a_while(void)
{
    const struct timespec pause = {.tv_nsec = 200000000};
    nanosleep(&pause, NULL);
}

/* What has been read waits for whoever takes it, and is not overtaken by what comes behind. */
static void test_taken_slowly(void **state)
{
    enum { ALL = 3000 };
    char *contacts = make_contacts(ALL, 20);
    struct fixture fixture = make_fixture(*state, contacts);
    struct row_feed *feed = open_feed(&fixture, NULL);
    for (int id = 1; id <= ALL; id++) {
        check_contact(next(feed), id, ALL, 20);
        if (id == 1 || id == ALL / 2)
            pause_a_while();
    }
    assert_null(next(feed));
    row_feed_close(feed);
    free_fixture(&fixture);
    free(contacts);
}

static void test_empty(void **state)
{
    struct fixture fixture = make_fixture(*state, "[]");
    struct row_feed *feed = open_feed(&fixture, NULL);
    assert_null(next(feed));
    assert_null(next(feed));
    row_feed_close(feed);
    free_fixture(&fixture);
}

/* Texts that are more than a batch takes, each by itself, and many small ones behind them. */
static void test_large(void **state)
{
    enum { LARGE = 12, NAME_BYTES = 400000 };
    char *contacts = make_contacts(LARGE, NAME_BYTES);
    struct fixture fixture = make_fixture(*state, contacts);
    struct row_feed *feed = open_feed(&fixture, NULL);
    for (int id = 1; id <= LARGE; id++)
        check_contact(next(feed), id, LARGE, NAME_BYTES);
    assert_null(next(feed));
    row_feed_close(feed);
    free_fixture(&fixture);
    free(contacts);
}

/* Each text leaves a batch just as full as it may be, with nothing before it: 128 KiB is the
   ceiling, and what the arena needs for itself is less than the difference. */
static void test_just_full(void **state)
{
    enum { FULL = 12, NAME_BYTES = 131060 };
    static const char *const only_name[] = {"name"};
    char *contacts = make_contacts(FULL, NAME_BYTES);
    struct fixture fixture = make_fixture(*state, contacts);
    fixture.columns = columns_choose(only_name, 1, NULL, 0, &fixture.arena);
    struct row_feed *feed = open_feed(&fixture, NULL);
    for (int id = 1; id <= FULL; id++)
        assert_int_equal(next(feed)[0].text[0], '0' + id % 10);
    assert_null(next(feed));
    row_feed_close(feed);
    free_fixture(&fixture);
    free(contacts);
}

/* More columns than there are cells in a batch. */
static void test_wide(void **state)
{
    enum { WIDE = 10000 };
    char *contacts = make_contacts(5, 10);
    const char **wide = memory_new(WIDE, sizeof *wide);
    struct fixture fixture = make_fixture(*state, contacts);
    for (size_t i = 0; i < WIDE; i++)
        wide[i] = names[i % COLUMNS];
    fixture.columns = columns_choose(wide, WIDE, NULL, 0, &fixture.arena);
    struct row_feed *feed = open_feed(&fixture, NULL);
    for (int id = 1; id <= 5; id++)
        check_contact(next(feed) + WIDE / COLUMNS / 2 * COLUMNS, id, 5, 10);
    assert_null(next(feed));
    row_feed_close(feed);
    free_fixture(&fixture);
    free(wide);
    free(contacts);
}

static void test_closed_early(void **state)
{
    char *contacts = make_contacts(MANY, 200);
    struct fixture fixture = make_fixture(*state, contacts);
    const int taken[] = {0, 1, 127, 128, 129, 700};
    for (size_t i = 0; i < COUNT(taken); i++) {
        struct row_feed *feed = open_feed(&fixture, NULL);
        for (int id = 1; id <= taken[i]; id++)
            check_contact(next(feed), id, MANY, 200);
        row_feed_close(feed);
    }
    struct row_feed *full = open_feed(&fixture, NULL);
    pause_a_while();
    row_feed_close(full);
    row_feed_close(NULL);
    free_fixture(&fixture);
    free(contacts);
}

static void damage(const char *path)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long middle = ftell(file) / 2 / 4096 * 4096;
    assert_int_equal(fseek(file, middle, SEEK_SET), 0);
    for (int i = 0; i < 4096; i++)
        fputc(0xFF, file);
    assert_int_equal(fclose(file), 0);
}

/* What can be read comes first, and the failure stays one. */
static void test_damaged(void **state)
{
    char *contacts = make_contacts(MANY, 500);
    struct fixture fixture = make_fixture(*state, contacts);
    damage(fixture.path);
    struct row_feed *feed = open_feed(&fixture, NULL);
    struct error error = {0};
    struct cell *cells;
    int read = 0;
    while (row_feed_next(feed, &cells, &error)) {
        assert_non_null(cells);
        check_contact(cells, ++read, MANY, 500);
    }
    assert_in_range(read, 200, MANY - 200);
    support_check_error("damaged", &error, EXIT_WRONG_USE, "malformed", NULL);
    error = (struct error){0};
    assert_false(row_feed_next(feed, &cells, &error));
    assert_null(cells);
    support_check_error("still damaged", &error, EXIT_WRONG_USE, "malformed", NULL);
    row_feed_close(feed);
    free_fixture(&fixture);
    free(contacts);
}

static void test_cannot_be_opened(void **state)
{
    struct fixture fixture = make_fixture(*state, "[]");
    struct row_feed *feed;
    struct error error = {0};
    assert_int_equal(remove(fixture.path), 0);
    assert_false(
        row_feed_open(&feed, fixture.snapshot, &fixture.columns, &(struct order){0}, &error));
    support_check_error("removed", &error, EXIT_OUTPUT, "cannot be opened", NULL);
    free_fixture(&fixture);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_order),        TEST(test_taken_slowly), TEST(test_empty),
        TEST(test_large),        TEST(test_just_full),    TEST(test_wide),
        TEST(test_closed_early), TEST(test_damaged),      TEST(test_cannot_be_opened),
    };
    return cmocka_run_group_tests_name("row_feed", tests, NULL, NULL);
}
