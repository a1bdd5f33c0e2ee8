/* Keys that hold a NUL, hidden from the parser and shown again. */
#include "model/nul_key.h"

#include "base/buffer.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *json;
    const char *hidden; /* NULL: nothing to hide */
} cases[] = {
    {"{}", NULL},
    {"{\"a\":\"x\\u0000y\"}", NULL},
    {"{\"a\\u0000\":1}", "{\"a\xC0\x80\":1}"},
    {"{\"\\u0000\" \t\r\n :1}", "{\"\xC0\x80\" \t\r\n :1}"},
    {"{\"a\\\\u0000\":1}", NULL},
    {"{\"a\\\\\\u0000\":1}", "{\"a\\\\\xC0\x80\":1}"},
    {"{\"\\\"\\u0000\":\"\\u0000\"}", "{\"\\\"\xC0\x80\":\"\\u0000\"}"},
    {"{\"a\":[\"\\u0000\",\"\\u0000\"],\"b\\u0000c\\u0000\":{\"d\\u0000\":0}}",
     "{\"a\":[\"\\u0000\",\"\\u0000\"],\"b\xC0\x80"
     "c\xC0\x80\":{\"d\xC0\x80\":0}}"},
    {"[\"\\u0000\"", NULL},
    {"{\"\\u0000", NULL},
    {"{\"a\\u0000\\", NULL},
};

static void test_hide(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer out = {0};
        bool is_hidden = nul_key_hide(cases[i].json, strlen(cases[i].json), &out);
        const char *expected = cases[i].hidden ? cases[i].hidden : "";
        if (is_hidden != (cases[i].hidden != NULL) || strcmp(buffer_text(&out), expected) != 0)
            fail_msg("%s: %s", cases[i].json, buffer_text(&out));
        buffer_free(&out);
    }
}

static void test_show(void **state)
{
    struct buffer out = {0};
    (void)state;
    assert_false(nul_key_show("{\"a\":1}", 7, &out));
    assert_true(nul_key_show("{\"a\xC0\x80\":1}", 9, &out));
    assert_string_equal(buffer_text(&out), "{\"a\\u0000\":1}");
    buffer_free(&out);
    assert_true(nul_key_is("a\xC0\x80"));
    assert_false(nul_key_is("a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hide),
        cmocka_unit_test(test_show),
    };
    return cmocka_run_group_tests_name("nul_key", tests, NULL, NULL);
}
