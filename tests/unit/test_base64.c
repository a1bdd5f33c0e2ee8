/* Base64, by the examples of RFC 4648. */
#include "base/base64.h"

#include "base/buffer.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *bytes;
    const char *text;
} cases[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xFF\xEF\xBE\xFB", "/+++"
                         "+w=="},
};

static void test_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer text = {0};
        struct buffer bytes = {0};
        base64_encode(cases[i].bytes, strlen(cases[i].bytes), &text);
        assert_string_equal(buffer_text(&text), cases[i].text);
        base64_decode(cases[i].text, strlen(cases[i].text), &bytes);
        assert_string_equal(buffer_text(&bytes), cases[i].bytes);
        buffer_free(&text);
        buffer_free(&bytes);
    }
}

static void test_what_else_is_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *bytes;
    } others[] = {
        {"Zm9vYg", "foob"}, {"Zm9v\r\nZm9v", "foo"},  {"=", ""},
        {"Z", ""},          {"_--_", "\xFF\xEF\xBF"}, {"Zm9v Zm9v", "foo"},
    };
    for (size_t i = 0; i < COUNT(others); i++) {
        struct buffer bytes = {0};
        base64_decode(others[i].text, strlen(others[i].text), &bytes);
        assert_string_equal(buffer_text(&bytes), others[i].bytes);
        buffer_free(&bytes);
    }
    struct buffer bytes = {0};
    base64_decode("Zm9vYmFy", 4, &bytes);
    assert_string_equal(buffer_text(&bytes), "foo");
    buffer_free(&bytes);
}

static void test_alphabet(void **state)
{
    (void)state;
    int count = 0;
    for (int c = 0; c < 256; c++)
        count += base64_has((char)c);
    assert_int_equal(count, 66);
    assert_false(base64_has('\0'));
    assert_false(base64_has('='));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_ways),
        cmocka_unit_test(test_what_else_is_decoded),
        cmocka_unit_test(test_alphabet),
    };
    return cmocka_run_group_tests_name("base64", tests, NULL, NULL);
}
