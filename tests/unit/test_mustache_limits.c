/* The template engine's ceilings, and templates that are broken in every way. */
#include "support_mustache.h"

#include "support.h"

#include "base/memory.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

static void expect_failure(const char *text, struct json_object *partials, struct json_object *data,
                           const char *part_of_message)
{
    struct buffer out = {0};
    struct error error = {0};
    assert_false(support_render(text, partials, data, MUSTACHE_MISSING_IS_EMPTY, &out, &error));
    if (!strstr(error.message, part_of_message))
        fail_msg("\"%s\" does not say \"%s\"", error.message, part_of_message);
    buffer_free(&out);
}

static void expect_success(const char *text, struct json_object *partials, struct json_object *data)
{
    struct buffer out = {0};
    struct error error = {0};
    if (!support_render(text, partials, data, MUSTACHE_MISSING_IS_EMPTY, &out, &error))
        fail_msg("%s", error.message);
    buffer_free(&out);
}

static void test_section_depth(void **state)
{
    (void)state;
    struct buffer text = {0};
    support_append_times(&text, "{{#a}}", MUSTACHE_MAX_SECTION_DEPTH);
    support_append_times(&text, "{{/a}}", MUSTACHE_MAX_SECTION_DEPTH);
    expect_success(buffer_text(&text), NULL, NULL);
    buffer_clear(&text);
    support_append_times(&text, "{{#a}}", MUSTACHE_MAX_SECTION_DEPTH + 1);
    expect_failure(buffer_text(&text), NULL, NULL, "t.mustache:1:385: sections stand more than 64");
    buffer_free(&text);
}

/* As many sections inside one another as there can be, rendered: the stack must hold. */
static void test_deepest_rendering(void **state)
{
    (void)state;
    struct buffer text = {0};
    support_append_times(&text, "{{#a}}", MUSTACHE_MAX_SECTION_DEPTH - 1);
    buffer_append_text(&text, "{{<q}}{{/q}}");
    support_append_times(&text, "{{/a}}", MUSTACHE_MAX_SECTION_DEPTH - 1);
    struct json_object *partials = json_object_new_object();
    json_object_object_add(partials, "q", json_object_new_string(buffer_text(&text)));
    struct json_object *data = support_parse_json("{\"a\":[1]}");
    expect_failure("{{>q}}", partials, data, "q:1:379: templates include one another");
    buffer_free(&text);
    json_object_put(data);
    json_object_put(partials);
}

static void test_template_size(void **state)
{
    (void)state;
    struct error error = {0};
    struct mustache_set *set = mustache_set_new(NULL, 0, MUSTACHE_MISSING_IS_EMPTY);
    char *text = memory_new(MUSTACHE_MAX_TEMPLATE_BYTES + 1, 1);
    memset(text, 'x', MUSTACHE_MAX_TEMPLATE_BYTES + 1);
    assert_true(mustache_add(set, "a", "a", text, MUSTACHE_MAX_TEMPLATE_BYTES, &error));
    assert_false(mustache_add(set, "b", "b", text, MUSTACHE_MAX_TEMPLATE_BYTES + 1, &error));
    assert_string_equal(error.message, "b: the template is larger than 1048576 bytes");
    assert_false(mustache_add(set, "a", "again", text, 1, &error));
    assert_string_equal(error.message, "again: there is a template \"a\" already");
    assert_false(mustache_add(set, "c", "c", "a\0b", 3, &error));
    assert_string_equal(error.message, "c: the template holds a NUL byte and is no text");
    assert_false(mustache_render(set, "none", NULL, &(struct buffer){0}, &error));
    assert_string_equal(error.message, "there is no template \"none\"");
    memset(text, '\n', MUSTACHE_MAX_TEMPLATE_BYTES);
    assert_false(mustache_add(set, "d", "d", text, MUSTACHE_MAX_TEMPLATE_BYTES, &error));
    assert_string_equal(error.message, "d:262145:1: more than 262144 tags and lines");
    assert_true(mustache_add(set, "d", "d", text, MUSTACHE_MAX_PIECES, &error));
    free(text);
    mustache_set_free(set);
}

static void test_name_size(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_append_text(&text, "{{#");
    support_append_times(&text, "n", MUSTACHE_MAX_NAME_BYTES);
    buffer_append_text(&text, "}}");
    expect_failure(buffer_text(&text), NULL, NULL, "is opened here and never closed");
    buffer_clear(&text);
    buffer_append_text(&text, "{{");
    support_append_times(&text, "n", MUSTACHE_MAX_NAME_BYTES + 1);
    buffer_append_text(&text, "}}");
    expect_failure(buffer_text(&text), NULL, NULL, "the tag's name is longer than 255 bytes");
    buffer_clear(&text);
    buffer_append_text(&text, "{{=");
    support_append_times(&text, "<", MUSTACHE_MAX_DELIMITER_BYTES + 1);
    buffer_append_text(&text, " >=}}");
    expect_failure(buffer_text(&text), NULL, NULL, "delimiters are two short words");
    buffer_free(&text);
}

static void test_template_count(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < MUSTACHE_MAX_TEMPLATES; i++)
        buffer_print(&text, "{{>p%d}}", i);
    expect_failure(buffer_text(&text), NULL, NULL, "p255: more than 256 templates");
    buffer_free(&text);
}

/* A list of `count` items, each 1. */
static struct json_object *list_of(int count)
{
    struct json_object *list = json_object_new_array();
    for (int i = 0; i < count; i++)
        json_object_array_add(list, json_object_new_int(1));
    return list;
}

static void test_bombs(void **state)
{
    (void)state;
    struct json_object *data = json_object_new_object();
    json_object_object_add(data, "a", list_of(100));
    struct buffer text = {0};

    support_append_times(&text, "{{#a}}", 20);
    support_append_times(&text, "{{/a}}", 20);
    expect_failure(buffer_text(&text), NULL, data, "rendering takes more than 20000000 steps");

    buffer_clear(&text);
    support_append_times(&text, "{{#a}}", 6);
    support_append_times(&text, "0123456789", 100);
    support_append_times(&text, "{{/a}}", 6);
    expect_failure(buffer_text(&text), NULL, data,
                   "t.mustache:1:37: the output grows beyond 16777216 bytes here");

    struct json_object *partials = json_object_new_object();
    for (int i = 0; i < MUSTACHE_MAX_PARTIAL_DEPTH - 1; i++) {
        char *name = memory_print("p%d", i);
        buffer_clear(&text);
        buffer_print(&text, "{{>p%d}}\n{{>p%d}}\n", i + 1, i + 1);
        json_object_object_add(partials, name, json_object_new_string(buffer_text(&text)));
        free(name);
    }
    expect_failure("{{>p0}}", partials, data, "rendering takes more than 20000000 steps");
    json_object_put(partials);
    buffer_free(&text);
    json_object_put(data);
}

/* Every way to break off a template and every single byte of it replaced: it renders or fails, and
 * that is all. */
static void test_broken_templates(void **state)
{
    (void)state;
    static const char whole[] =
        "{{! header }}\n<h1>{{title}}</h1>\n  {{>row}}\n{{<page}}\n  {{$body}}\n    {{#rows}}\n"
        "    <li>{{{name}}} {{&a.b}}</li>\n    {{/rows}}\n  {{/body}}{{$x}}y{{/x}}\n{{/page}}\n"
        "{{=<% %>=}}\n<%^rows%>none<%/rows%>\n<%={{ }}=%>\n {{$last}} {{.}} {{/last}} \r\nend";
    struct json_object *partials = support_parse_json(
        "{\"row\":\"{{#rows}}\\n r{{>cell}}\\n{{/rows}}\\n\",\"cell\":\"{{name}}\",\"page\":"
        "\"<body>\\n {{$body}}\\n  none\\n {{/body}}\\n{{$x}}{{/x}}</body>\\n\"}");
    struct json_object *data = support_parse_json(
        "{\"title\":\"T&T\",\"rows\":[{\"name\":\"<a>\"},{\"name\":1.5}],\"a\":{\"b\":[]}}");
    size_t rendered = 0;
    for (size_t cut = 0; cut < sizeof whole; cut++) {
        char *text = memory_copy_bytes(whole, cut);
        struct buffer out = {0};
        struct error error = {0};
        if (support_render(text, partials, data, MUSTACHE_MISSING_IS_ERROR, &out, &error))
            rendered++;
        else
            assert_true(strncmp(error.message, "t.mustache:", 11) == 0);
        buffer_free(&out);
        free(text);
    }
    assert_in_range(rendered, 1, sizeof whole - 1);

    for (size_t at = 0; at + 1 < sizeof whole; at++) {
        for (const char *c = "{}#/$<>=^&!. \n\xC3"; *c; c++) {
            char *text = memory_copy_text(whole);
            text[at] = *c;
            struct buffer out = {0};
            struct error error = {0};
            support_render(text, partials, data, MUSTACHE_MISSING_IS_ERROR, &out, &error);
            buffer_free(&out);
            free(text);
        }
    }
    json_object_put(data);
    json_object_put(partials);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_section_depth),    cmocka_unit_test(test_deepest_rendering),
        cmocka_unit_test(test_template_size),    cmocka_unit_test(test_name_size),
        cmocka_unit_test(test_template_count),   cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_broken_templates),
    };
    return cmocka_run_group_tests_name("mustache, its ceilings", tests, NULL, NULL);
}
