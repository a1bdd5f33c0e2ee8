/* What a cell takes of a text. */
#include "write/workbook/cell_text.h"

#include "base/buffer.h"
#include "support.h"

struct escape_case {
    const char *text;
    bool expected;
};

static const struct escape_case escape_cases[] = {
    {"_x0041_", true},   {"_x00e9_", true},   {"_x00E9_ and more", true}, {"_x0041\r", true},
    {"_x0041", false},   {"_x004_", false},   {"_x00G1_", false},         {"_X0041_", false},
    {"x0041_", false},   {"__x0041_", false}, {"_x00410_", false},        {"_", false},
    {"_x0041\n", false}, {"", false},
};

static void test_escapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(escape_cases); i++) {
        if (cell_text_is_escape(escape_cases[i].text) != escape_cases[i].expected)
            fail_msg("'%s'", escape_cases[i].text);
    }
}

struct length_case {
    const char *what;
    const char *unit; /* repeated … */
    int times;
    const char *tail; /* … and then this */
    size_t units;
    size_t fitting; /* bytes */
};

static const struct length_case length_cases[] = {
    {"empty", "", 0, "", 0, 0},
    {"one byte each", "a", 5, "", 5, 5},
    {"two bytes", "\u00E9", 3, "", 3, 6},
    {"three bytes", "\u4E2D", 3, "", 3, 9},
    {"two units", "\U0001F600", 3, "", 6, 12},
    {"full", "a", 32767, "", 32767, 32767},
    {"one too many", "a", 32767, "b", 32768, 32767},
    {"no half a character", "a", 32766, "\U0001F600", 32768, 32766},
    {"an escape counts as it is written", "_x0041_", 2, "", 14, 14},
    {"no half an escape", "a", 32754, "_x0041_", 32761, 32761},
    {"no room for all of it", "a", 32755, "_x0041_x", 32763, 32761},
    {"cut character", "a", 2, "\xE4\xB8", 3, 4},
};

static void test_lengths(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(length_cases); i++) {
        const struct length_case *c = &length_cases[i];
        struct buffer text = {0};
        support_append_times(&text, c->unit, c->times);
        buffer_append_text(&text, c->tail);
        size_t units = cell_text_units(buffer_text(&text));
        size_t fitting = cell_text_fitting(buffer_text(&text));
        if (units != c->units || fitting != c->fitting)
            fail_msg("%s: %zu units, %zu bytes fit", c->what, units, fitting);
        buffer_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_lengths),
    };
    return cmocka_run_group_tests_name("cell_text", tests, NULL, NULL);
}
