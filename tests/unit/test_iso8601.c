/* Date-times read and written, and the calendar behind them. */
#include "base/iso8601.h"

#include "support.h"

#include <string.h>

struct parse_case {
    const char *text;
    struct iso8601 expected;
};

#define AT(...)                                                                                    \
    {                                                                                              \
        .civil = { __VA_ARGS__ }                                                                   \
    }
#define AT_OFFSET(o, ...)                                                                          \
    {                                                                                              \
        .civil = {__VA_ARGS__}, .has_offset = true, .offset_seconds = (o)                          \
    }

static const struct parse_case parse_cases[] = {
    {"2026-11-22", AT(2026, 11, 22, 0, 0, 0)},
    {"2026-11-22T15:04", AT(2026, 11, 22, 15, 4, 0)},
    {"2026-11-22T15:04:05", AT(2026, 11, 22, 15, 4, 5)},
    {"2026-11-22t15:04:05", AT(2026, 11, 22, 15, 4, 5)},
    {"2026-11-22 15:04:05", AT(2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05.678", AT(2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05.999999999", AT(2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05,5", AT(2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04Z", AT_OFFSET(0, 2026, 11, 22, 15, 4, 0)},
    {"2026-11-22T15:04:05Z", AT_OFFSET(0, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05z", AT_OFFSET(0, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05.678Z", AT_OFFSET(0, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04+01:00", AT_OFFSET(3600, 2026, 11, 22, 15, 4, 0)},
    {"2026-11-22T15:04:05+01:00", AT_OFFSET(3600, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05+0530", AT_OFFSET(19800, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05-09:30", AT_OFFSET(-34200, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05-0000", AT_OFFSET(0, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05+23:59", AT_OFFSET(86340, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22T15:04:05-23:59", AT_OFFSET(-86340, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22 15:04:05 UTC", AT_OFFSET(0, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22 15:04:05 +0000", AT_OFFSET(0, 2026, 11, 22, 15, 4, 5)},
    {"2026-11-22 15:04:05 -0800", AT_OFFSET(-28800, 2026, 11, 22, 15, 4, 5)},
    {"2024-02-29", AT(2024, 2, 29, 0, 0, 0)},
    {"2000-02-29", AT(2000, 2, 29, 0, 0, 0)},
    {"0001-01-01", AT(1, 1, 1, 0, 0, 0)},
    {"9999-12-31T23:59:59Z", AT_OFFSET(0, 9999, 12, 31, 23, 59, 59)},
    {"2016-12-31T23:59:60Z", AT_OFFSET(0, 2016, 12, 31, 23, 59, 60)},
    {"2026-01-31", AT(2026, 1, 31, 0, 0, 0)},
    {"2026-04-30", AT(2026, 4, 30, 0, 0, 0)},
};

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(parse_cases); i++) {
        const struct parse_case *c = &parse_cases[i];
        struct iso8601 time;
        if (!iso8601_parse(c->text, &time))
            fail_msg("'%s' is refused", c->text);
        if (memcmp(&time.civil, &c->expected.civil, sizeof time.civil) != 0 ||
            time.has_offset != c->expected.has_offset ||
            time.offset_seconds != c->expected.offset_seconds)
            fail_msg("'%s' is read as %d-%d-%d %d:%d:%d offset %d %d", c->text, time.civil.year,
                     time.civil.month, time.civil.day, time.civil.hour, time.civil.minute,
                     time.civil.second, time.has_offset, time.offset_seconds);
    }
}

static const char *const refused[] = {
    "",
    " 2026-11-22",
    "2026-11-22 ",
    "2026-11-22x",
    "2026-11",
    "2026",
    "20261122",
    "2026-11-2",
    "2026-1-22",
    "26-11-22",
    "+2026-11-22",
    "-2026-11-22",
    "12026-11-22",
    "2026/11/22",
    "2026-00-22",
    "2026-13-22",
    "2026-11-00",
    "2026-11-31",
    "2026-02-29",
    "1900-02-29",
    "2024-02-30",
    "0000-01-01",
    "2026-11-22Z",
    "2026-11-22+01:00",
    "2026-11-22T",
    "2026-11-22T15",
    "2026-11-22T15Z",
    "2026-11-22T1504",
    "2026-11-22T15:4",
    "2026-11-22T15:04:",
    "2026-11-22T15:04:5",
    "2026-11-22T15:04:05.",
    "2026-11-22T15:04:05.Z",
    "2026-11-22T15:04.5",
    "2026-11-22T24:00:00",
    "2026-11-22T15:60:00",
    "2026-11-22T15:04:61",
    "2026-11-22T15:04:05 ",
    "2026-11-22T15:04:05ZZ",
    "2026-11-22T15:04:05+",
    "2026-11-22T15:04:05+1",
    "2026-11-22T15:04:05+01",
    "2026-11-22T15:04:05+01:",
    "2026-11-22T15:04:05+01:0",
    "2026-11-22T15:04:05+01:60",
    "2026-11-22T15:04:05+24:00",
    "2026-11-22T15:04:05+01:00x",
    "2026-11-22T15:04:05 CET",
    "2026-11-22T15:04:05 UTC+1",
    "1764770645",
    "yesterday",
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct iso8601 time;
        if (iso8601_parse(refused[i], &time))
            fail_msg("'%s' is accepted", refused[i]);
    }
}

struct moment {
    int64_t seconds;
    struct civil civil;
};

static const struct moment moments[] = {
    {0, {1970, 1, 1, 0, 0, 0}},
    {-1, {1969, 12, 31, 23, 59, 59}},
    {86399, {1970, 1, 1, 23, 59, 59}},
    {86400, {1970, 1, 2, 0, 0, 0}},
    {951782400, {2000, 2, 29, 0, 0, 0}},
    {951868800, {2000, 3, 1, 0, 0, 0}},
    {1709164799, {2024, 2, 28, 23, 59, 59}},
    {1709164800, {2024, 2, 29, 0, 0, 0}},
    {-2203977600, {1900, 2, 28, 0, 0, 0}},
    {-2203891200, {1900, 3, 1, 0, 0, 0}},
    {2147483648, {2038, 1, 19, 3, 14, 8}},
    {4107542400, {2100, 3, 1, 0, 0, 0}},
    {-62135596800, {1, 1, 1, 0, 0, 0}},
    {253402300799, {9999, 12, 31, 23, 59, 59}},
};

static void test_known_moments(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(moments); i++) {
        struct civil civil = civil_from_seconds(moments[i].seconds);
        assert_memory_equal(&civil, &moments[i].civil, sizeof civil);
        assert_int_equal(civil_to_seconds(&moments[i].civil), moments[i].seconds);
    }
    assert_int_equal(iso8601_first_second, -62135596800);
    assert_int_equal(iso8601_last_second, 253402300799);
}

/* Every day of the calendar follows the one before, and leads back to its number. */
static void test_every_day(void **state)
{
    (void)state;
    struct civil before = civil_from_seconds(iso8601_first_second);
    for (int64_t at = iso8601_first_second + 86400 + 3723; at <= iso8601_last_second; at += 86400) {
        struct civil civil = civil_from_seconds(at);
        assert_int_equal(civil_to_seconds(&civil), at);
        assert_true(civil.hour == 1 && civil.minute == 2 && civil.second == 3);
        bool next_day =
            civil.year == before.year && civil.month == before.month && civil.day == before.day + 1;
        bool next_month = civil.year == before.year && civil.month == before.month + 1 &&
                          civil.day == 1 && before.day >= 28;
        bool next_year = civil.year == before.year + 1 && civil.month == 1 && civil.day == 1 &&
                         before.month == 12 && before.day == 31;
        assert_int_equal(next_day + next_month + next_year, 1);
        before = civil;
    }
    assert_true(before.year == 9999 && before.month == 12 && before.day == 31);
}

struct write_case {
    int64_t seconds;
    int offset_seconds;
    const char *expected;
};

static const struct write_case write_cases[] = {
    {0, 0, "1970-01-01T00:00:00+00:00"},
    {-1, 0, "1969-12-31T23:59:59+00:00"},
    {1795362245, 3600, "2026-11-22T16:44:05+01:00"},
    {1795362245, -12600, "2026-11-22T12:14:05-03:30"},
    {1795362245, 50400, "2026-11-23T05:44:05+14:00"},
    {0, -60, "1969-12-31T23:59:00-00:01"},
    {0, 3208, "1970-01-01T00:53:00+00:53"},
    {0, -3208, "1969-12-31T23:07:00-00:53"},
    {0, -30, "1970-01-01T00:00:00+00:00"},
    {-62135596800, 0, "0001-01-01T00:00:00+00:00"},
    {-62135596800, -3600, "0001-01-01T00:00:00-01:00"},
    {-62135596801, 0, "0001-01-01T00:00:00+00:00"},
    {253402300799, 3600, "9999-12-31T23:59:59+01:00"},
    {253402300800, 0, "9999-12-31T23:59:59+00:00"},
    {INT64_MIN, 0, "0001-01-01T00:00:00+00:00"},
    {INT64_MAX, 0, "9999-12-31T23:59:59+00:00"},
    {INT64_MIN, -43200, "0001-01-01T00:00:00-12:00"},
    {INT64_MAX, 50400, "9999-12-31T23:59:59+14:00"},
};

static void test_write(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(write_cases); i++) {
        char text[ISO8601_BYTES];
        iso8601_write(write_cases[i].seconds, write_cases[i].offset_seconds, text);
        assert_string_equal(text, write_cases[i].expected);
    }
}

static void test_written_is_read(void **state)
{
    (void)state;
    const int64_t step = 86399999; /* some three years, at all hours */
    for (int64_t at = iso8601_first_second + 86400; at < iso8601_last_second - 86400; at += step) {
        int offset = (int)((at / step % 47 + 47) % 47) * 1800 - 41400;
        char text[ISO8601_BYTES];
        struct iso8601 time;
        iso8601_write(at, offset, text);
        assert_true(iso8601_parse(text, &time));
        assert_int_equal(civil_to_seconds(&time.civil) - time.offset_seconds, at);
        assert_int_equal(time.offset_seconds, offset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),         cmocka_unit_test(test_refused),
        cmocka_unit_test(test_known_moments), cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_write),         cmocka_unit_test(test_written_is_read),
    };
    return cmocka_run_group_tests_name("iso8601", tests, NULL, NULL);
}
