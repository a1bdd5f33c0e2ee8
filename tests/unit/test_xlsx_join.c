/* A workbook put together of its frame and rows. */
#include "write/workbook/xlsx_join.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "support.h"
#include "zip/deflate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The frame: an archive of these parts, packed. */
struct part {
    const char *name;
    const char *text;
};

static void write_frame(const char *path, const struct part *parts, size_t count)
{
    struct error error;
    struct deflate *deflate = deflate_new();
    struct zip_writer writer = {0};
    assert_true(outfile_create(&writer.file, path, &error));
    for (size_t i = 0; i < count; i++) {
        struct buffer packed = {0};
        size_t length = strlen(parts[i].text);
        deflate_append(deflate, parts[i].text, length, DEFLATE_LAST, &packed);
        struct zip_entry entry = {
            .name = parts[i].name,
            .name_length = strlen(parts[i].name),
            .method = ZIP_DEFLATED,
            .date = 33,
            .sum = deflate_sum(0, parts[i].text, length),
            .packed_length = packed.length,
            .plain_length = length,
        };
        zip_writer_begin(&writer, &entry);
        zip_writer_append(&writer, packed.bytes, packed.length);
        buffer_free(&packed);
    }
    zip_writer_end(&writer);
    zip_writer_free(&writer);
    assert_true(outfile_close(writer.file, &error));
    deflate_free(deflate);
}

static char *read_part(const char *path, const char *part)
{
    char *command = memory_print("unzip -p '%s' '%s'", path, part);
    char *text = support_ask(command);
    free(command);
    return text;
}

static const struct part parts[] = {
    {"first", "one"},
    {"sheet1", "<a><sheetData><row/></sheetData><b/></a>"},
    {"between", ""},
    {"sheet2", "<sheetData></sheetData>"},
};

static void store_rows(struct sheet_store *store, const char *unit, int times,
                       struct stored_rows *rows)
{
    for (int i = 0; i < times; i++) {
        buffer_append_text(sheet_store_xml(store), unit);
        assert_true(sheet_store_row(store));
    }
    assert_true(sheet_store_end_sheet(store, rows));
}

/* Fails unless the part is the unit, so many times, between those two. */
static void check_sheet(const char *path, const char *part, const char *front, const char *unit,
                        int times, const char *back)
{
    struct buffer expected = {0};
    char *text = read_part(path, part);
    buffer_append_text(&expected, front);
    support_append_times(&expected, unit, times);
    buffer_append_text(&expected, back);
    if (strcmp(text, buffer_text(&expected)) != 0)
        fail_msg("%s is another", part);
    free(text);
    buffer_free(&expected);
}

static void test_joined(void **state)
{
    enum { MANY = 100000 };
    static const char unit[] = "<row r=\"2\"/>";
    struct continued_sheet sheets[] = {{.part = "sheet2"}, {.part = "sheet1"}};
    struct error error = {0};
    struct sheet_store *store;
    struct stat status;
    char *path = support_path(*state, "a.xlsx");
    write_frame(path, parts, COUNT(parts));
    assert_true(sheet_store_open(&store, *state));
    assert_int_equal(support_count_entries(*state), 1);
    store_rows(store, unit, MANY, &sheets[0].rows);
    store_rows(store, unit, 0, &sheets[1].rows);
    if (!xlsx_join(path, store, sheets, COUNT(sheets), &error))
        fail_msg("%s", error.message);
    check_sheet(path, "sheet1", "<a><sheetData><row/>", unit, 0, "</sheetData><b/></a>");
    check_sheet(path, "sheet2", "<sheetData>", unit, MANY, "</sheetData>");
    check_sheet(path, "first", "one", "", 0, "");
    check_sheet(path, "between", "", "", 0, "");
    assert_int_equal(support_count_entries(*state), 1);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    sheet_store_free(store);
    free(path);
}

struct refused_case {
    const char *what;
    const char *part; /* that is to be continued */
    const char *text; /* of "sheet" in the frame; NULL: no archive */
    const char *message;
};

static const struct refused_case refused_cases[] = {
    {"no archive", "sheet", NULL, "a.xlsx: cannot be written: its frame is not sound"},
    {"no such sheet", "other", "<sheetData></sheetData>", "not sound"},
    {"no rows in it", "sheet", "<sheetData/>", "not sound"},
    {"empty", "sheet", "", "not sound"},
};

static void test_refused(void **state)
{
    struct sheet_store *store;
    assert_true(sheet_store_open(&store, *state));
    char *path = support_path(*state, "a.xlsx");
    for (size_t i = 0; i < COUNT(refused_cases); i++) {
        const struct refused_case *c = &refused_cases[i];
        struct continued_sheet sheet = {.part = c->part};
        struct error error = {0};
        const struct part part = {"sheet", c->text};
        remove(path);
        if (c->text)
            write_frame(path, &part, 1);
        else
            support_write_file(path, "no archive, though it is as long as one might be");
        assert_false(xlsx_join(path, store, &sheet, 1, &error));
        support_check_error(c->what, &error, EXIT_OUTPUT, c->message, "");
    }
    struct error error = {0};
    remove(path);
    assert_false(xlsx_join(path, store, NULL, 0, &error));
    support_check_error("nothing", &error, EXIT_OUTPUT, "No such file", "");
    free(path);
    sheet_store_free(store);
}

static void test_no_store(void **state)
{
    struct sheet_store *store;
    char *nowhere = support_path(*state, "missing");
    assert_false(sheet_store_open(&store, nowhere));
    free(nowhere);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_joined),
        TEST(test_refused),
        TEST(test_no_store),
    };
    return cmocka_run_group_tests_name("xlsx_join", tests, NULL, NULL);
}
