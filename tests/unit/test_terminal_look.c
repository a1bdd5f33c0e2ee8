/* Bars, gauges and texts from outside, by tables. */
#include "terminal/look.h"

#include "base/buffer.h"
#include "support.h"

struct bar_case {
    int64_t part, whole;
    int columns;
    const char *blocks, *ascii;
};

static const struct bar_case bar_cases[] = {
    {0, 0, 4, "", ""},
    {0, 10, 4, "", ""},
    {-1, 10, 4, "", ""},
    {10, 10, 4, "████", "####"},
    {11, 10, 4, "████", "####"},
    {5, 10, 4, "██", "##"},
    {1, 1000000, 4, "▏", "#"}, /* what is there is seen */
    {1, 8, 1, "▏", "#"},
    {7, 8, 1, "▉", "#"},
    {7, 16, 2, "▉", "#"},
    {9, 16, 2, "█▏", "#"},
    {999, 1000, 4, "████", "####"},
    {INT64_MAX, INT64_MAX, 3, "███", "###"},
    {INT64_MAX / 2, INT64_MAX, 2, "█", "#"},
    {5, 10, 0, "", ""},
};

static void test_bars(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bar_cases); i++) {
        const struct bar_case *c = &bar_cases[i];
        struct buffer blocks = {0};
        struct buffer ascii = {0};
        terminal_bar(c->part, c->whole, c->columns, true, &blocks);
        terminal_bar(c->part, c->whole, c->columns, false, &ascii);
        assert_string_equal(buffer_text(&blocks), c->blocks);
        assert_string_equal(buffer_text(&ascii), c->ascii);
        buffer_free(&blocks);
        buffer_free(&ascii);
    }
}

static const struct bar_case gauge_cases[] = {
    {0, 0, 4, "[····]", "[....]"},
    {0, 100, 4, "[····]", "[....]"},
    {42, 100, 10, "[████······]", "[####......]"},
    {99, 100, 4, "[███·]", "[###.]"}, /* not full before the end */
    {100, 100, 4, "[████]", "[####]"},
    {101, 100, 4, "[████]", "[####]"},
    {5, -1, 2, "[··]", "[..]"},
};

static void test_gauges(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(gauge_cases); i++) {
        const struct bar_case *c = &gauge_cases[i];
        struct buffer blocks = {0};
        struct buffer ascii = {0};
        terminal_gauge(c->part, c->whole, c->columns, true, &blocks);
        terminal_gauge(c->part, c->whole, c->columns, false, &ascii);
        assert_string_equal(buffer_text(&blocks), c->blocks);
        assert_string_equal(buffer_text(&ascii), c->ascii);
        buffer_free(&blocks);
        buffer_free(&ascii);
    }
}

static const struct {
    const char *text, *harmless;
} harmless_cases[] = {
    {"", ""},
    {"plain: Größe 中国 …", "plain: Größe 中国 …"},
    {"a\nb\tc\r", "a?b?c?"},
    {"\033[31mred\177", "?[31mred?"},
    {"\xC2\x9B"
     "31m",
     "?31m"},
    {"\xC2\xA0x", "\xC2\xA0x"},             /* a no-break space */
    {"\xE2\x80\xAEgnp", "?gnp"},            /* right-to-left override */
    {"a\xE2\x81\xA6z\xE2\x81\xA9", "a?z?"}, /* isolates */
    {"\xE2\x80\xA8x\xE2\x80\xA7", "?x\xE2\x80\xA7"},
    {"\xE2", "\xEF\xBF\xBD"}, /* broken off */
    {"\xC2", "\xEF\xBF\xBD"},
    {"NO\xD4\"", "NO\xEF\xBF\xBD\""},
};

static void test_harmless(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(harmless_cases); i++) {
        struct buffer harmless = {0};
        terminal_harmless(harmless_cases[i].text, &harmless);
        assert_string_equal(buffer_text(&harmless), harmless_cases[i].harmless);
        buffer_free(&harmless);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_gauges),
        cmocka_unit_test(test_harmless),
    };
    return cmocka_run_group_tests_name("terminal look", tests, NULL, NULL);
}
