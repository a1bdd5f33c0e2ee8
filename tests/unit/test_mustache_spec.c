/* The Mustache specification's own cases. */
#include "support_mustache.h"

#include "support.h"

#include "base/memory.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *member_text(struct json_object *object, const char *key)
{
    return json_object_get_string(json_object_object_get(object, key));
}

/* Runs one of the specification's cases; false after saying what went wrong. */
static bool run_spec_case(const char *file, struct json_object *test)
{
    struct buffer out = {0};
    struct error error = {0};
    struct json_object *partials = json_object_object_get(test, "partials");
    const char *expected = member_text(test, "expected");
    bool done = support_render(member_text(test, "template"), partials,
                               json_object_object_get(test, "data"), MUSTACHE_MISSING_IS_EMPTY,
                               &out, &error);
    bool passed = done && strcmp(buffer_text(&out), expected) == 0;
    print_message("%s %s: %s\n", passed ? "pass" : "FAIL", file, member_text(test, "name"));
    if (!passed)
        print_error("  \"%s\" instead of \"%s\" %s\n", buffer_text(&out), expected, error.message);
    buffer_free(&out);
    return passed;
}

/* Runs the cases of one of the specification's files and adds up. */
static void run_spec_file(const char *shared, const char *file, size_t *run, size_t *passed)
{
    char *path = memory_print("%s/mustache-spec/%s", shared, file);
    struct json_object *document = json_object_from_file(path);
    free(path);
    assert_non_null(document);
    struct json_object *tests = json_object_object_get(document, "tests");
    size_t count = json_object_array_length(tests);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++)
        *passed += run_spec_case(file, json_object_array_get_idx(tests, i));
    *run += count;
    json_object_put(document);
}

static bool has_specification(const char *shared)
{
    char *folder = memory_print("%s/mustache-spec", shared ? shared : "");
    bool has = shared && access(folder, R_OK | X_OK) == 0;
    free(folder);
    return has;
}

static void test_specification(void **state)
{
    (void)state;
    static const char *const files[] = {"comments.json",    "delimiters.json", "interpolation.json",
                                        "inverted.json",    "partials.json",   "sections.json",
                                        "~inheritance.json"};
    const char *shared = getenv("ROLLCALL_SHARED");
    if (!has_specification(shared)) {
        print_message("SKIPPED: ROLLCALL_SHARED names no folder with mustache-spec/\n");
        skip();
    }
    size_t run = 0;
    size_t passed = 0;
    for (size_t i = 0; i < COUNT(files); i++)
        run_spec_file(shared, files[i], &run, &passed);
    print_message("specification: %zu of %zu cases passed\n", passed, run);
    assert_true(run > 0);
    assert_int_equal(passed, run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_specification),
    };
    return cmocka_run_group_tests_name("mustache, the specification", tests, NULL, NULL);
}
