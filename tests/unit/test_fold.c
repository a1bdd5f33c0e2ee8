/* Texts made comparable. */
#include "model/fold.h"

#include "base/buffer.h"
#include "support.h"

#include <string.h>

struct fold_case {
    const char *text;
    const char *expected;
};

static const struct fold_case blank_cases[] = {
    {"", ""},
    {" ", ""},
    {"\t\r\n ", ""},
    {"a", "a"},
    {"  a  ", "a"},
    {"a b", "a b"},
    {"a  \t\n b", "a b"},
    {"a\vb\fc", "a b c"},
    {"\u00A0a\u00A0\u00A0b\u00A0", "a b"},
    {"\u3000\u4E2D\u3000\u3000\u56FD\u3000", "\u4E2D \u56FD"},
    {"a\u2003\u2009\u202F\u205Fb", "a b"},
    {"a\xC2\x85"
     "b\u2028c\u2029d\u1680e",
     "a b c d e"},
    {"a\u200Bb", "a\u200Bb"}, /* the zero-width space is no blank */
    {"\uFEFFa", "\uFEFFa"},
    {"A B", "A B"},
    {"\U0001F600  \U0001F600", "\U0001F600 \U0001F600"},
};

static void test_blanks(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(blank_cases); i++) {
        struct buffer out = {0};
        fold_blanks(blank_cases[i].text, &out);
        assert_string_equal(buffer_text(&out), blank_cases[i].expected);
        assert_non_null(out.bytes);
        assert_int_equal(fold_is_blank(blank_cases[i].text), out.length == 0);
        buffer_free(&out);
    }
}

/* Each byte, and each with a second one: what is only blanks is what leaves nothing. */
static void test_blank_bytes(void **state)
{
    (void)state;
    struct buffer out = {0};
    for (int i = 0; i < 256 * 256; i++) {
        const char text[] = {(char)(i / 256), (char)(i % 256), '\0'};
        buffer_clear(&out);
        fold_blanks(text, &out);
        if (fold_is_blank(text) != (out.length == 0))
            fail_msg("%04x leaves '%s'", (unsigned)i, buffer_text(&out));
    }
    buffer_free(&out);
}

static const struct fold_case key_cases[] = {
    {"", ""},
    {"  ", ""},
    {"ACME Inc.", "acme inc."},
    {"  Acme\u00A0  INC. ", "acme inc."},
    {"[@Z`", "[@z`"},
    {"\uFB01rma", "firma"},                       /* the ligature fi */
    {"\uFF21\uFF22\uFF23 \uFF11", "abc 1"},       /* full width */
    {"\uFF76\uFF9E", "\u30AC"},                   /* half-width katakana */
    {"Stra\u00DFe", "strasse"},                   /* sharp s */
    {"STRA\u1E9EE", "strasse"},                   /* capital sharp s */
    {"\u0130", "i\u0307"},                        /* capital I with dot */
    {"\u03A3\u03C2\u03C3", "\u03C3\u03C3\u03C3"}, /* all three sigmas */
    {"Caf\u00C9", "caf\u00E9"},
    {"CafE\u0301", "caf\u00E9"}, /* composed by NFKC */
    {"\u2460", "1"},
    {"\u00BD", "1\u20442"},
    {"\uFDFA", "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064A\u0647 "
               "\u0648\u0633\u0644\u0645"}, /* one character becomes eighteen */
    {"\u4E2D\u56FD", "\u4E2D\u56FD"},
    {"\U0001F600", "\U0001F600"},
    {"\U00010400", "\U00010428"}, /* Deseret has case beyond the first plane */
};

static void test_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(key_cases); i++) {
        struct buffer out = {0};
        fold_key(key_cases[i].text, &out);
        assert_string_equal(buffer_text(&out), key_cases[i].expected);
        buffer_free(&out);
    }
}

static const struct pair {
    const char *left;
    const char *right;
    bool same;
} pairs[] = {
    {"Stra\u00DFe", "STRASSE", true},
    {"\u039F\u03A3", "\u03BF\u03C2", true},
    {"\uFF33\uFF30\uFF21", "spa", true},
    {"of\uFB01ce", "Office", true},
    {"A\u030Angstr\u00F6m", "\u00C5NGSTRO\u0308M", true},
    {"K\u212A", "kk", true}, /* the Kelvin sign */
    {"ACME\u3000GmbH", " acme gmbh", true},
    {"\u0130stanbul", "istanbul", false}, /* the dot stays */
    {"\u0131", "i", false},
    {"Cafe", "Caf\u00E9", false},
    {"ACME", "A CME", false},
    {"ACME", "ACME.", false},
};

static void test_equality(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        struct buffer left = {0};
        struct buffer right = {0};
        fold_key(pairs[i].left, &left);
        fold_key(pairs[i].right, &right);
        if ((strcmp(buffer_text(&left), buffer_text(&right)) == 0) != pairs[i].same)
            fail_msg("'%s' and '%s': keys '%s' and '%s'", pairs[i].left, pairs[i].right,
                     buffer_text(&left), buffer_text(&right));
        buffer_free(&left);
        buffer_free(&right);
    }
}

/* Both append: what stands there already has no part in it. */
static void test_appending(void **state)
{
    (void)state;
    struct buffer out = {0};
    buffer_append_text(&out, "BEFORE ");
    fold_blanks("  A  B ", &out);
    assert_string_equal(buffer_text(&out), "BEFORE A B");
    fold_key(" C  D", &out);
    assert_string_equal(buffer_text(&out), "BEFORE A Bc d");
    fold_key("\u00C9 ", &out);
    assert_string_equal(buffer_text(&out), "BEFORE A Bc d\u00E9");
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blanks),    cmocka_unit_test(test_blank_bytes),
        cmocka_unit_test(test_keys),      cmocka_unit_test(test_equality),
        cmocka_unit_test(test_appending),
    };
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
