/* CSV files. */
#include "write/csv/csv_file.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

struct csv_case {
    const char *what;
    int fields_per_row;
    bool guarded;
    bool plain;
    const char *fields[6];
    int count;
    const char *expected;
};

static const struct csv_case cases[] = {
    {"no field", 2, true, false, {0}, 0, ""},
    {"plain words", 2, true, false, {"a", "b", "c", "d"}, 4, "a,b\r\nc,d\r\n"},
    {"empty fields", 3, true, false, {NULL, "", "x"}, 3, ",,x\r\n"},
    {"only empty fields", 2, true, false, {NULL, NULL, "", ""}, 4, ",\r\n,\r\n"},
    {"one empty field", 1, true, false, {NULL, "", "x"}, 3, "\"\"\r\n\"\"\r\nx\r\n"},
    {"one empty plain field", 1, true, true, {NULL, ""}, 2, "\"\"\r\n\"\"\r\n"},
    {"comma", 2, true, false, {"a,b", "c"}, 2, "\"a,b\",c\r\n"},
    {"quotes", 2, true, false, {"say \"hi\"", "\""}, 2, "\"say \"\"hi\"\"\",\"\"\"\"\r\n"},
    {"line ends",
     3,
     true,
     false,
     {"a\nb", "a\rb", "a\r\nb"},
     3,
     "\"a\nb\",\"a\rb\",\"a\r\nb\"\r\n"},
    {"no need for quotes",
     4,
     true,
     false,
     {" a ", "a;b", "a\tb", "it's"},
     4,
     " a ,a;b,a\tb,it's\r\n"},
    {"other scripts", 2, true, false, {"\u4E2D\u56FD", "\u00E9"}, 2, "\u4E2D\u56FD,\u00E9\r\n"},
    {"formulas guarded",
     4,
     true,
     false,
     {"=1+1", "+1+1", "-1", "@A1"},
     4,
     "'=1+1,'+1+1,'-1,'@A1\r\n"},
    {"guarded and quoted", 1, true, false, {"=\"a\",1"}, 1, "\"'=\"\"a\"\",1\"\r\n"},
    {"a phone number is none", 1, true, false, {"+31201234567"}, 1, "+31201234567\r\n"},
    {"raw", 3, false, false, {"=1+1", "-1", "@A1"}, 3, "=1+1,-1,@A1\r\n"},
    {"plain is not guarded", 2, true, true, {"-1.5", "=1"}, 2, "-1.5,=1\r\n"},
    {"a row cut short", 3, true, false, {"a", "b"}, 2, "a,b"},
};

static void test_files(void **state)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct csv_case *c = &cases[i];
        struct error error = {0};
        struct csv_file *csv;
        char name[16] = {'f', (char)('a' + i), '\0'};
        char *path = support_path(*state, name);
        assert_true(csv_file_create(&csv, path, c->fields_per_row, c->guarded, &error));
        for (int j = 0; j < c->count; j++) {
            if (c->plain)
                csv_file_plain(csv, c->fields[j]);
            else
                csv_file_text(csv, c->fields[j]);
        }
        assert_true(csv_file_close(csv, &error));
        char *text = support_read_file(path);
        if (strcmp(text, c->expected) != 0)
            fail_msg("%s: \"%s\"", c->what, text);
        free(text);
        free(path);
    }
}

/* More than is handed over at once, and one field that is more by itself. */
static void test_large(void **state)
{
    enum { ROWS = 30000, LONG = 300000 };
    struct error error = {0};
    struct csv_file *csv;
    struct buffer expected = {0};
    char *path = support_path(*state, "large.csv");
    char *field = memory_new(LONG + 1, 1);
    memset(field, 'x', LONG);
    assert_true(csv_file_create(&csv, path, 2, true, &error));
    for (int i = 0; i < ROWS; i++) {
        csv_file_text(csv, "=a");
        csv_file_plain(csv, i == ROWS / 2 ? field : "b,c");
        buffer_print(&expected, "'=a,%s\r\n", i == ROWS / 2 ? field : "\"b,c\"");
    }
    assert_true(csv_file_close(csv, &error));
    char *text = support_read_file(path);
    assert_true(strcmp(text, buffer_text(&expected)) == 0);
    buffer_free(&expected);
    free(text);
    free(field);
    free(path);
}

static void test_failures(void **state)
{
    struct error error = {0};
    struct csv_file *csv = NULL;
    char *path = support_path(*state, "there.csv");
    support_write_file(path, "kept");
    assert_false(csv_file_create(&csv, path, 1, true, &error));
    support_check_error("exists", &error, EXIT_OUTPUT, "there.csv: cannot be written", NULL);
    char *text = support_read_file(path);
    assert_string_equal(text, "kept");
    free(text);
    free(path);
    path = support_path(*state, "no/such/folder.csv");
    assert_false(csv_file_create(&csv, path, 1, true, &error));
    support_check_error("no folder", &error, EXIT_OUTPUT, "folder.csv: cannot be written", NULL);
    free(path);
    csv_file_free(NULL);
}

static void test_discard(void **state)
{
    struct error error = {0};
    struct csv_file *csv;
    char *path = support_path(*state, "discarded.csv");
    assert_true(csv_file_create(&csv, path, 2, true, &error));
    csv_file_text(csv, "a");
    csv_file_free(csv);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_files, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_large, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_failures, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_discard, support_setup_directory,
                                        support_teardown_directory),
    };
    return cmocka_run_group_tests_name("csv_file", tests, NULL, NULL);
}
