/* Recency of activity, in buckets. */
#include "tally/activity.h"

#include "model/contact.h"
#include "support.h"

enum { DAY = 86400, AS_OF = 1795362245 };

struct bucket_case {
    int64_t age_seconds;
    size_t bucket;
};

static const struct bucket_case bucket_cases[] = {
    {-1, 0},
    {-100 * DAY, 0}, /* in the future */
    {0, 0},
    {1, 0},
    {DAY - 1, 0},
    {DAY, 0}, /* a bound belongs to the lower bucket */
    {DAY + 1, 1},
    {7 * DAY, 1},
    {7 * DAY + 1, 2},
    {30 * DAY, 2},
    {30 * DAY + 1, 3},
    {90 * DAY, 3},
    {90 * DAY + 1, 4},
    {180 * DAY, 4},
    {180 * DAY + 1, 5},
    {365 * DAY, 5},
    {365 * DAY + 1, 6},
    {20000LL * DAY, 6},
};

static void test_buckets(void **state)
{
    (void)state;
    const struct activity_bounds *bounds = &activity_default_bounds;
    assert_int_equal(activity_bucket_count(bounds), 9);
    for (size_t i = 0; i < COUNT(bucket_cases); i++) {
        size_t bucket = activity_bucket(bounds, AS_OF, AS_OF - bucket_cases[i].age_seconds);
        if (bucket != bucket_cases[i].bucket)
            fail_msg("age %lld: bucket %zu", (long long)bucket_cases[i].age_seconds, bucket);
    }
    assert_int_equal(activity_bucket(bounds, AS_OF, TIME_NONE), 7);
    assert_int_equal(activity_unreadable_bucket(bounds), 8);
}

static void test_own_bounds(void **state)
{
    (void)state;
    const struct activity_bounds one = {{14}, 1};
    assert_int_equal(activity_bucket_count(&one), 4);
    assert_int_equal(activity_bucket(&one, AS_OF, AS_OF - 14 * DAY), 0);
    assert_int_equal(activity_bucket(&one, AS_OF, AS_OF - 14 * DAY - 1), 1);
    assert_int_equal(activity_bucket(&one, AS_OF, TIME_NONE), 2);
    const struct activity_bounds most = {{1, ACTIVITY_DAYS_MAX}, 2};
    assert_int_equal(activity_bucket(&most, AS_OF, AS_OF - 36500LL * DAY), 1);
    assert_int_equal(activity_bucket(&most, AS_OF, AS_OF - 36500LL * DAY - 1), 2);
}

static void test_names(void **state)
{
    (void)state;
    static const char *const expected[] = {"<=1d",   "<=7d",  "<=30d", "<=90d",     "<=180d",
                                           "<=365d", ">365d", "never", "unreadable"};
    for (size_t i = 0; i < COUNT(expected); i++) {
        char name[ACTIVITY_NAME_BYTES];
        activity_bucket_name(&activity_default_bounds, i, name);
        assert_string_equal(name, expected[i]);
    }
}

static void check_bucket(size_t bucket, enum bucket_kind kind, int64_t days)
{
    struct bucket is = activity_bucket_at(&activity_default_bounds, bucket);
    assert_int_equal(is.kind, kind);
    assert_int_equal(is.days, days);
}

static void test_kinds(void **state)
{
    (void)state;
    check_bucket(0, BUCKET_WITHIN, 1);
    check_bucket(5, BUCKET_WITHIN, 365);
    check_bucket(6, BUCKET_OLDER, 365);
    check_bucket(7, BUCKET_NEVER, 0);
    check_bucket(8, BUCKET_UNREADABLE, 0);
}

/* A snapshot may hold any number for a time. */
static void test_far_times(void **state)
{
    (void)state;
    const struct activity_bounds *bounds = &activity_default_bounds;
    assert_int_equal(activity_bucket(bounds, AS_OF, INT64_MAX), 0);
    assert_int_equal(activity_bucket(bounds, AS_OF, INT64_MIN + 1), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buckets),   cmocka_unit_test(test_own_bounds),
        cmocka_unit_test(test_names),     cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_far_times),
    };
    return cmocka_run_group_tests_name("activity", tests, NULL, NULL);
}
