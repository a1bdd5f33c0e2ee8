/* Numbers beyond 64 bits keep their digits, and nothing else is touched. */
#include "model/long_number.h"

#include "base/buffer.h"
#include "support.h"

#include <json-c/json.h>
#include <string.h>

static const struct {
    const char *json;
    const char *marked; /* NULL: nothing to mark */
} cases[] = {
    {"", NULL},
    {"7", NULL},
    {"18446744073709551615", NULL},
    {"18446744073709551616", "18446744073709551616e0"},
    {"-9223372036854775808", NULL},
    {"-9223372036854775809", "-9223372036854775809e0"},
    {"99999999999999999999", "99999999999999999999e0"},
    {"[12345678901234567890123,1,-12345678901234567890123]",
     "[12345678901234567890123e0,1,-12345678901234567890123e0]"},
    {"{\"a\":\"12345678901234567890123\",\"b\":12345678901234567890123}",
     "{\"a\":\"12345678901234567890123\",\"b\":12345678901234567890123e0}"},
    {"[\"\\\"\",12345678901234567890123,\"\\\\\",12345678901234567890124]",
     "[\"\\\"\",12345678901234567890123e0,\"\\\\\",12345678901234567890124e0]"},
    /* texts, fractions and exponents are left alone */
    {"\"12345678901234567890123\"", NULL},
    {"\"a\\\"12345678901234567890123\"", NULL},
    {"{\"12345678901234567890123\":1}", NULL},
    {"12345678901234567890123.5", NULL},
    {"1.12345678901234567890123", NULL},
    {"12345678901234567890123e1", NULL},
    {"1e12345678901234567890123", NULL},
    {"12345678901234567890123e0", NULL},
    /* what is no JSON stays so */
    {"\"12345678901234567890123", NULL},
    {"\"12345678901234567890123\\", NULL},
    {"12345678901234567890123x", "12345678901234567890123e0x"},
};

static void test_marks(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer marked = {0};
        bool is_marked = long_number_mark(cases[i].json, strlen(cases[i].json), &marked);
        if (is_marked != (cases[i].marked != NULL) ||
            strcmp(buffer_text(&marked), is_marked ? cases[i].marked : "") != 0)
            fail_msg("%s: %s", cases[i].json, buffer_text(&marked));
        buffer_free(&marked);
    }
}

/* The search skips most bytes: it finds a number at every distance from the beginning. */
static void test_every_place(void **state)
{
    (void)state;
    for (int before = 0; before < 100; before++) {
        struct buffer json = {0};
        struct buffer marked = {0};
        support_append_times(&json, " ", before % 50);
        buffer_append_text(&json, before < 50 ? "" : "[1234567890123456,");
        buffer_append_text(&json, "-9223372036854775809");
        buffer_append_text(&json, before < 50 ? "" : "]");
        if (!long_number_mark(json.bytes, json.length, &marked))
            fail_msg("%s", json.bytes);
        buffer_free(&json);
        buffer_free(&marked);
    }
}

static const char *const same[] = {
    "[12345678901234567890123,-12345678901234567890123,1,\"x\"]",
    "{\"a\":12345678901234567890123}",
    "[12345678901234567890123.50,1e5,0.10]",
    "18446744073709551616",
};

static void test_parsed_and_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(same); i++) {
        struct json_object *root = long_number_parse(same[i]);
        assert_string_equal(json_object_to_json_string_ext(root, JSON_C_TO_STRING_PLAIN), same[i]);
        json_object_put(root);
    }
    assert_null(long_number_parse("{12345678901234567890123"));
    assert_null(long_number_parse(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_every_place),
        cmocka_unit_test(test_parsed_and_written),
    };
    return cmocka_run_group_tests_name("long_number", tests, NULL, NULL);
}
