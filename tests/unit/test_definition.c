/* Definition files: what they set, and where their errors are. */
#include "cli/definition.h"

#include "base/buffer.h"
#include "base/zone.h"
#include "cli/options.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse(const char *text, unsigned groups, struct settings *settings, struct arena *arena,
                  struct error *error)
{
    settings_release(settings);
    options_set_standard(settings, arena);
    return definition_parse("d.json", text, groups, settings, arena, error);
}

static const char whole[] =
    "/* the weekly report */\n"
    "{\n"
    "    // where from\n"
    "    \"base_url\": \"https://api.example\", \"label\": [\"a,b\", \"c\"],\n"
    "    \"q\": \"x//y /* z\", \"sort\": \"name\", \"direction\": \"desc\",\n"
    "    \"no_inboxes\": true, /* \" } */ \"page_size\": 50,\n"
    "    \"connections\": 2, \"timeout\": 1.5, \"retries\": 0, \"patience\": 0,\n"
    "    \"output\": \"out/%G\", \"as_of\": \"2026-11-22\",\n"
    "    \"timezone\": \"Europe/Berlin\", \"activity_bounds\": [ 2, 14 ],\n"
    "    \"top-companies\": 5, \"columns\": [\"id\", \"custom.a,b\"],\n"
    "    \"order_by\": \"name:desc\", \"csv_raw\": true, \"quiet\": false,\n"
    "    \"verbose\": true, \"credentials\": \"key.json\",\n"
    "    \"credentials_command\": \"pass \\\"show\\\"\", \"cacert\": \"c.pem\",\n"
    "    \"allow_plain_http\": false, \"from\": \"s.sqlite\"\n"
    "} // the end\n";

static void check_texts(const struct settings *settings)
{
    assert_string_equal(settings->base_url, "https://api.example");
    assert_string_equal(settings->q, "x//y /* z");
    assert_string_equal(settings->sort, "name");
    assert_string_equal(settings->direction, "desc");
    assert_string_equal(settings->from, "s.sqlite");
    assert_string_equal(settings->credentials_file, "key.json");
    assert_string_equal(settings->credentials_command, "pass \"show\"");
    assert_string_equal(settings->ca_file, "c.pem");
    assert_string_equal(settings->output, "out/%G");
    assert_true(settings->as_of.is_told);
    assert_int_equal(settings->as_of.time.civil.day, 22);
    assert_string_equal(zone_name(settings->zone), "Europe/Berlin");
    assert_string_equal(settings->order.column, "name");
    assert_true(settings->order.descending);
}

static void test_whole(void **state)
{
    (void)state;
    struct settings settings = {0};
    struct arena arena = {0};
    struct error error = {0};
    if (!parse(whole, OPTIONS_ALL, &settings, &arena, &error))
        fail_msg("%s", error.message);
    check_texts(&settings);
    assert_int_equal(settings.labels.count, 2);
    assert_string_equal(settings.labels.items[0], "a,b");
    assert_string_equal(settings.labels.items[1], "c");
    assert_int_equal(settings.columns.count, 2);
    assert_string_equal(settings.columns.items[1], "custom.a,b");
    assert_int_equal(settings.page_size, 50);
    assert_int_equal(settings.connections, 2);
    assert_int_equal(settings.timeout_ms, 1500);
    assert_int_equal(settings.retries, 0);
    assert_int_equal(settings.patience_ms, 0);
    assert_int_equal(settings.top_companies, 5);
    assert_int_equal(settings.activity_bounds.count, 2);
    assert_int_equal(settings.activity_bounds.days[1], 14);
    assert_true(settings.no_inboxes && settings.csv_raw && settings.verbose);
    assert_false(settings.quiet || settings.allow_plain_http);
    settings_release(&settings);
    arena_free(&arena);
}

static const struct {
    const char *text;
    size_t labels;
    size_t columns;
} list_cases[] = {
    {"{}", 0, 0},
    {" {\n} ", 0, 0},
    {"{\"label\":\"a,b\"}", 1, 0},
    {"{\"label\":[]}", 0, 0},
    {"{\"label\":[\"a\"],\"columns\":\"id,name,email\"}", 1, 3},
    {"{\"columns\":[\"id\",\"name\"]}", 0, 2},
};

static void test_lists(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(list_cases); i++) {
        struct settings settings = {0};
        struct arena arena = {0};
        struct error error = {0};
        if (!parse(list_cases[i].text, OPTIONS_ALL, &settings, &arena, &error))
            fail_msg("%s: %s", list_cases[i].text, error.message);
        assert_int_equal(settings.labels.count, list_cases[i].labels);
        assert_int_equal(settings.columns.count, list_cases[i].columns);
        settings_release(&settings);
        arena_free(&arena);
    }
}

struct error_case {
    const char *text;
    const char *message; /* from its start */
    const char *hint;
};

static const struct error_case error_cases[] = {
    /* no JSON */
    {"", "d.json:1:1: ", ""},
    {"{", "d.json:1:2: ", ""},
    {"{\n  \"q\": \"x\"", "d.json:2:11: ", ""},
    {"{\n  \"q\" \"x\"}", "d.json:2:7: ", ""},
    {"{\"q\": x}", "d.json:1:7: ", ""},
    {"{\"\u00E4\u4E2D\": x}", "d.json:1:8: ", ""}, /* columns are characters */
    {"{\r\n\t\"q\": x}", "d.json:2:7: ", ""},
    {"{\"q\": \"x\" \"y\"}", "d.json:1:11: ", ""},
    {"{q: 1}", "d.json:1:2: ", ""},
    {"/* open", "d.json:1:8: ", ""},
    {"{\"q\":[[[[[[[[[1]]]]]]]]]}", "d.json:1:13: nesting too deep", ""},
    /* not an object */
    {"[]", "d.json:1:1: a JSON object is expected", ""},
    {"\n  // c\n  17", "d.json:3:3: a JSON object is expected", ""},
    {"null", "d.json:1:1: a JSON object is expected", ""},
    /* keys */
    {"{\n  \"q\": \"x\",\n  \"lable\": \"a\"\n}", "d.json:3:3: unknown key \"lable\"",
     "did you mean \"label\"?"},
    {"{\"page_sise\": 5}", "d.json:1:2: unknown key \"page_sise\"", "did you mean \"page_size\"?"},
    {"{\"zzzzzzzz\": 1}", "d.json:1:2: unknown key \"zzzzzzzz\"", "names of the options"},
    {"{\"Quiet\": true}", "d.json:1:2: unknown key \"Quiet\"", "did you mean \"quiet\"?"},
    {"{'q': \"x\"}", "d.json:1:2: a key in double quotes is expected here", ""},
    {"{\"\\u0071\": \"x\"}", "d.json:1:2: a key holds a backslash", ""},
    {"{\"q\": \"x\",\n \"q\": \"y\"}", "d.json:2:2: the key is there a second time", ""},
    {"{\"page_size\": 5, \"page-size\": 6}", "d.json:1:18: the key is there a second time", ""},
    /* trailing garbage */
    {"{}x", "d.json:1:3: nothing is expected behind the closing brace", ""},
    {"{\"q\":\"x\"} // fine\n {}", "d.json:2:2: nothing is expected behind the closing brace", ""},
    {"{}}", "d.json:1:3: nothing is expected behind the closing brace", ""},
    /* wrong types */
    {"{\"q\": 7}", "d.json:1:2: \"q\": has to be a string", ""},
    {"{\"q\": null}", "d.json:1:2: \"q\": has to be a string", ""},
    {"{\"q\": [\"x\"]}", "d.json:1:2: \"q\": has to be a string", ""},
    {"{\"sort\": 7}", "d.json:1:2: \"sort\": has to be a string", ""},
    {"{\"quiet\": \"true\"}", "d.json:1:2: \"quiet\": has to be true or false", ""},
    {"{\"quiet\": 1}", "d.json:1:2: \"quiet\": has to be true or false", ""},
    {"{\"label\": {}}", "d.json:1:2: \"label\": has to be a string or an array of strings", ""},
    {"{\"label\": [\"a\", 7]}", "d.json:1:2: \"label\": has to be a string or an array of strings",
     ""},
    {"{\"label\": [null]}", "d.json:1:2: \"label\": has to be a string or an array of strings", ""},
    {"{\"page_size\": \"5\"}", "d.json:1:2: \"page_size\": has to be a whole number", ""},
    {"{\"page_size\": 5.5}", "d.json:1:2: \"page_size\": has to be a whole number", ""},
    {"{\"timeout\": \"5\"}", "d.json:1:2: \"timeout\": has to be a number", ""},
    {"{\"activity_bounds\": \"1,7\"}",
     "d.json:1:2: \"activity_bounds\": has to be an array of whole numbers", ""},
    {"{\"activity_bounds\": [1.5]}",
     "d.json:1:2: \"activity_bounds\": has to be an array of whole numbers", ""},
    /* wrong values */
    {"{\"q\": \"\"}", "d.json:1:2: \"q\": an empty value", ""},
    {"{\"q\": \"a\\u0000b\"}", "d.json:1:2: \"q\": ", NULL},
    {"{\"label\": [\"a\\u0000b\"]}", "d.json:1:2: \"label\": ", NULL},
    {"{\"label\": [\"\"]}", "d.json:1:2: \"label\": an empty value", ""},
    {"{\"page_size\": 0}", "d.json:1:2: \"page_size\": '0' is not a whole number from 1 to 1000",
     ""},
    {"{\"page_size\": 1001}",
     "d.json:1:2: \"page_size\": '1001' is not a whole number from 1 to 1000", ""},
    {"{\"timeout\": 0}", "d.json:1:2: \"timeout\": '0' is not a number of seconds above 0", ""},
    {"{\"sort\": \"id\"}", "d.json:1:2: \"sort\": 'id' is not one of the possible values",
     "created_at"},
    {"{\"timezone\": \"Mars\"}", "d.json:1:2: \"timezone\": there is no time zone 'Mars'", "UTC"},
    {"{\"as_of\": \"now\"}", "d.json:1:2: \"as_of\": 'now' is no date or time", "ISO 8601"},
    {"{\"columns\": [\"id\", \"nome\"]}", "d.json:1:2: \"columns\": there is no column 'nome'",
     "columns: id, "},
    {"{\"columns\": [\"id,name\"]}", "d.json:1:2: \"columns\": there is no column 'id,name'", NULL},
    {"{\"order_by\": \"name:up\"}", "d.json:1:2: \"order_by\": there is no column 'name:up'", NULL},
    {"{\"activity_bounds\": []}",
     "d.json:1:2: \"activity_bounds\": '' is no list of activity bounds", "ascending"},
    {"{\"activity_bounds\": [7, 7]}",
     "d.json:1:2: \"activity_bounds\": '7,7' is no list of activity bounds", "ascending"},
    {"{\"activity_bounds\": [0]}",
     "d.json:1:2: \"activity_bounds\": '0' is no list of activity bounds", "ascending"},
};

static void test_errors(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(error_cases); i++) {
        const struct error_case *c = &error_cases[i];
        struct settings settings = {0};
        struct arena arena = {0};
        struct error error = {0};
        if (parse(c->text, OPTIONS_ALL, &settings, &arena, &error))
            fail_msg("'%s' is accepted", c->text);
        support_check_error(c->text, &error, EXIT_WRONG_USE, c->message, c->hint);
        if (strncmp(error.message, c->message, strlen(c->message)) != 0)
            fail_msg("%s: %s", c->text, error.message);
        settings_release(&settings);
        arena_free(&arena);
    }
}

/* Keys of other commands are checked and passed over. */
static void test_groups(void **state)
{
    (void)state;
    struct settings settings = {0};
    struct arena arena = {0};
    struct error error = {0};
    assert_true(parse("{\"q\":\"x\"}", OPTIONS_SOURCE, &settings, &arena, &error));
    assert_string_equal(settings.q, "x");
    assert_true(
        parse("{\"q\":\"x\",\"label\":[\"a\"]}", OPTIONS_REPORT, &settings, &arena, &error));
    assert_null(settings.q);
    assert_int_equal(settings.labels.count, 0);
    assert_int_equal(option_origin(option_find("q"), &settings), ORIGIN_STANDARD);
    assert_false(parse("{\"connections\":0}", OPTIONS_REPORT, &settings, &arena, &error));
    support_check_error("bad value", &error, EXIT_WRONG_USE, "d.json:1:2: \"connections\": '0'",
                        NULL);
    assert_false(parse("{\"qq\":\"x\"}", OPTIONS_REPORT, &settings, &arena, &error));
    support_check_error("unknown", &error, EXIT_WRONG_USE, "d.json:1:2: unknown key \"qq\"", NULL);
    settings_release(&settings);
    arena_free(&arena);
}

static void check_file(const char *path, const char *message)
{
    struct settings settings = {0};
    struct arena arena = {0};
    struct error error = {0};
    options_set_standard(&settings, &arena);
    bool ok = definition_read(path, OPTIONS_ALL, &settings, &arena, &error);
    if (ok != (message == NULL))
        fail_msg("%s: %s", path, ok ? "accepted" : error.message);
    if (!ok)
        support_check_error(path, &error, EXIT_WRONG_USE, message, NULL);
    if (!ok)
        assert_memory_equal(error.message, path, strlen(path));
    if (ok)
        assert_string_equal(settings.q, "x");
    settings_release(&settings);
    arena_free(&arena);
}

static void test_files(void **state)
{
    char *path = support_path(*state, "own.json");
    support_write_file(path, "{\"q\": \"x\"}");
    check_file(path, NULL);
    support_write_file(path, "{\n\"q\": 7}");
    check_file(path, "own.json:2:1: \"q\": has to be a string");
    support_write_file(path, "{\"q\": \"caf\xE9\"}");
    check_file(path, "own.json: not a text in UTF-8");
    struct buffer large = {0};
    support_append_times(&large, "0123456789abcdef", DEFINITION_BYTES_MAX / 16 + 1);
    support_write_file(path, buffer_text(&large));
    buffer_free(&large);
    check_file(path, "own.json: larger than a definition can be");
    free(path);
    path = support_path(*state, "gone.json");
    check_file(path, "gone.json: No such file");
    free(path);
    check_file(*state, ": Is a directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_groups),
        cmocka_unit_test_setup_teardown(test_files, support_setup_directory,
                                        support_teardown_directory),
    };
    return cmocka_run_group_tests_name("definition", tests, NULL, NULL);
}
