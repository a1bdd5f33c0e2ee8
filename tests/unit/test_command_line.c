/* A command's arguments, its definition and the environment: who wins, and what is refused. */
#include "cli/command_line.h"

#include "base/memory.h"
#include "base/zone.h"
#include "cli/options.h"
#include "support.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

extern const struct command command_report;

enum { ARGUMENTS_MAX = 8 };

static void clear_environment(void)
{
    for (size_t i = 0; i < option_count; i++) {
        char *name = memory_print("ROLLCALL_%s", option_specs[i].name);
        for (char *c = name; *c; c++)
            *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
        unsetenv(name);
        free(name);
    }
}

static int setup(void **state)
{
    clear_environment();
    return support_setup_directory(state);
}

struct read_result {
    bool ok;
    bool wants_help;
    struct settings settings;
    struct arena arena;
    struct error error;
};

static struct read_result read_arguments(const char *const *arguments)
{
    char *argv[ARGUMENTS_MAX + 2] = {memory_copy_text("report")};
    int argc = 1;
    for (; arguments[argc - 1]; argc++)
        argv[argc] = memory_copy_text(arguments[argc - 1]);
    struct read_result result = {0};
    result.ok = command_line_read(&command_report, argc, argv, &result.settings, &result.arena,
                                  &result.wants_help, &result.error);
    /* The arena keeps the texts, so the arguments are not needed any more. */
    for (int i = 0; i < argc; i++)
        free(argv[i]);
    return result;
}

static void forget(struct read_result *result)
{
    settings_release(&result->settings);
    arena_free(&result->arena);
}

static const char *or_none(const char *text)
{
    return text ? text : "none";
}

struct read_case {
    const char *arguments[ARGUMENTS_MAX + 1];
    const char *output;
    size_t labels;
    bool quiet;
    bool verbose;
};

static const struct read_case read_cases[] = {
    {{NULL}, NULL, 0, false, false},
    {{"-o", "out"}, "out", 0, false, false},
    {{"-oout"}, "out", 0, false, false},
    {{"--output", "out"}, "out", 0, false, false},
    {{"--output=out"}, "out", 0, false, false},
    {{"--output=a=b"}, "a=b", 0, false, false},
    {{"--outp", "out"}, "out", 0, false, false},
    {{"-o", "--quiet"}, "--quiet", 0, false, false},
    {{"-o", "first", "-o", "last"}, "last", 0, false, false},
    {{"--quiet", "-v"}, NULL, 0, true, true},
    {{"-vo", "out"}, "out", 0, false, true},
    {{"-voout"}, "out", 0, false, true},
    {{"--label", "a", "--label=b,c", "-v"}, NULL, 2, false, true},
    {{"-o", "out", "--"}, "out", 0, false, false},
};

static void test_reading(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(read_cases); i++) {
        const struct read_case *c = &read_cases[i];
        struct read_result result = read_arguments(c->arguments);
        if (!result.ok)
            fail_msg("%s", result.error.message);
        assert_string_equal(or_none(result.settings.output), or_none(c->output));
        assert_int_equal(result.settings.labels.count, c->labels);
        assert_int_equal(result.settings.quiet, c->quiet);
        assert_int_equal(result.settings.verbose, c->verbose);
        assert_false(result.wants_help);
        forget(&result);
    }
}

static void test_standard(void **state)
{
    (void)state;
    struct read_result result = read_arguments((const char *const[]){NULL});
    const struct settings *settings = &result.settings;
    assert_true(result.ok);
    assert_string_equal(settings->base_url, "https://livedesk-api.engagelab.com");
    assert_string_equal(settings->sort, "created_at");
    assert_string_equal(settings->direction, "asc");
    assert_string_equal(zone_name(settings->zone), "UTC");
    assert_string_equal(settings->lang, "en");
    assert_null(settings->template_file);
    assert_int_equal(settings->page_size, 100);
    assert_int_equal(settings->connections, 8);
    assert_int_equal(settings->timeout_ms, 60000);
    assert_int_equal(settings->retries, 5);
    assert_int_equal(settings->patience_ms, 120000);
    assert_int_equal(settings->top_companies, 20);
    assert_int_equal(settings->activity_bounds.count, 6);
    assert_memory_equal(settings->activity_bounds.days, activity_default_bounds.days,
                        sizeof settings->activity_bounds.days);
    assert_null(settings->q);
    assert_null(settings->from);
    assert_null(settings->credentials_file);
    forget(&result);
}

static void test_definition_argument(void **state)
{
    char *path = support_path(*state, "weekly.json");
    support_write_file(path, "{\"q\": \"x\"}");
    const char *const forms[][4] = {
        {path, "-v", NULL}, {"-v", path, NULL}, {"-v", "--", path, NULL}};
    for (size_t i = 0; i < COUNT(forms); i++) {
        struct read_result result = read_arguments(forms[i]);
        if (!result.ok)
            fail_msg("%s", result.error.message);
        assert_string_equal(result.settings.q, "x");
        assert_true(result.settings.verbose);
        forget(&result);
    }
    struct read_result twice = read_arguments((const char *const[]){path, path, NULL});
    assert_false(twice.ok);
    support_check_error("twice", &twice.error, EXIT_WRONG_USE, "unexpected argument",
                        "usage: rollcall report [DEFINITION]");
    forget(&twice);
    free(path);
}

/* Standard, definition, environment, command line: the later wins. */
static void test_precedence(void **state)
{
    char *path = support_path(*state, "weekly.json");
    support_write_file(path, "{\"page_size\": 20, \"label\": [\"d1\", \"d2\"], \"quiet\": true,"
                             " \"columns\": \"id\", \"retries\": 2}");
    struct read_result result = read_arguments((const char *const[]){path, NULL});
    assert_int_equal(result.settings.page_size, 20);
    assert_int_equal(result.settings.labels.count, 2);
    assert_int_equal(result.settings.connections, 8);
    forget(&result);

    setenv("ROLLCALL_PAGE_SIZE", "30", 1);
    setenv("ROLLCALL_LABEL", "e1,e2", 1);
    setenv("ROLLCALL_QUIET", "false", 1);
    setenv("ROLLCALL_COLUMNS", "name,email", 1);
    setenv("ROLLCALL_RETRIES", "", 1); /* as if it were not there */
    result = read_arguments((const char *const[]){path, NULL});
    assert_int_equal(result.settings.page_size, 30);
    assert_int_equal(result.settings.labels.count, 1);
    assert_string_equal(result.settings.labels.items[0], "e1,e2");
    assert_int_equal(result.settings.columns.count, 2);
    assert_int_equal(result.settings.retries, 2);
    assert_false(result.settings.quiet);
    forget(&result);

    result = read_arguments((const char *const[]){path, "--page-size=40", "--label", "c1",
                                                  "--label", "c2", "--quiet", NULL});
    assert_int_equal(result.settings.page_size, 40);
    assert_int_equal(result.settings.labels.count, 2);
    assert_string_equal(result.settings.labels.items[1], "c2");
    assert_true(result.settings.quiet);
    forget(&result);
    clear_environment();
    free(path);
}

static void test_help(void **state)
{
    (void)state;
    const char *const forms[][4] = {{"--help", NULL},
                                    {"-h", NULL},
                                    {"-o", "out", "-h", NULL},
                                    {"--help", "--unknown", NULL},
                                    {"gone.json", "-h", NULL}};
    for (size_t i = 0; i < COUNT(forms); i++) {
        struct read_result result = read_arguments(forms[i]);
        assert_true(result.ok);
        assert_true(result.wants_help);
        forget(&result);
    }
}

struct refused_case {
    const char *arguments[ARGUMENTS_MAX + 1];
    const char *message;
    const char *hint;
};

static const struct refused_case refused[] = {
    {{"--outptu", "x"}, "unknown option '--outptu'", "did you mean --output?"},
    {{"--outptu=x"}, "unknown option '--outptu'", "did you mean --output?"},
    {{"--lable=x"}, "unknown option '--lable'", "did you mean --label?"},
    {{"--page_sizes=x"}, "unknown option '--page_sizes'", "did you mean --page-size?"},
    {{"--completely-different"}, "unknown option '--completely-different'", "rollcall help report"},
    {{"-x"}, "unknown option '-x'", NULL},
    {{"-vx"}, "unknown option '-vx'", NULL},
    {{"-o"}, "option '-o' needs a value", "rollcall help report"},
    {{"-v", "--output"}, "option '--output' needs a value", "rollcall help report"},
    {{"--quiet=yes"}, "option '--quiet' takes no value", NULL},
    {{"-o", ""}, "--output: an empty value", ""},
    {{"--output="}, "--output: an empty value", ""},
    {{"--label="}, "--label: an empty value", ""},
    {{"--page-size", "0"}, "--page-size: '0' is not a whole number from 1 to 1000", ""},
    {{"--page-size", "1001"}, "--page-size: '1001' is not a whole number", ""},
    {{"--page-size", "ten"}, "--page-size: 'ten' is not a whole number", ""},
    {{"--page-size", "10x"}, "--page-size: '10x' is not a whole number", ""},
    {{"--page-size", "1.5"}, "--page-size: '1.5' is not a whole number", ""},
    {{"--page-size", "99999999999999999999"}, "is not a whole number", ""},
    {{"--connections", "65"}, "--connections: '65' is not a whole number from 1 to 64", ""},
    {{"--retries", "-1"}, "--retries: '-1' is not a whole number from 0 to 100", ""},
    {{"--timeout", "0"}, "--timeout: '0' is not a number of seconds above 0 and up to 3600", ""},
    {{"--patience", "-1"}, "--patience: '-1' is not a number of seconds", ""},
    {{"--timeout", "3600.1"}, "--timeout: '3600.1' is not a number of seconds", ""},
    {{"--timeout", "-1"}, "--timeout: '-1' is not a number of seconds", ""},
    {{"--timeout", "nan"}, "--timeout: 'nan' is not a number of seconds", ""},
    {{"--timeout", "5s"}, "--timeout: '5s' is not a number of seconds", ""},
    {{"--sort", "id"}, "--sort: 'id' is not one of the possible values", "created_at"},
    {{"--direction", "up"}, "--direction: 'up' is not one of the possible values", "asc or desc"},
    {{"--as-of", "yesterday"}, "--as-of: 'yesterday' is no date or time", "2026-11-22"},
    {{"--timezone", "Berlin"}, "--timezone: there is no time zone 'Berlin'", "Europe/Berlin"},
    {{"--columns", "id,,name"}, "--columns: an empty value", ""},
    {{"--columns", "id,name,"}, "--columns: an empty value", ""},
    {{"--columns", "id,nome"}, "--columns: there is no column 'nome'", "columns: id, name, "},
    {{"--columns", "custom."}, "--columns: there is no column 'custom.'", NULL},
    {{"--order-by", "nome"}, "--order-by: there is no column 'nome'", "custom.KEY"},
    {{"--order-by", "nome:desc"}, "--order-by: there is no column 'nome'", NULL},
    {{"--order-by", "name:down"}, "--order-by: there is no column 'name:down'", NULL},
    {{"--order-by", ":desc"}, "--order-by: there is no column ''", NULL},
    {{"--lang", "tlh"},
     "--lang: there is no language 'tlh'",
     "en, zh-Hans, zh-Hant, ja, de, fr, es"},
    {{"--lang", ""}, "--lang: an empty value", NULL},
    {{"--activity-bounds", ""}, "--activity-bounds: '' is no list of activity bounds", "ascending"},
    {{"--activity-bounds", "7,1"}, "'7,1' is no list of activity bounds", "ascending"},
    {{"--activity-bounds", "1;7"}, "'1;7' is no list of activity bounds", NULL},
    {{"--activity-bounds", "1,7,"}, "'1,7,' is no list of activity bounds", "ascending"},
    {{"--activity-bounds", "36501"}, "'36501' is no list of activity bounds", "ascending"},
    {{"--activity-bounds", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21"},
     "is no list of activity bounds",
     "up to 20"},
    {{"gone.json"}, "gone.json: No such file", NULL},
};

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct read_result result = read_arguments(refused[i].arguments);
        if (result.ok)
            fail_msg("accepted: %s", refused[i].arguments[0]);
        support_check_error(refused[i].arguments[0], &result.error, EXIT_WRONG_USE,
                            refused[i].message, refused[i].hint);
        forget(&result);
    }
}

static void test_accepted_values(void **state)
{
    (void)state;
    struct read_result result = read_arguments((const char *const[]){
        "--timeout=0.0001", "--as-of=2026-11-22T08:00:00+01:00", "--columns=custom.a:b,id",
        "--order-by=custom.a:b:desc", "--activity-bounds=1,36500", "--label=a,b", NULL});
    if (!result.ok)
        fail_msg("%s", result.error.message);
    assert_int_equal(result.settings.timeout_ms, 1);
    assert_int_equal(result.settings.columns.count, 2);
    assert_string_equal(result.settings.columns.items[0], "custom.a:b");
    assert_string_equal(result.settings.order.column, "custom.a:b");
    assert_true(result.settings.order.descending);
    assert_true(result.settings.as_of.is_told);
    assert_int_equal(result.settings.as_of.time.offset_seconds, 3600);
    assert_int_equal(result.settings.activity_bounds.count, 2);
    assert_string_equal(result.settings.labels.items[0], "a,b");
    forget(&result);
}

static void test_environment_errors(void **state)
{
    (void)state;
    setenv("ROLLCALL_PAGE_SIZE", "many", 1);
    struct read_result result = read_arguments((const char *const[]){NULL});
    assert_false(result.ok);
    support_check_error("number", &result.error, EXIT_WRONG_USE,
                        "ROLLCALL_PAGE_SIZE: 'many' is not a whole number", "");
    forget(&result);
    unsetenv("ROLLCALL_PAGE_SIZE");
    setenv("ROLLCALL_CSV_RAW", "yes", 1);
    result = read_arguments((const char *const[]){NULL});
    assert_false(result.ok);
    support_check_error("flag", &result.error, EXIT_WRONG_USE,
                        "ROLLCALL_CSV_RAW: 'yes' is neither true nor false", "");
    forget(&result);
    unsetenv("ROLLCALL_CSV_RAW");
}

/* One argument may hold more options than there are arguments. */
static void test_many_letters(void **state)
{
    (void)state;
    struct read_result result = read_arguments((const char *const[]){"-vvvvvvvvvvvvvvvv", NULL});
    assert_true(result.ok);
    assert_true(result.settings.verbose);
    forget(&result);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_reading),
        TEST(test_standard),
        TEST(test_definition_argument),
        TEST(test_precedence),
        TEST(test_help),
        TEST(test_refused),
        TEST(test_accepted_values),
        TEST(test_environment_errors),
        TEST(test_many_letters),
    };
    return cmocka_run_group_tests_name("command_line", tests, NULL, NULL);
}
