/* Templates from a folder, and from nowhere else. */
#include "support_mustache.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder_case {
    const char *template;
    const char *expected; /* NULL: fails */
    const char *message;  /* part of it */
};

static const struct folder_case folder_cases[] = {
    {"{{>good}}", "good", NULL},
    {"{{>gone}}", NULL, "t.mustache:1:1: there is no partial \"gone\""},
    {"{{>../outside}}", NULL, "t.mustache:1:1: a template cannot read files outside its folder"},
    {"{{>/etc/passwd}}", NULL, "a template cannot read files outside its folder: \"/etc/passwd\""},
    {"{{>sub/x}}", NULL, "a template cannot read files outside its folder"},
    {"{{>sub\\x}}", NULL, "a template cannot read files outside its folder"},
    {"{{>a..b}}", NULL, "a template cannot read files outside its folder"},
    {"{{>.hidden}}", NULL, "a template cannot read files outside its folder"},
    {"{{>..}}", NULL, "a template cannot read files outside its folder"},
    {"{{<../outside}}{{/../outside}}", NULL, "a template cannot read files outside its folder"},
    {"{{>leads_out}}", NULL, "/leads_out.mustache: is a link; a partial must be a plain file"},
    {"{{>leads_in}}", NULL, "/leads_in.mustache: is a link; a partial must be a plain file"},
    {"{{>sub}}", NULL, "/sub.mustache: is not a plain file"},
    {"{{>pipe}}", NULL, "/pipe.mustache: is not a plain file"},
    {"{{>broken}}", NULL, "/broken.mustache:2:1: \"x\" is opened here and never closed"},
    {"{{>large}}", NULL, "/large.mustache: the template is larger than 1048576 bytes"},
};

static void write_in(const char *folder, const char *name, const char *text)
{
    char *path = support_path(folder, name);
    support_write_file(path, text);
    free(path);
}

static void link_in(const char *folder, const char *name, const char *to)
{
    char *path = support_path(folder, name);
    assert_int_equal(symlink(to, path), 0);
    free(path);
}

/* The folder with what the cases name in it, and a file beside it. *state is the path above both.
 */
static int setup(void **state)
{
    support_setup_directory(state);
    const char *above = *state;
    char *folder = support_path(above, "folder");
    assert_int_equal(mkdir(folder, 0700), 0);
    write_in(above, "outside.mustache", "secret");
    write_in(folder, "good.mustache", "good");
    write_in(folder, "broken.mustache", "\n{{#x}}");
    write_in(folder, ".hidden.mustache", "hidden");
    struct buffer large = {0};
    support_append_times(&large, "0123456789abcdef", MUSTACHE_MAX_TEMPLATE_BYTES / 16 + 1);
    write_in(folder, "large.mustache", buffer_text(&large));
    buffer_free(&large);
    char *path = support_path(folder, "sub.mustache");
    assert_int_equal(mkdir(path, 0700), 0);
    free(path);
    path = support_path(folder, "pipe.mustache");
    assert_int_equal(mkfifo(path, 0600), 0);
    free(path);
    link_in(folder, "leads_out.mustache", "../outside.mustache");
    link_in(folder, "leads_in.mustache", "good.mustache");
    free(folder);
    return 0;
}

static void test_folder(void **state)
{
    char *path = support_path(*state, "folder");
    struct error error = {0};
    struct mustache_folder folder;
    assert_true(mustache_folder_open(&folder, path, &error));
    const struct mustache_loader loader = {mustache_folder_load, &folder};
    for (size_t i = 0; i < COUNT(folder_cases); i++) {
        const struct folder_case *c = &folder_cases[i];
        struct mustache_set *set = mustache_set_new(&loader, 1, MUSTACHE_MISSING_IS_ERROR);
        struct buffer out = {0};
        assert_true(mustache_add(set, "t", "t.mustache", c->template, strlen(c->template), &error));
        bool done = mustache_render(set, "t", NULL, &out, &error);
        assert_int_equal(done, c->expected != NULL);
        if (done)
            assert_string_equal(buffer_text(&out), c->expected);
        else if (!strstr(error.message, c->message) || error.code != EXIT_WRONG_USE)
            fail_msg("%s: \"%s\" does not say \"%s\"", c->template, error.message, c->message);
        buffer_free(&out);
        mustache_set_free(set);
    }
    mustache_folder_close(&folder);
    free(path);
}

static void test_template_file(void **state)
{
    char *path = support_path(*state, "outside.mustache");
    char *gone = support_path(*state, "gone");
    char *pipe = support_path(*state, "folder/pipe.mustache");
    struct error error = {0};
    struct mustache_set *set = mustache_set_new(NULL, 0, MUSTACHE_MISSING_IS_ERROR);
    struct buffer out = {0};
    assert_true(mustache_add_file(set, "main", path, &error));
    assert_true(mustache_render(set, "main", NULL, &out, &error));
    assert_string_equal(buffer_text(&out), "secret");
    assert_false(mustache_add_file(set, "gone", gone, &error));
    assert_non_null(strstr(error.message, "/gone: cannot be read: "));
    assert_false(mustache_add_file(set, "pipe", pipe, &error));
    assert_non_null(strstr(error.message, "/pipe.mustache: is not a plain file"));
    struct mustache_folder folder;
    assert_false(mustache_folder_open(&folder, gone, &error));
    mustache_folder_close(&folder);
    buffer_free(&out);
    mustache_set_free(set);
    free(pipe);
    free(gone);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_folder, setup, support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_template_file, setup, support_teardown_directory),
    };
    return cmocka_run_group_tests_name("mustache, its folder", tests, NULL, NULL);
}
