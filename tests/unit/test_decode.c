/* Contacts out of JSON: every quirk of the API that is known. */
#include "model/decode.h"

#include "base/arena.h"
#include "model/decode_value.h"
#include "support.h"

#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

struct decoded {
    bool ok;
    struct contact contact;
    struct warnings warnings;
    struct arena arena;
};

static struct decoded decode(const char *json)
{
    struct decoded decoded = {0};
    struct json_object *record = support_parse_json(json);
    decoded.ok = decode_contact(record, &decoded.arena, &decoded.contact, &decoded.warnings);
    json_object_put(record);
    return decoded;
}

static int64_t warnings_in_all(const struct warnings *warnings)
{
    int64_t sum = 0;
    for (int i = 0; i < WARNINGS; i++)
        sum += warnings->counts[i];
    return sum;
}

/* Fails the test unless there is exactly this one warning, or none for WARNINGS. */
static void check_warning(const char *json, const struct decoded *decoded, enum warning expected)
{
    int64_t sum = warnings_in_all(&decoded->warnings);
    if (expected == WARNINGS ? sum != 0 : sum != 1 || decoded->warnings.counts[expected] != 1)
        fail_msg("%s: %lld warnings, instead of %s", json, (long long)sum,
                 expected == WARNINGS ? "none" : warning_name(expected));
}

static bool same(const char *left, const char *right)
{
    return left && right ? strcmp(left, right) == 0 : left == right;
}

static const struct {
    const char *json;
    bool ok;
    int64_t number;
} integers[] = {
    {"0", true, 0},
    {"7", true, 7},
    {"-7", true, -7},
    {"300000.0", true, 300000},
    {"3e5", true, 300000},
    {"-0.0", true, 0},
    {"9007199254740991.0", true, 9007199254740991},
    {"9007199254740993", true, 9007199254740993},
    {"9223372036854775807", true, INT64_MAX},
    {"-9223372036854775807", true, -INT64_MAX},
    {"\"12\"", true, 12},
    {"\" 12\\n\"", true, 12},
    {"\"-12\"", true, -12},
    {"\"+12\"", true, 12},
    {"\"007\"", true, 7},
    {"\"9223372036854775807\"", true, INT64_MAX},
    {"9223372036854775808", false, 0},
    {"18446744073709551615", false, 0},
    {"18446744073709551616", false, 0},
    {"99999999999999999999999", false, 0},
    {"-9223372036854775809", false, 0},
    {"\"9223372036854775808\"", false, 0},
    {"\"-9223372036854775809\"", false, 0},
    {"1.5", false, 0},
    {"9007199254740992.0", false, 0},
    {"1e300", false, 0},
    {"\"12abc\"", false, 0},
    {"\"abc\"", false, 0},
    {"\"\"", false, 0},
    {"\"  \"", false, 0},
    {"\"1 2\"", false, 0},
    {"\"1.5\"", false, 0},
    {"\"0x1F\"", false, 0},
    {"\"1,000\"", false, 0},
    {"\"12\\u0000\"", false, 0},
    {"\"\\uFF11\"", false, 0},
    {"null", false, 0},
    {"true", false, 0},
    {"[]", false, 0},
    {"[1]", false, 0},
    {"{}", false, 0},
};

static void test_integers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(integers); i++) {
        int64_t number = 0;
        struct json_object *value = support_parse_json(integers[i].json);
        bool ok = decode_integer(value, &number);
        if (ok != integers[i].ok || (ok && number != integers[i].number))
            fail_msg("%s: %d %lld", integers[i].json, ok, (long long)number);
        json_object_put(value);
    }
}

static const struct {
    const char *json;
    int64_t id;
    enum warning warning; /* WARNINGS: it is a contact */
} ids[] = {
    {"{\"id\":1}", 1, WARNINGS},
    {"{\"id\":\"42\"}", 42, WARNINGS},
    {"{\"id\":300000.0}", 300000, WARNINGS},
    {"{\"id\":9223372036854775807}", INT64_MAX, WARNINGS},
    {"{\"id\":\"9223372036854775807\"}", INT64_MAX, WARNINGS},
    {"{\"id\":9223372036854775808}", 0, WARNING_CONTACT_WITH_BAD_ID},
    {"{\"id\":\"9223372036854775808\"}", 0, WARNING_CONTACT_WITH_BAD_ID},
    {"{\"id\":\"12abc\"}", 0, WARNING_CONTACT_WITH_BAD_ID},
    {"{\"id\":\"\"}", 0, WARNING_CONTACT_WITH_BAD_ID},
    {"{\"id\":1.5}", 0, WARNING_CONTACT_WITH_BAD_ID},
    {"{\"id\":true}", 0, WARNING_CONTACT_WITH_BAD_ID},
    {"{\"id\":[1]}", 0, WARNING_CONTACT_WITH_BAD_ID},
    {"{\"id\":null}", 0, WARNING_CONTACT_WITHOUT_ID},
    {"{}", 0, WARNING_CONTACT_WITHOUT_ID},
    {"{\"name\":\"x\"}", 0, WARNING_CONTACT_WITHOUT_ID},
    {"[]", 0, WARNING_CONTACT_WITHOUT_ID},
    {"null", 0, WARNING_CONTACT_WITHOUT_ID},
    {"7", 0, WARNING_CONTACT_WITHOUT_ID},
    {"\"7\"", 0, WARNING_CONTACT_WITHOUT_ID},
};

static void test_ids(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct decoded decoded = decode(ids[i].json);
        if (decoded.ok != (ids[i].warning == WARNINGS) ||
            (decoded.ok && decoded.contact.id != ids[i].id))
            fail_msg("%s: %d %lld", ids[i].json, decoded.ok, (long long)decoded.contact.id);
        check_warning(ids[i].json, &decoded, ids[i].warning);
        arena_free(&decoded.arena);
    }
}

static const struct {
    const char *json; /* of created_at */
    int64_t expected;
    enum warning warning; /* WARNINGS: none */
} times[] = {
    {"1764770645", 1764770645, WARNINGS},
    {"\"1764770645\"", 1764770645, WARNINGS},
    {"1764770645.9", 1764770645, WARNINGS},
    {"\"1764770645.9\"", 1764770645, WARNINGS},
    {"1.764770645e9", 1764770645, WARNINGS},
    {"-1.5", -2, WARNINGS},
    {"\"2025-12-03T14:04:05Z\"", 1764770645, WARNINGS},
    {"\"2025-12-03T14:04:05.678Z\"", 1764770645, WARNINGS},
    {"\"2025-12-03T15:04:05+01:00\"", 1764770645, WARNINGS},
    {"\"2025-12-03 14:04:05 UTC\"", 1764770645, WARNINGS},
    {"\"2025-12-03T14:04:05\"", 1764770645, WARNINGS},
    {"\"2025-12-03\"", 1764720000, WARNINGS},
    {"\"9999-12-31T23:59:59Z\"", 253402300799, WARNINGS},
    {"-62104060800", -62104060800, WARNINGS}, /* the year 2 */
    {"-1", -1, WARNINGS},
    /* finer units */
    {"99999999999", 99999999999, WARNINGS},
    {"100000000000", 100000000, WARNING_FINER_TIME},
    {"1764770645000", 1764770645, WARNING_FINER_TIME},
    {"1764770645999", 1764770645, WARNING_FINER_TIME},
    {"\"1764770645000\"", 1764770645, WARNING_FINER_TIME},
    {"1764770645000.5", 1764770645, WARNING_FINER_TIME},
    {"1.764770645e12", 1764770645, WARNING_FINER_TIME},
    {"\"1.764770645e12\"", 1764770645, WARNING_FINER_TIME},
    {"99999999999999", 99999999999, WARNING_FINER_TIME},
    {"100000000000000", 100000000, WARNING_FINER_TIME},
    {"1764770645000999", 1764770645, WARNING_FINER_TIME},
    {"253402300799999", 253402300, WARNING_FINER_TIME},
    {"253402300799999999", 253402300799, WARNING_FINER_TIME},
    /* no time at all */
    {"\"0001-01-01T00:00:00Z\"", TIME_NONE, WARNINGS},
    {"\"0001-01-01T00:00:00\"", TIME_NONE, WARNINGS},
    {"\"0001-01-01T00:00:00+08:00\"", TIME_NONE, WARNINGS},
    {"\"0001-01-01\"", TIME_NONE, WARNINGS},
    {"\"1970-01-01T00:00:00Z\"", TIME_NONE, WARNINGS},
    {"\"1970-01-01T00:00:00\"", TIME_NONE, WARNINGS},
    {"-62135596800", TIME_NONE, WARNINGS},
    {"-62104060801", TIME_NONE, WARNINGS},
    {"null", TIME_NONE, WARNINGS},
    {"\"\"", TIME_NONE, WARNINGS},
    {"0", TIME_NONE, WARNINGS},
    {"\"0\"", TIME_NONE, WARNINGS},
    {"0.0", TIME_NONE, WARNINGS},
    {"253402300800000000", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"1764770645000000000", TIME_NONE, WARNING_UNREADABLE_TIME}, /* nanoseconds */
    {"-1764770645000", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"-62135596801", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"1e300", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"9999999999999999999", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\"yesterday\"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\"12abc\"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\" \"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\"2025-13-03\"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\"9999-12-31T23:59:59-01:00\"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\"inf\"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\"nan\"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\"0x10\"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"\"1764770645\\u0000x\"", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"true", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"[]", TIME_NONE, WARNING_UNREADABLE_TIME},
    {"{\"at\":1}", TIME_NONE, WARNING_UNREADABLE_TIME},
};

static void test_times(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(times); i++) {
        char json[200];
        char expected_extra[200];
        snprintf(json, sizeof json, "{\"id\":1,\"created_at\":%s}", times[i].json);
        snprintf(expected_extra, sizeof expected_extra, "{\"created_at\":%s}", times[i].json);
        struct decoded decoded = decode(json);
        assert_true(decoded.ok);
        if (decoded.contact.created_at != times[i].expected)
            fail_msg("%s: %lld", times[i].json, (long long)decoded.contact.created_at);
        assert_int_equal(decoded.contact.last_activity_at, TIME_NONE);
        check_warning(json, &decoded, times[i].warning);
        /* What cannot be read is set aside as it came. */
        bool is_readable = times[i].warning != WARNING_UNREADABLE_TIME;
        assert_int_equal(decoded.contact.extra == NULL, is_readable);
        if (!is_readable)
            assert_string_equal(decoded.contact.extra, expected_extra);
        arena_free(&decoded.arena);
    }
}

static void test_absent_times(void **state)
{
    (void)state;
    struct decoded decoded = decode("{\"id\":1,\"last_activity_at\":\"1764770645\"}");
    assert_int_equal(decoded.contact.created_at, TIME_NONE);
    assert_int_equal(decoded.contact.last_activity_at, 1764770645);
    check_warning("absent", &decoded, WARNINGS);
    arena_free(&decoded.arena);
}

static const struct {
    const char *json;
    bool blocked;
    bool readable;
} blocked_cases[] = {
    {"true", true, true},     {"\"true\"", true, true}, {"1", true, true},
    {"\"1\"", true, true},    {"false", false, true},   {"\"false\"", false, true},
    {"0", false, true},       {"\"0\"", false, true},   {"null", false, true},
    {"\"\"", false, true},    {"2", false, false},      {"\"yes\"", false, false},
    {"[true]", false, false}, {"{}", false, false},     {"-1", false, false},
};

static void test_blocked(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(blocked_cases); i++) {
        char json[100];
        snprintf(json, sizeof json, "{\"id\":1,\"blocked\":%s}", blocked_cases[i].json);
        struct decoded decoded = decode(json);
        if (decoded.contact.blocked != blocked_cases[i].blocked)
            fail_msg("%s", json);
        check_warning(json, &decoded,
                      blocked_cases[i].readable ? WARNINGS : WARNING_UNREADABLE_FIELD);
        assert_int_equal(decoded.contact.extra == NULL, blocked_cases[i].readable);
        arena_free(&decoded.arena);
    }
}

static const struct {
    const char *json; /* of the name */
    const char *expected;
    enum warning warning;
    const char *extra;
} texts[] = {
    {"\"Zo\u00EB\"", "Zo\u00EB", WARNINGS, NULL},
    {"\"\"", "", WARNINGS, NULL},
    {"null", NULL, WARNINGS, NULL},
    {"7", "7", WARNINGS, NULL},
    {"1.50", "1.50", WARNINGS, NULL},
    {"true", "true", WARNINGS, NULL},
    {"\"a/b\"", "a/b", WARNINGS, NULL},
    {"\"a\\u0000b\"", "a\uFFFDb", WARNING_INVALID_TEXT, NULL},
    {"\"caf\xE9\"", "caf\uFFFD", WARNING_INVALID_TEXT, NULL},
    {"\"\\ud83d\\ude00\"", "\U0001F600", WARNINGS, NULL},
    {"\"\\ud83d\"", "\uFFFD", WARNINGS, NULL},
    {"[1]", NULL, WARNING_UNREADABLE_FIELD, "{\"name\":[1]}"},
    {"{\"first\":\"A\"}", NULL, WARNING_UNREADABLE_FIELD, "{\"name\":{\"first\":\"A\"}}"},
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        char json[200];
        snprintf(json, sizeof json, "{\"id\":1,\"name\":%s}", texts[i].json);
        struct decoded decoded = decode(json);
        if (!same(decoded.contact.text[CONTACT_NAME], texts[i].expected))
            fail_msg("%s: %s", json, decoded.contact.text[CONTACT_NAME]);
        check_warning(json, &decoded, texts[i].warning);
        if (!same(decoded.contact.extra, texts[i].extra))
            fail_msg("%s: extra %s", json, decoded.contact.extra);
        arena_free(&decoded.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_integers), cmocka_unit_test(test_ids),
        cmocka_unit_test(test_times),    cmocka_unit_test(test_absent_times),
        cmocka_unit_test(test_blocked),  cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
