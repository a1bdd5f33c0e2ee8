/* Escaping by context. */
#include "base/escape.h"

#include "base/buffer.h"
#include "support.h"

#include <string.h>

#define REPLACED "\xEF\xBF\xBD"

struct escape_case {
    enum escape_context context;
    const char *text;
    const char *expected;
};

static const struct escape_case escape_cases[] = {
    {ESCAPE_NONE, "", ""},
    {ESCAPE_NONE, "<&>\"'\x01", "<&>\"'\x01"},

    {ESCAPE_HTML_TEXT, "", ""},
    {ESCAPE_HTML_TEXT, "plain", "plain"},
    {ESCAPE_HTML_TEXT, "& < > \" '", "&amp; &lt; &gt; &quot; &#39;"},
    {ESCAPE_HTML_TEXT, "&amp;", "&amp;amp;"},
    {ESCAPE_HTML_TEXT, "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"},
    {ESCAPE_HTML_TEXT, "a\tb\nc\rd", "a\tb\nc\rd"},
    {ESCAPE_HTML_TEXT, "\x01\x08\x0B\x1F", REPLACED REPLACED REPLACED REPLACED},
    {ESCAPE_HTML_TEXT, "\x7F\xC2\x80", "\x7F\xC2\x80"},
    {ESCAPE_HTML_TEXT, "Zo\xC3\xAB \xF0\x9F\x98\x80", "Zo\xC3\xAB \xF0\x9F\x98\x80"},
    {ESCAPE_HTML_TEXT,
     "a\xEF\xBF\xBE"
     "b\xEF\xBF\xBF",
     "a" REPLACED "b" REPLACED},
    {ESCAPE_HTML_TEXT, "\xED\x9F\xBF\xEE\x80\x80", "\xED\x9F\xBF\xEE\x80\x80"},
    {ESCAPE_HTML_TEXT, "\xED\xA0\x80", REPLACED},

    {ESCAPE_HTML_ATTRIBUTE, "& < > \" '", "&amp; &lt; &gt; &quot; &#39;"},
    {ESCAPE_HTML_ATTRIBUTE, "a\tb\nc\rd", "a&#9;b&#10;c&#13;d"},
    {ESCAPE_HTML_ATTRIBUTE, "\x02", REPLACED},

    {ESCAPE_JSON_STRING, "", ""},
    {ESCAPE_JSON_STRING, "a/b <&> \xC3\xA9\x7F", "a/b <&> \xC3\xA9\x7F"},
    {ESCAPE_JSON_STRING, "\"\\\b\f\n\r\t", "\\\"\\\\\\b\\f\\n\\r\\t"},
    {ESCAPE_JSON_STRING, "\x01x\x1F", "\\u0001x\\u001f"},
    {ESCAPE_URL_COMPONENT, "", ""},
    {ESCAPE_URL_COMPONENT, "AZaz09-._~", "AZaz09-._~"},
    {ESCAPE_URL_COMPONENT, "a b/c?d=e&f+g%", "a%20b%2Fc%3Fd%3De%26f%2Bg%25"},
    {ESCAPE_URL_COMPONENT, "\xC3\xA9", "%C3%A9"},
    {ESCAPE_URL_COMPONENT, "\n'(*)!", "%0A%27%28%2A%29%21"},

    {ESCAPE_SPREADSHEET_CELL, "", ""},
    {ESCAPE_SPREADSHEET_CELL, "plain", "plain"},
    {ESCAPE_SPREADSHEET_CELL, "a=b", "a=b"},
    {ESCAPE_SPREADSHEET_CELL, "=1+1", "'=1+1"},
    {ESCAPE_SPREADSHEET_CELL, "+1+1", "'+1+1"},
    {ESCAPE_SPREADSHEET_CELL, "-1", "'-1"},
    {ESCAPE_SPREADSHEET_CELL, "@SUM(A1)", "'@SUM(A1)"},
    {ESCAPE_SPREADSHEET_CELL, "\t=1", "'\t=1"},
    {ESCAPE_SPREADSHEET_CELL, "\r=1", "'\r=1"},
    {ESCAPE_SPREADSHEET_CELL, "\n=1", "'\n=1"},
    {ESCAPE_SPREADSHEET_CELL, "'=1", "'=1"},
    {ESCAPE_SPREADSHEET_CELL, "+31201234567", "+31201234567"},
    {ESCAPE_SPREADSHEET_CELL, "+12", "+12"},
    {ESCAPE_SPREADSHEET_CELL, "+123456789012345", "+123456789012345"},
    {ESCAPE_SPREADSHEET_CELL, "+1234567890123456", "'+1234567890123456"},
    {ESCAPE_SPREADSHEET_CELL, "+1", "'+1"},
    {ESCAPE_SPREADSHEET_CELL, "+", "'+"},
    {ESCAPE_SPREADSHEET_CELL, "+0201234567", "'+0201234567"},
    {ESCAPE_SPREADSHEET_CELL, "+31 20 1234567", "'+31 20 1234567"},
    {ESCAPE_SPREADSHEET_CELL, "+31201234567\n", "'+31201234567\n"},
    {ESCAPE_SPREADSHEET_CELL, "-31201234567", "'-31201234567"},
};

static void test_contexts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(escape_cases); i++) {
        struct buffer out = {0};
        escape_append(escape_cases[i].context, escape_cases[i].text, &out);
        assert_string_equal(buffer_text(&out), escape_cases[i].expected);
        if (escape_cases[i].context == ESCAPE_SPREADSHEET_CELL)
            assert_int_equal(
                escape_suspects_formula(escape_cases[i].text, strlen(escape_cases[i].text)),
                strcmp(escape_cases[i].text, escape_cases[i].expected) != 0);
        buffer_free(&out);
    }
}

static void test_nul_characters(void **state)
{
    (void)state;
    struct buffer out = {0};
    escape_append_bytes(ESCAPE_HTML_TEXT, "a\0b", 3, &out);
    assert_string_equal(buffer_text(&out), "a" REPLACED "b");
    buffer_clear(&out);
    escape_append_bytes(ESCAPE_URL_COMPONENT, "a\0b", 3, &out);
    assert_string_equal(buffer_text(&out), "a%00b");
    buffer_free(&out);
}

/* A character cut off at the end is not looked for behind it. */
static void test_cut_characters(void **state)
{
    (void)state;
    static const char *const cut[] = {"\xEF", "\xEF\xBF", "\xED", "\xED\xA0"};
    for (size_t i = 0; i < COUNT(cut); i++) {
        struct buffer out = {0};
        escape_append(ESCAPE_HTML_TEXT, cut[i], &out);
        assert_string_equal(buffer_text(&out), cut[i]);
        assert_int_equal(xml_clean(cut[i], &out), 0);
        buffer_free(&out);
    }
}

struct clean_case {
    const char *text;
    const char *expected;
    size_t replaced;
};

static const struct clean_case clean_cases[] = {
    {"", "", 0},
    {"plain & <b>", "plain & <b>", 0},
    {"tab\tlf\ncr\r", "tab\tlf\ncr\r", 0},
    {"\x01", REPLACED, 1},
    {"a\x0B"
     "b\x1B"
     "c",
     "a" REPLACED "b" REPLACED "c", 2},
    {"\xEF\xBF\xBE\xEF\xBF\xBF", REPLACED REPLACED, 2},
    {"\xEF\xBF\xBD", "\xEF\xBF\xBD", 0},
    {"\xED\xBF\xBF!", REPLACED "!", 1},
    {"\xF0\x9F\x98\x80\x7F\xC2\x85", "\xF0\x9F\x98\x80\x7F\xC2\x85", 0},
};

static void test_xml_clean(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(clean_cases); i++) {
        struct buffer out = {0};
        assert_int_equal(xml_clean(clean_cases[i].text, &out), clean_cases[i].replaced);
        assert_string_equal(buffer_text(&out), clean_cases[i].expected);
        buffer_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_nul_characters),
        cmocka_unit_test(test_cut_characters),
        cmocka_unit_test(test_xml_clean),
    };
    return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
