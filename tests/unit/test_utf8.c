/* Texts from outside made safe. */
#include "base/utf8.h"

#include "base/buffer.h"
#include "support.h"

#include <string.h>

#define REPLACED "\uFFFD"

struct utf8_case {
    const char *bytes;
    size_t length;
    const char *repaired; /* NULL: clean as it is */
};

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct utf8_case cases[] = {
    {BYTES(""), NULL},
    {BYTES("plain \x01\x7F"), NULL},
    {BYTES("\u00E9 \u4E2D \U0001F600"), NULL},
    {BYTES("\xC2\x80"), NULL},
    {BYTES("\xDF\xBF"), NULL},
    {BYTES("\xEF\xBF\xBF"), NULL},
    {BYTES("\xF4\x8F\xBF\xBF"), NULL},
    {BYTES("\0"), REPLACED},
    {BYTES("a\0b"), "a" REPLACED "b"},
    {BYTES("\xFF"), REPLACED},
    {BYTES("a\x80z"), "a" REPLACED "z"},
    {BYTES("caf\xE9"), "caf" REPLACED},                  /* Latin-1 */
    {BYTES("\xC0\xAF"), REPLACED REPLACED},              /* an overlong slash */
    {BYTES("\xE4\xB8"), REPLACED},                       /* cut in the middle */
    {BYTES("\xE4\xB8z"), REPLACED "z"},                  /* likewise, with more behind it */
    {BYTES("\xED\xA0\x80"), REPLACED REPLACED REPLACED}, /* a surrogate */
    {BYTES("\xF4\x90\x80\x80"), REPLACED REPLACED REPLACED REPLACED},
};

static void test_clean(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (utf8_is_clean(cases[i].bytes, cases[i].length) != (cases[i].repaired == NULL))
            fail_msg("case %zu", i);
    }
}

/* Plain bytes are looked at several at a time: one that is not may stand anywhere among them. */
static void test_clean_at_every_place(void **state)
{
    (void)state;
    static const char odd[] = {'\0', '\x80', '\xFF', '\xC3'};
    for (size_t length = 1; length < 40; length++) {
        char bytes[40];
        memset(bytes, '\x7F', length);
        assert_true(utf8_is_clean(bytes, length));
        for (size_t at = 0; at < length; at++) {
            for (size_t i = 0; i < COUNT(odd); i++) {
                memset(bytes, '\x01', length);
                bytes[at] = odd[i];
                if (utf8_is_clean(bytes, length))
                    fail_msg("byte %zu of %zu", at, length);
            }
        }
    }
}

static void test_repair(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer out = {0};
        utf8_repair(cases[i].bytes, cases[i].length, &out);
        assert_string_equal(buffer_text(&out),
                            cases[i].repaired ? cases[i].repaired : cases[i].bytes);
        assert_true(utf8_is_clean(buffer_text(&out), out.length));
        buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_clean_at_every_place),
        cmocka_unit_test(test_repair),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
