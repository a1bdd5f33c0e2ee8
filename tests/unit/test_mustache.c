/* The template engine: what it renders, and what it says of errors. */
#include "support_mustache.h"

#include "support.h"

#include <json-c/json.h>
#include <string.h>

struct render_case {
    const char *what;
    const char *template;
    const char *partials; /* JSON; NULL: {} */
    const char *data;     /* JSON */
    const char *expected;
};

static const struct render_case render_cases[] = {
    {"apostrophe", "{{x}}", NULL, "{\"x\":\"it's\"}", "it&#39;s"},
    {"control character", "{{x}}", NULL, "{\"x\":\"a\\u0000b\\u001bc\"}",
     "a\xEF\xBF\xBD"
     "b\xEF\xBF\xBD"
     "c"},
    {"markup kept", "{{{x}}}{{&x}}", NULL, "{\"x\":\"<b>\"}", "<b><b>"},
    {"markup escaped in a partial", "{{>p}}", "{\"p\":\"{{x}}\"}", "{\"x\":\"<b>\"}", "&lt;b&gt;"},
    {"markup escaped in a block", "{{<p}}{{$b}}{{x}}{{/b}}{{/p}}", "{\"p\":\"{{$b}}{{/b}}\"}",
     "{\"x\":\"<b>\"}", "&lt;b&gt;"},
    {"integers", "{{x}} {{y}}", NULL, "{\"x\":-9007199254740993,\"y\":0}", "-9007199254740993 0"},
    {"fractions", "{{x}} {{y}} {{z}}", NULL, "{\"x\":0.1,\"y\":1e300,\"z\":2.50}",
     "0.1 1e+300 2.5"},
    {"booleans", "{{x}} {{y}}", NULL, "{\"x\":true,\"y\":false}", "true false"},
    {"object as JSON", "{{{x}}}", NULL, "{\"x\":{\"a\":[1,\"b/c\"]}}", "{\"a\":[1,\"b/c\"]}"},
    {"zero does not hold", "{{#x}}some{{/x}}{{^x}}none{{/x}}", NULL, "{\"x\":0}", "none"},
    {"empty text does not hold", "{{#x}}some{{/x}}{{^x}}none{{/x}}", NULL, "{\"x\":\"\"}", "none"},
    {"empty object holds", "{{#x}}some{{/x}}", NULL, "{\"x\":{}}", "some"},
    {"zero fraction does not hold", "{{^x}}none{{/x}}", NULL, "{\"x\":0.0}", "none"},
    {"false items are still turns", "{{#x}}[{{.}}]{{/x}}", NULL, "{\"x\":[0,null,\"\",false]}",
     "[0][][][false]"},
    {"null hides what is further out", "{{#a}}({{x}}){{/a}}", NULL, "{\"x\":1,\"a\":{\"x\":null}}",
     "()"},
    {"not an object all the way", "({{a.b.c}})", NULL, "{\"a\":{\"b\":7}}", "()"},
    {"data of null", "({{x}}{{.}})", NULL, "null", "()"},
    {"blanks before the sigil", "{{ #x }}{{ & . }}{{ /x }}", NULL, "{\"x\":\"&\"}", "&"},
    {"other delimiters and braces", "{{=<% %>=}}<%{x}%><%& x%><%x%>", NULL, "{\"x\":\"<\"}",
     "<<&lt;"},
    {"delimiters set back", "{{=| |=}}|={{ }}=|{{x}}", NULL, "{\"x\":1}", "1"},
    {"comment that holds a tag", "a{{! {{x }}b", NULL, "{}", "ab"},
    {"comments on one line with text", " {{! a }} x\n", NULL, "{}", "  x\n"},
    {"umlauts in names",
     "{{gr\xC3\xB6\xC3\x9F"
     "e}}",
     NULL,
     "{\"gr\xC3\xB6\xC3\x9F"
     "e\":1}",
     "1"},
    {"single braces", "a { b } {c", NULL, "{}", "a { b } {c"},
    {"empty template", "", NULL, "{}", ""},
    {"byte order mark", "\xEF\xBB\xBF{{x}}", NULL, "{\"x\":1}", "1"},
    {"indented partial, blank lines", "  {{>p}}\n", "{\"p\":\"a\\n\\n{{x}}\\n\"}",
     "{\"x\":\"b\\nc\"}", "  a\n\n  b\nc\n"},
    {"indented partial in another", " {{>p}}\n", "{\"p\":\"a\\n  {{>q}}\\n\",\"q\":\"b\\nc\\n\"}",
     "{}", " a\n   b\n   c\n"},
    {"partial within a line of an indented one", " {{>p}}\n",
     "{\"p\":\"a {{>q}}!\\n\",\"q\":\"b\\nc\"}", "{}", " a b\nc!\n"},
    {"section in an indented partial", " {{>p}}\n",
     "{\"p\":\"{{#x}}\\n  i{{.}}\\n{{/x}}\\n{{#x}}{{.}}{{/x}}\\n\"}", "{\"x\":[1,2]}",
     "   i1\n   i2\n 12\n"},
    {"block text where a whole line is the place", "{{<p}}{{$b}}x\ny{{/b}}{{/p}}",
     "{\"p\":\"1\\n  {{$b}}default{{/b}}\\n2\\n\"}", "{}", "1\n  x\n  y\n2\n"},
    {"block on lines where a word is the place", "{{<p}}{{$b}}\n  x\n{{/b}}{{/p}}",
     "{\"p\":\"<{{$b}}{{/b}}>\"}", "{}", "<x\n>"},
    {"block without lines where lines are the place", "{{<p}}{{$b}}x{{/b}}{{/p}}",
     "{\"p\":\"1\\n  {{$b}}\\n    d\\n  {{/b}}\\n2\\n\"}", "{}", "1\n    x\n2\n"},
    {"empty block takes its line away", "{{<p}}{{/p}}", "{\"p\":\"1\\n  {{$b}}{{/b}}\\n2\\n\"}",
     "{}", "1\n2\n"},
    {"default on the block's line", "1\r\n  {{$b}}d{{/b}} \r\n2", NULL, "{}", "1\r\n  d\r\n2"},
    {"block with lines followed by text", "{{$b}}\n  x\n{{/b}}tail\n", NULL, "{}", "  x\ntail\n"},
    {"block that holds itself", "{{<p}}{{$b}}[{{$b}}in{{/b}}]{{/b}}{{/p}}",
     "{\"p\":\"{{$b}}default{{/b}}\"}", "{}", "[in]"},
    {"block of a partial in a parent", "{{<p}}{{$b}}mine{{/b}}{{/p}}",
     "{\"p\":\"{{>q}}\",\"q\":\"{{$b}}default{{/b}}\"}", "{}", "mine"},
    {"block in a section", "{{<p}}{{$b}}{{.}};{{/b}}{{/p}}", "{\"p\":\"{{#x}}{{$b}}{{/b}}{{/x}}\"}",
     "{\"x\":[1,2]}", "1;2;"},
    {"tags beside the blocks of a parent", "{{<p}}{{x}}{{#x}}{{$b}}no{{/b}}{{/x}}{{/p}}",
     "{\"p\":\"{{$b}}default{{/b}}\"}", "{\"x\":1}", "default"},
    {"parent that is not there", "<{{<p}}{{$b}}x{{/b}}{{/p}}>", NULL, "{}", "<>"},
};

static void test_rendering(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(render_cases); i++) {
        const struct render_case *c = &render_cases[i];
        struct json_object *partials = support_parse_json(c->partials ? c->partials : "{}");
        struct json_object *data = support_parse_json(c->data);
        struct buffer out = {0};
        struct error error = {0};
        bool done =
            support_render(c->template, partials, data, MUSTACHE_MISSING_IS_EMPTY, &out, &error);
        if (!done || strcmp(buffer_text(&out), c->expected) != 0)
            fail_msg("%s: \"%s\" instead of \"%s\" %s", c->what, buffer_text(&out), c->expected,
                     error.message);
        buffer_free(&out);
        json_object_put(data);
        json_object_put(partials);
    }
}

struct error_case {
    const char *template;
    const char *partials;
    const char *message;
    const char *hint;
};

static const struct error_case error_cases[] = {
    {"a\n  {{#rows}}\n", NULL, "t.mustache:2:3: \"rows\" is opened here and never closed",
     "end it with a closing tag, as in {{/rows}}"},
    {"{{#a}}{{#b}}{{/b}}", NULL, "t.mustache:1:1: \"a\" is opened here and never closed",
     "end it with a closing tag, as in {{/a}}"},
    {"\xC3\xA4{{/x}}", NULL, "t.mustache:1:2: \"x\" is closed here, but nothing is open", ""},
    {"{{#a}}\n{{#b}}\n{{/a}}", NULL,
     "t.mustache:3:1: \"a\" is closed here, but \"b\" is open since line 2", "close \"b\" first"},
    {"{{<p}}{{$b}}{{/p}}", NULL,
     "t.mustache:1:13: \"p\" is closed here, but \"b\" is open since line 1", "close \"b\" first"},
    {"x\n\n {{name", NULL, "t.mustache:3:2: the tag is not closed by }}", ""},
    {"{{name} {{other}}", NULL, "t.mustache:1:1: the tag is not closed by }}", ""},
    {"{{{name}} x", NULL, "t.mustache:1:1: the tag is not closed by }}}", ""},
    {"{{! no end", NULL, "t.mustache:1:1: the tag is not closed by }}", ""},
    {"{{=<% %>=}}\n<%name", NULL, "t.mustache:2:1: the tag is not closed by %>", ""},
    {"{{}}", NULL, "t.mustache:1:1: the tag has no name", ""},
    {"{{# }}", NULL, "t.mustache:1:1: the tag has no name", ""},
    {"{{first name}}", NULL, "t.mustache:1:1: the tag's name holds a space", ""},
    {"{{a\x1b[2J}}", NULL, "t.mustache:1:1: the tag's name holds a control character", ""},
    {"{{a..b}}", NULL, "t.mustache:1:1: \"a..b\" has an empty part between its dots", ""},
    {"{{#.a}}", NULL, "t.mustache:1:1: \".a\" has an empty part between its dots", ""},
    {"{{a.}}", NULL, "t.mustache:1:1: \"a.\" has an empty part between its dots", ""},
    {"{{=<%=}}", NULL,
     "t.mustache:1:1: delimiters are two short words without \"=\", as in {{=<% %>=}}", ""},
    {"{{=a b c=}}", NULL,
     "t.mustache:1:1: delimiters are two short words without \"=\", as in {{=<% %>=}}", ""},
    {"{{=}}", NULL, "t.mustache:1:1: the tag is not closed by =}}", ""},
    {" {{>hedaer}}", NULL, "t.mustache:1:2: there is no partial \"hedaer\"", ""},
    {"{{#never}}{{>p}}{{/never}}", "{\"p\":\"\\n{{#x}}\"}",
     "p:2:1: \"x\" is opened here and never closed", "end it with a closing tag, as in {{/x}}"},
    {"{{>p}}", "{\"p\":\"a{{>p}}\"}", "p:1:2: templates include one another more than 32 deep",
     "\"p\" may include itself without end"},
    {"{{<p}}{{/p}}", "{\"p\":\"{{>q}}\",\"q\":\"{{<p}}{{/p}}\"}",
     "q:1:1: templates include one another more than 32 deep",
     "\"p\" may include itself without end"},
};

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(error_cases); i++) {
        const struct error_case *c = &error_cases[i];
        struct json_object *partials = support_parse_json(c->partials ? c->partials : "{}");
        struct buffer out = {0};
        struct error error = {0};
        buffer_append_text(&out, "before");
        bool done =
            support_render(c->template, partials, NULL, MUSTACHE_MISSING_IS_ERROR, &out, &error);
        assert_false(done);
        assert_string_equal(error.message, c->message);
        assert_string_equal(error.hint, c->hint);
        assert_int_equal(error.code, EXIT_WRONG_USE);
        assert_string_equal(buffer_text(&out), "before");
        buffer_free(&out);
        json_object_put(partials);
    }
}

static void test_loaders_in_turn(void **state)
{
    (void)state;
    static const struct mustache_entry own[] = {{"p", "own"}, {NULL, NULL}};
    static const struct mustache_entry built_in[] = {
        {"p", "built in"}, {"t", "{{>p}} {{>q}} {{>p}}"}, {"q", "built in"}, {NULL, NULL}};
    const struct mustache_loader loaders[] = {{mustache_table_load, own},
                                              {mustache_table_load, built_in}};
    struct mustache_set *set = mustache_set_new(loaders, COUNT(loaders), MUSTACHE_MISSING_IS_ERROR);
    struct buffer out = {0};
    struct error error = {0};
    assert_true(mustache_check(set, "t", &error));
    assert_true(mustache_render(set, "t", NULL, &out, &error));
    assert_true(mustache_render(set, "t", NULL, &out, &error));
    assert_string_equal(buffer_text(&out), "own built in ownown built in own");
    buffer_free(&out);
    mustache_set_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rendering),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_loaders_in_turn),
    };
    return cmocka_run_group_tests_name("mustache", tests, NULL, NULL);
}
