/* Cells and rows as XML. */
#include "write/workbook/sheet_xml.h"

#include "base/buffer.h"
#include "support.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

/* What the cell in A1 with style 3 comes to. */
static void check(const char *what, const struct buffer *out, const char *attributes,
                  const char *content)
{
    struct buffer expected = {0};
    buffer_print(&expected, "<row r=\"1\"><c r=\"A1\" s=\"3\"%s>%s</c></row>", attributes, content);
    if (strcmp(buffer_text(out), buffer_text(&expected)) != 0)
        fail_msg("%s: %s", what, buffer_text(out));
    buffer_free(&expected);
}

struct text_case {
    const char *what;
    const char *text;
    const char *expected; /* <t> and what is in it */
    unsigned flaws;
};

static const struct text_case text_cases[] = {
    {"plain", "Zo\u00EB", "<t>Zo\u00EB", 0},
    {"one character", "x", "<t>x", 0},
    {"markup", "<&\">'", "<t>&lt;&amp;\"&gt;'", 0},
    {"no formula", "=1+1", "<t>=1+1", 0},
    {"leading zeros", "007", "<t>007", 0},
    {"blanks at the ends", " a ", "<t xml:space=\"preserve\"> a ", 0},
    {"blank in front", "\ta", "<t xml:space=\"preserve\">\ta", 0},
    {"line end behind", "a\n", "<t xml:space=\"preserve\">a\n", 0},
    {"only a blank", " ", "<t xml:space=\"preserve\"> ", 0},
    {"blanks inside", "a  b\nc", "<t>a  b\nc", 0},
    {"carriage return", "a\r\nb", "<t>a_x000D_\nb", 0},
    {"carriage return at the end", "a\r", "<t>a_x000D_", 0},
    {"escape", "_x0041_", "<t>_x005F_x0041_", 0},
    {"escape of the escape", "_x005F_x0041_", "<t>_x005F_x005F_x005F_x0041_", 0},
    {"escapes side by side", "_x0041_x00e9_", "<t>_x005F_x0041_x005F_x00e9_", 0},
    {"escape that a return would end", "_x0041\r", "<t>_x005F_x0041_x000D_", 0},
    {"underscores", "__ _x004_ a_b_", "<t>__ _x004_ a_b_", 0},
    {"controls",
     "a\x01"
     "b\x1f\x0b",
     "<t>a\uFFFDb\uFFFD\uFFFD", SHEET_FORBIDDEN},
    {"delete is none", "\x7f", "<t>\x7f", 0},
    {"no characters", "a\uFFFE\uFFFF", "<t>a\uFFFD\uFFFD", SHEET_FORBIDDEN},
    {"half a pair", "a\xED\xA0\x80z", "<t>a\uFFFDz", SHEET_FORBIDDEN},
    {"neighbours of those", "\uD7FF\uE000\uFFFD\uFEFF", "<t>\uD7FF\uE000\uFFFD\uFEFF", 0},
    {"all planes", "\U0001F3E2\u4E2D\u0645", "<t>\U0001F3E2\u4E2D\u0645", 0},
};

static void test_texts(void **state)
{
    (void)state;
    struct sheet_xml *sheet = sheet_xml_new(1);
    for (size_t i = 0; i < COUNT(text_cases); i++) {
        const struct text_case *c = &text_cases[i];
        struct buffer out = {0};
        struct buffer content = {0};
        sheet_xml_begin_row(sheet, 1, &out);
        unsigned flaws = sheet_xml_text(sheet, 0, 3, c->text, &out);
        sheet_xml_end_row(&out);
        buffer_print(&content, "<is>%s</t></is>", c->expected);
        check(c->what, &out, " t=\"inlineStr\"", buffer_text(&content));
        if (flaws != c->flaws)
            fail_msg("%s: flaws %u", c->what, flaws);
        buffer_free(&content);
        buffer_free(&out);
    }
    free(sheet);
}

struct long_case {
    const char *what;
    const char *unit; /* repeated … */
    int times;
    const char *tail; /* … and then this */
    unsigned flaws;
    size_t bytes; /* of the text in the cell */
};

static const struct long_case long_cases[] = {
    {"full", "a", 32767, "", 0, 32767},
    {"one too many", "a", 32767, "b", SHEET_CUT, 32767},
    {"wide and full", "\U0001F600", 16383, "b", 0, 65533},
    {"wide, one too many", "\U0001F600", 16384, "", SHEET_CUT, 65532},
    {"controls within", "\x01", 32767, "", SHEET_FORBIDDEN, 3 * 32767},
    {"controls beyond", "a", 32767, "\x01", SHEET_CUT | SHEET_FORBIDDEN, 32767},
    {"escapes", "_x0041_", 10000, "", SHEET_CUT, 2520 * 13 + 7},
    {"all of it markup", "&", 32767, "", 0, 5 * 32767},
};

static void test_long_texts(void **state)
{
    (void)state;
    struct sheet_xml *sheet = sheet_xml_new(1);
    for (size_t i = 0; i < COUNT(long_cases); i++) {
        const struct long_case *c = &long_cases[i];
        struct buffer text = {0};
        struct buffer out = {0};
        support_append_times(&text, c->unit, c->times);
        buffer_append_text(&text, c->tail);
        sheet_xml_begin_row(sheet, 1, &out);
        unsigned flaws = sheet_xml_text(sheet, 0, 3, buffer_text(&text), &out);
        sheet_xml_end_row(&out);
        const char *start = strstr(buffer_text(&out), "<t>");
        const char *end = strstr(buffer_text(&out), "</t></is></c></row>");
        assert_non_null(start);
        assert_non_null(end);
        size_t bytes = (size_t)(end - start) - strlen("<t>");
        if (flaws != c->flaws || bytes != c->bytes)
            fail_msg("%s: flaws %u, %zu bytes", c->what, flaws, bytes);
        buffer_free(&text);
        buffer_free(&out);
    }
    free(sheet);
}

struct number_case {
    double number;
    const char *expected;
};

static const struct number_case number_cases[] = {
    {0, "0"},
    {-0.0, "0"},
    {7, "7"},
    {-1, "-1"},
    {10, "10"},
    {123456789012345, "123456789012345"},
    {-999999999999999, "-999999999999999"},
    {9007199254740991, "9007199254740991"},
    {1e15, "1000000000000000"},
    {1e16, "1e+16"},
    {1.5, "1.5"},
    {-1.5, "-1.5"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1.0 / 3, "0.3333333333333333"},
    {1e300, "1e+300"},
    {5e-324, "5e-324"},
    {DBL_MAX, "1.7976931348623157e+308"},
};

static void test_numbers(void **state)
{
    (void)state;
    struct sheet_xml *sheet = sheet_xml_new(1);
    for (size_t i = 0; i < COUNT(number_cases); i++) {
        struct buffer out = {0};
        struct buffer content = {0};
        sheet_xml_begin_row(sheet, 1, &out);
        sheet_xml_number(sheet, 0, 3, number_cases[i].number, &out);
        sheet_xml_end_row(&out);
        buffer_print(&content, "<v>%s</v>", number_cases[i].expected);
        check(number_cases[i].expected, &out, "", buffer_text(&content));
        assert_true(strtod(number_cases[i].expected, NULL) == number_cases[i].number);
        buffer_free(&content);
        buffer_free(&out);
    }
    free(sheet);
}

struct time_case {
    uint32_t day, second;
    const char *expected;
};

static const struct time_case time_cases[] = {
    {61, 0, "61"},
    {45000, 0, "45000"},
    {45000, 43200, "45000.5"},
    {45000, 1, "45000.00001157407"},
    {45000, 86399, "45000.99998842593"},
    {46322, 84600, "46322.97916666667"},
    {45538, 85205, "45538.98616898148"},
    {2958465, 86399, "2958465.99998842593"},
};

static void test_times(void **state)
{
    (void)state;
    struct sheet_xml *sheet = sheet_xml_new(1);
    for (size_t i = 0; i < COUNT(time_cases); i++) {
        struct buffer out = {0};
        struct buffer content = {0};
        sheet_xml_begin_row(sheet, 1, &out);
        sheet_xml_time(sheet, 0, 3, time_cases[i].day, time_cases[i].second, &out);
        sheet_xml_end_row(&out);
        buffer_print(&content, "<v>%s</v>", time_cases[i].expected);
        check(time_cases[i].expected, &out, "", buffer_text(&content));
        buffer_free(&content);
        buffer_free(&out);
    }
    free(sheet);
}

/* Each second of a day can be told from what is written for it. */
static void test_seconds_read_back(void **state)
{
    (void)state;
    const uint32_t day_seconds = 86400;
    struct sheet_xml *sheet = sheet_xml_new(1);
    struct buffer out = {0};
    for (uint32_t second = 0; second < day_seconds; second++) {
        buffer_clear(&out);
        sheet_xml_time(sheet, 0, 0, 46000, second, &out);
        buffer_append_text(&out, "");
        double read = strtod(strstr(buffer_text(&out), "<v>") + strlen("<v>"), NULL);
        double error = (read - 46000) * day_seconds - second;
        if (error > 1e-5 || error < -1e-5)
            fail_msg("%u: %s", second, buffer_text(&out));
    }
    buffer_free(&out);
    free(sheet);
}

/* Columns by their letters, rows by their numbers, empty cells left out. */
static void test_places(void **state)
{
    (void)state;
    static const struct place {
        size_t column;
        const char *expected;
    } places[] = {
        {0, "\"A1048576\""},     {25, "\"Z1048576\""},      {26, "\"AA1048576\""},
        {51, "\"AZ1048576\""},   {52, "\"BA1048576\""},     {701, "\"ZZ1048576\""},
        {702, "\"AAA1048576\""}, {16383, "\"XFD1048576\""},
    };
    struct sheet_xml *sheet = sheet_xml_new(16384);
    struct buffer out = {0};
    sheet_xml_begin_row(sheet, 1048576, &out);
    for (size_t i = 0; i < COUNT(places); i++)
        sheet_xml_boolean(sheet, places[i].column, 12, i % 2, &out);
    sheet_xml_end_row(&out);
    for (size_t i = 0; i < COUNT(places); i++)
        assert_non_null(strstr(buffer_text(&out), places[i].expected));
    assert_non_null(strstr(buffer_text(&out), "<c r=\"A1048576\" s=\"12\" t=\"b\"><v>0</v></c>"));
    assert_non_null(strstr(buffer_text(&out), "<c r=\"Z1048576\" s=\"12\" t=\"b\"><v>1</v></c>"));
    buffer_free(&out);
    free(sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),   cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_times),
        cmocka_unit_test(test_places),  cmocka_unit_test(test_seconds_read_back),
    };
    return cmocka_run_group_tests_name("sheet_xml", tests, NULL, NULL);
}
