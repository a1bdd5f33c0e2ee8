/* Texts broken into lines. */
#include "base/buffer.h"
#include "lang/language.h"
#include "support.h"

#include <string.h>

static const struct {
    const char *language, *text;
    int columns;
    const char *expected;
} cases[] = {
    {"en", "", 10, ""},
    {"en", "one", 10, "one"},
    {"en", "one two three", 13, "one two three"},
    {"en", "one two three", 12, "one two\nthree"},
    {"en", "one two three", 3, "one\ntwo\nthree"}, /* what cannot be broken stays whole */
    {"en", "one two three", 0, "one\ntwo\nthree"},
    {"en", "one  two", 4, "one\ntwo"},
    {"en", "a 1\xC2\xA0%", 4, "a\n1\xC2\xA0%"}, /* a no-break space */
    {"zh-Hans", "共读取三个，无遗漏", 10, "共读取三\n个，无遗漏"},
    {"zh-Hans", "共读取三个，无遗漏", 11, "共读取三\n个，无遗漏"}, /* no comma begins a line */
    {"zh-Hans", "共读取三个，无遗漏", 12, "共读取三个，\n无遗漏"},
    {"ja", "漏れなし。完全", 9, "漏れな\nし。完全"},
    {"en", "e\xCC\x81 e\xCC\x81 e\xCC\x81", 3, "e\xCC\x81 e\xCC\x81\ne\xCC\x81"},
};

static void test_wrap(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct language *language;
        struct error error;
        struct buffer out = {0};
        if (!language_open(&language, cases[i].language, &error))
            fail_msg("%s", error.message);
        language_wrap(language, cases[i].text, cases[i].columns, &out);
        assert_string_equal(buffer_text(&out), cases[i].expected);
        buffer_free(&out);
        language_free(language);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wrap)};
    return cmocka_run_group_tests_name("lines of a text", tests, NULL, NULL);
}
