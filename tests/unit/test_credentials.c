/* The API key and secret: found, or refused. */
#include "fetch/http/credentials.h"

#include "base/memory.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* An empty home, and nothing in the environment. */
static int setup(void **state)
{
    support_setup_directory(state);
    setenv("HOME", *state, 1);
    unsetenv("ROLLCALL_API_KEY");
    unsetenv("ROLLCALL_API_SECRET");
    return 0;
}

struct found_case {
    const char *text; /* what the file holds or the command prints */
    const char *key;  /* NULL: refused */
    const char *secret;
};

static const struct found_case file_cases[] = {
    {"{\"api_key\":\"k\",\"api_secret\":\"s\"}", "k", "s"},
    {"\n { \"api_secret\": \"s:1\", \"api_key\": \"k-1\", \"note\": 7 }\n", "k-1", "s:1"},
    {"{\"api_key\":\"k\u00E9\",\"api_secret\":\"s \u4E2D\"}", "k\u00E9", "s \u4E2D"},
    {"", NULL, NULL},
    {"k\ns\n", NULL, NULL},
    {"{\"api_key\":\"k\"}", NULL, NULL},
    {"{\"api_key\":\"k\",\"api_secret\":null}", NULL, NULL},
    {"{\"api_key\":\"k\",\"api_secret\":7}", NULL, NULL},
    {"{\"api_key\":\"\",\"api_secret\":\"s\"}", NULL, NULL},
    {"{\"api_key\":\"k\",\"api_secret\":\"\"}", NULL, NULL},
    {"{\"api_key\":\"k:1\",\"api_secret\":\"s\"}", NULL, NULL},
    {"{\"api_key\":\"k\",\"api_secret\":\"s\\r\\nHost: x\"}", NULL, NULL},
    {"{\"api_key\":\"k\\t\",\"api_secret\":\"s\"}", NULL, NULL},
    {"{\"api_key\":\"k\",\"api_secret\":\"s\\u007f\"}", NULL, NULL},
    {"[\"k\",\"s\"]", NULL, NULL},
    {"{\"api_key\":\"k\",\"api_secret\":\"s\"", NULL, NULL},
    {"null", NULL, NULL},
};

static void check_found(const struct found_case *c, bool found,
                        const struct credentials *credentials)
{
    if (found != (c->key != NULL))
        fail_msg("'%s': %s", c->text, found ? "accepted" : "refused");
    if (found) {
        assert_string_equal(credentials->key, c->key);
        assert_string_equal(credentials->secret, c->secret);
    } else {
        assert_null(credentials->key);
        assert_null(credentials->secret);
    }
}

static void test_files(void **state)
{
    char *path = support_path(*state, "key.json");
    for (size_t i = 0; i < COUNT(file_cases); i++) {
        struct credentials credentials;
        struct error error = {0};
        support_write_file(path, file_cases[i].text);
        assert_int_equal(chmod(path, 0600), 0);
        bool found = credentials_find(&credentials, NULL, path, &error);
        check_found(&file_cases[i], found, &credentials);
        if (found)
            assert_string_equal(credentials.origin, path);
        else
            support_check_error(file_cases[i].text, &error, EXIT_UNAUTHORISED,
                                "key.json: no usable API key and secret there", "\"api_key\"");
        credentials_forget(&credentials);
        assert_null(credentials.key);
        credentials_forget(&credentials);
    }
    free(path);
}

static void test_file_modes(void **state)
{
    static const struct {
        mode_t mode;
        const char *message; /* NULL: accepted */
    } cases[] = {
        {0600, NULL},
        {0400, NULL},
        {0700, NULL},
        {0640, "others can get at it (mode 640)"},
        {0604, "others can get at it (mode 604)"},
        {0620, "others can get at it (mode 620)"},
        {0601, "others can get at it (mode 601)"},
        {0644, "others can get at it (mode 644)"},
    };
    char *path = support_path(*state, "key.json");
    support_write_file(path, "{\"api_key\":\"k\",\"api_secret\":\"hush-hush\"}");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct credentials credentials;
        struct error error = {0};
        assert_int_equal(chmod(path, cases[i].mode), 0);
        bool found = credentials_find(&credentials, NULL, path, &error);
        assert_int_equal(found, cases[i].message == NULL);
        if (!found)
            support_check_error("mode", &error, EXIT_UNAUTHORISED, cases[i].message, "chmod 600 ");
        assert_null(strstr(error.message, "hush-hush"));
        credentials_forget(&credentials);
    }
    free(path);
}

static void test_no_file(void **state)
{
    struct credentials credentials;
    struct error error = {0};
    char *gone = support_path(*state, "gone.json");
    char *pipe = support_path(*state, "pipe");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_false(credentials_find(&credentials, NULL, gone, &error));
    support_check_error("gone", &error, EXIT_UNAUTHORISED, "gone.json: No such file", NULL);
    assert_false(credentials_find(&credentials, NULL, *state, &error));
    support_check_error("folder", &error, EXIT_UNAUTHORISED, "not a file", NULL);
    assert_false(credentials_find(&credentials, NULL, pipe, &error));
    support_check_error("pipe", &error, EXIT_UNAUTHORISED, "pipe: not a file", NULL);
    free(gone);
    free(pipe);
}

static void test_large_file(void **state)
{
    enum { BEYOND = 20000 };
    struct credentials credentials;
    struct error error = {0};
    char *path = support_path(*state, "key.json");
    char *text = memory_print("{\"api_key\":\"k\",\"api_secret\":\"s\"}%*s", BEYOND, "");
    support_write_file(path, text);
    assert_int_equal(chmod(path, 0600), 0);
    assert_false(credentials_find(&credentials, NULL, path, &error));
    support_check_error("large", &error, EXIT_UNAUTHORISED, "no usable API key", NULL);
    free(text);
    free(path);
}

static const struct {
    struct found_case found;
    const char *message;
} command_cases[] = {
    {{"printf '{\"api_key\":\"k\",\"api_secret\":\"s\"}'", "k", "s"}, NULL},
    {{"printf ' \\n{\"api_key\":\"k\",\"api_secret\":\"s\"}\\n'", "k", "s"}, NULL},
    {{"printf 'k\\ns\\n'", "k", "s"}, NULL},
    {{"printf 'k\\ns'", "k", "s"}, NULL},
    {{"printf 'k\\r\\ns:1\\r\\nmore\\n'", "k", "s:1"}, NULL},
    {{"printf 'k\\n'", NULL, NULL}, "no usable API key and secret there"},
    {{"printf ''", NULL, NULL}, "no usable API key and secret there"},
    {{"printf 'k:1\\ns\\n'", NULL, NULL}, "no usable API key and secret there"},
    {{"printf 'k\\ts\\n'", NULL, NULL}, "no usable API key and secret there"},
    {{"printf '{\"api_key\":\"k\"}'", NULL, NULL}, "no usable API key and secret there"},
    {{"printf 'k\\0\\ns\\n'", NULL, NULL}, "printed no credentials"},
    {{"printf 'k\\ns\\n'; exit 3", NULL, NULL}, "ended with exit code 3"},
    {{"false", NULL, NULL}, "ended with exit code 1"},
    {{"kill -9 $$", NULL, NULL}, "ended with signal 9"},
};

static void test_commands(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(command_cases); i++) {
        const struct found_case *c = &command_cases[i].found;
        struct credentials credentials;
        struct error error = {0};
        bool found = credentials_find(&credentials, c->text, NULL, &error);
        check_found(c, found, &credentials);
        if (!found)
            support_check_error(c->text, &error, EXIT_UNAUTHORISED, command_cases[i].message, NULL);
        if (!found)
            support_check_error(c->text, &error, EXIT_UNAUTHORISED,
                                "--credentials-command: ", NULL);
        credentials_forget(&credentials);
    }
}

static const struct {
    const char *key;
    const char *secret;
    bool found;
} environments[] = {
    {"k", "s", true}, {"k", NULL, false},  {NULL, "s", false},   {"", "s", false},
    {"k", "", false}, {"k:1", "s", false}, {"k", "s\nx", false}, {"k", "s:1", true},
};

static void test_environment(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(environments); i++) {
        unsetenv("ROLLCALL_API_KEY");
        unsetenv("ROLLCALL_API_SECRET");
        if (environments[i].key)
            setenv("ROLLCALL_API_KEY", environments[i].key, 1);
        if (environments[i].secret)
            setenv("ROLLCALL_API_SECRET", environments[i].secret, 1);
        struct credentials credentials;
        struct error error = {0};
        bool found = credentials_find(&credentials, NULL, NULL, &error);
        if (found != environments[i].found)
            fail_msg("environment %zu", i);
        if (found)
            assert_string_equal(credentials.secret, environments[i].secret);
        else
            support_check_error("environment", &error, EXIT_UNAUTHORISED,
                                "ROLLCALL_API_KEY and ROLLCALL_API_SECRET: no usable", NULL);
        credentials_forget(&credentials);
    }
}

static void test_order(void **state)
{
    struct credentials credentials;
    struct error error = {0};
    char *path = support_path(*state, "key.json");
    support_write_file(path, "{\"api_key\":\"of file\",\"api_secret\":\"s\"}");
    assert_int_equal(chmod(path, 0600), 0);
    setenv("ROLLCALL_API_KEY", "of environment", 1);
    setenv("ROLLCALL_API_SECRET", "s", 1);
    assert_true(credentials_find(&credentials, "printf 'of command\\ns'", path, &error));
    assert_string_equal(credentials.key, "of command");
    assert_string_equal(credentials.origin, "--credentials-command");
    credentials_forget(&credentials);
    assert_true(credentials_find(&credentials, NULL, path, &error));
    assert_string_equal(credentials.key, "of file");
    credentials_forget(&credentials);
    assert_true(credentials_find(&credentials, NULL, NULL, &error));
    assert_string_equal(credentials.key, "of environment");
    credentials_forget(&credentials);
    /* A source that was named and fails is not passed over for another. */
    assert_false(credentials_find(&credentials, "false", path, &error));
    free(path);
}

static void test_none(void **state)
{
    struct credentials credentials;
    struct error error = {0};
    assert_false(credentials_find(&credentials, NULL, NULL, &error));
    support_check_error("none", &error, EXIT_UNAUTHORISED, "no credentials for the API",
                        "ROLLCALL_API_KEY");
    unsetenv("HOME");
    assert_false(credentials_find(&credentials, NULL, NULL, &error));
    setenv("HOME", *state, 1);

    char *path = support_path(*state, ".netrc");
    support_write_file(path, "machine example.com login k password s\n");
    assert_true(credentials_find(&credentials, NULL, NULL, &error));
    assert_null(credentials.key);
    assert_null(credentials.secret);
    assert_string_equal(credentials.origin, "~/.netrc");
    credentials_forget(&credentials);
    free(path);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_files),    TEST(test_file_modes),  TEST(test_no_file), TEST(test_large_file),
        TEST(test_commands), TEST(test_environment), TEST(test_order),   TEST(test_none),
    };
    return cmocka_run_group_tests_name("credentials", tests, NULL, NULL);
}
