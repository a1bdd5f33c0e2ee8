/* Time zones: offsets, and what clocks show twice or never. */
#include "base/zone.h"

#include "support.h"

struct offset_case {
    const char *zone;
    int64_t seconds;
    int expected;
};

static const struct offset_case offset_cases[] = {
    {"UTC", 0, 0},
    {"UTC", 1795362245, 0},
    {"Europe/Berlin", 1774745999, 3600}, /* 2026-03-29T01:59:59+01:00 */
    {"Europe/Berlin", 1774746000, 7200}, /* 2026-03-29T03:00:00+02:00 */
    {"Europe/Berlin", 1792889999, 7200}, /* 2026-10-25T02:59:59+02:00 */
    {"Europe/Berlin", 1792890000, 3600}, /* 2026-10-25T02:00:00+01:00 */
    {"Asia/Kolkata", 1795362245, 19800},
    {"Asia/Shanghai", 1795362245, 28800},
    {"America/St_Johns", 1795362245, -12600},
    {"Pacific/Kiritimati", 1795362245, 50400},
    {"Etc/GMT+5", 1795362245, -18000},
};

static void test_offsets(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(offset_cases); i++) {
        const struct offset_case *c = &offset_cases[i];
        struct error error = {0};
        struct zone *zone;
        if (!zone_open(&zone, c->zone, &error))
            fail_msg("%s", error.message);
        assert_string_equal(zone_name(zone), c->zone);
        if (zone_offset_seconds(zone, c->seconds) != c->expected)
            fail_msg("%s: %d", c->zone, zone_offset_seconds(zone, c->seconds));
        zone_free(zone);
    }
}

struct civil_case {
    const char *what;
    const char *zone;
    struct civil civil;
    int64_t expected;
};

static const struct civil_case civil_cases[] = {
    {"UTC", "UTC", {2026, 11, 22, 15, 44, 5}, 1795362245},
    {"winter", "Europe/Berlin", {2026, 11, 22, 16, 44, 5}, 1795362245},
    {"summer", "Europe/Berlin", {2026, 7, 1, 12, 0, 0}, 1782900000},
    {"before the gap", "Europe/Berlin", {2026, 3, 29, 1, 59, 59}, 1774745999},
    {"start of the gap", "Europe/Berlin", {2026, 3, 29, 2, 0, 0}, 1774746000},
    {"in the gap", "Europe/Berlin", {2026, 3, 29, 2, 30, 0}, 1774747800},
    {"behind the gap", "Europe/Berlin", {2026, 3, 29, 3, 0, 0}, 1774746000},
    {"before the repeat", "Europe/Berlin", {2026, 10, 25, 1, 59, 59}, 1792886399},
    {"in the repeat", "Europe/Berlin", {2026, 10, 25, 2, 30, 0}, 1792888200},
    {"behind the repeat", "Europe/Berlin", {2026, 10, 25, 3, 0, 0}, 1792893600},
    {"half an hour", "Asia/Kolkata", {2026, 11, 22, 21, 14, 5}, 1795362245},
    {"before 1970", "Europe/Berlin", {1955, 6, 1, 1, 0, 0}, -460339200},
};

static void test_civil_times(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(civil_cases); i++) {
        const struct civil_case *c = &civil_cases[i];
        struct error error = {0};
        struct zone *zone;
        assert_true(zone_open(&zone, c->zone, &error));
        int64_t seconds = zone_to_seconds(zone, &c->civil);
        if (seconds != c->expected)
            fail_msg("%s: %lld instead of %lld", c->what, (long long)seconds,
                     (long long)c->expected);
        zone_free(zone);
    }
}

/* The calendar of struct civil is the Gregorian one for all years. */
static void test_round_trips(void **state)
{
    (void)state;
    static const char *const names[] = {"UTC", "Europe/Berlin", "Asia/Shanghai",
                                        "America/New_York"};
    static const int years[] = {2026, 1999, 1970, 1901, 1600, 1500, 325, 2};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct error error = {0};
        struct zone *zone;
        assert_true(zone_open(&zone, names[i], &error));
        for (size_t j = 0; j < COUNT(years); j++) {
            struct civil civil = {years[j], 1, 15, 12, 0, 0};
            int64_t seconds = zone_to_seconds(zone, &civil);
            struct civil again = civil_from_seconds(seconds + zone_offset_seconds(zone, seconds));
            if (again.year != civil.year || again.month != civil.month || again.day != civil.day ||
                again.hour != civil.hour)
                fail_msg("%s: %d-01-15 12h is shown as %d-%02d-%02d %dh", names[i], years[j],
                         again.year, again.month, again.day, again.hour);
        }
        zone_free(zone);
    }
}

/* What a zone has been asked before makes no difference, on either side of a change of its clocks.
 */
static void test_remembered_offsets(void **state)
{
    (void)state;
    static const char *const names[] = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                        "Africa/Casablanca", "Asia/Kolkata"};
    const int64_t first = -5000000000; /* 1811 */
    const int64_t step = 86400 * 11 + 5400;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct error error = {0};
        struct zone *zone;
        assert_true(zone_open(&zone, names[i], &error));
        for (int j = 0; j < 4000; j++) {
            /* to and fro */
            int64_t seconds = first + (j % 2 ? j : 4000 - j) * step * 3;
            struct zone *fresh;
            assert_true(zone_open(&fresh, names[i], &error));
            int expected = zone_offset_seconds(fresh, seconds);
            zone_free(fresh);
            if (zone_offset_seconds(zone, seconds) != expected)
                fail_msg("%s at %lld: %d instead of %d", names[i], (long long)seconds,
                         zone_offset_seconds(zone, seconds), expected);
        }
        zone_free(zone);
    }
}

static const struct {
    int64_t change; /* of the clocks in Berlin */
    int before;
    int after;
} changes[] = {
    {1774746000, 3600, 7200},  /* 2026-03-29 */
    {1792890000, 7200, 3600},  /* 2026-10-25 */
    {-1693706400, 3600, 7200}, /* 1916-05-01 */
    {-2422054408, 3208, 3600}, /* 1893-04-01 */
};

static void test_changes(void **state)
{
    (void)state;
    struct error error = {0};
    struct zone *zone;
    assert_true(zone_open(&zone, "Europe/Berlin", &error));
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT(changes); i++) {
            assert_int_equal(zone_offset_seconds(zone, changes[i].change), changes[i].after);
            assert_int_equal(zone_offset_seconds(zone, changes[i].change - 1), changes[i].before);
        }
    }
    zone_free(zone);
}

static void test_unknown_zones(void **state)
{
    (void)state;
    static const char *const unknown[] = {
        "",
        "Europe/Nowhere",
        "Berlin",
        "europe berlin",
        "GMT+3",
        "+01:00",
        "Etc/Unknown",
        "Europe/Berlin ",
        "\xFF",
        "a-name-that-is-much-longer-than-that-of-any-time-zone-in-the-whole-wide-world",
    };
    for (size_t i = 0; i < COUNT(unknown); i++) {
        struct error error = {0};
        struct zone *zone = NULL;
        if (zone_open(&zone, unknown[i], &error))
            fail_msg("'%s' is a time zone", unknown[i]);
        support_check_error(unknown[i], &error, EXIT_WRONG_USE, "there is no time zone '",
                            "Europe/Berlin");
    }
    zone_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offsets),     cmocka_unit_test(test_civil_times),
        cmocka_unit_test(test_round_trips), cmocka_unit_test(test_remembered_offsets),
        cmocka_unit_test(test_changes),     cmocka_unit_test(test_unknown_zones),
    };
    return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
