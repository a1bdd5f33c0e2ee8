/* A file that appears as a whole or not at all. */
#include "base/file/newfile.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_marked(const char *path)
{
    char *text = support_read_file(path);
    bool marked = strncmp(text, "MARK", 4) == 0;
    free(text);
    return marked;
}

static void make(const char *path, const char *text)
{
    struct newfile *newfile;
    struct error error = {0};
    if (!newfile_begin(&newfile, path, is_marked, is_marked, &error))
        fail_msg("%s", error.message);
    support_write_file(workfile_path(newfile_workfile(newfile)), text);
    if (!newfile_commit(newfile, &error))
        fail_msg("%s", error.message);
    newfile_free(newfile);
}

static void check_text(const char *path, const char *expected)
{
    char *text = support_read_file(path);
    assert_string_equal(text, expected);
    free(text);
}

static void test_appears_whole(void **state)
{
    char *path = support_path(*state, "new");
    struct newfile *newfile;
    struct error error = {0};
    assert_true(newfile_begin(&newfile, path, is_marked, is_marked, &error));
    assert_string_equal(newfile_target(newfile), path);
    support_write_file(workfile_path(newfile_workfile(newfile)), "MARK one");
    assert_int_equal(access(path, F_OK), -1);
    assert_true(newfile_commit(newfile, &error));
    newfile_free(newfile);
    check_text(path, "MARK one");

    make(path, "MARK two");
    check_text(path, "MARK two");
    assert_int_equal(support_count_entries(*state), 1);
    free(path);
}

static void test_given_up(void **state)
{
    char *path = support_path(*state, "new");
    struct newfile *newfile;
    struct error error = {0};
    make(path, "MARK one");
    assert_true(newfile_begin(&newfile, path, is_marked, is_marked, &error));
    support_write_file(workfile_path(newfile_workfile(newfile)), "MARK two");
    newfile_free(newfile);
    newfile_free(NULL);
    check_text(path, "MARK one");
    assert_int_equal(support_count_entries(*state), 1);
    free(path);
}

static void check_refused(const char *path, const char *message_part)
{
    struct newfile *newfile;
    struct error error = {0};
    assert_false(newfile_begin(&newfile, path, is_marked, is_marked, &error));
    support_check_error(path, &error, EXIT_OUTPUT, message_part, NULL);
}

static void test_refused(void **state)
{
    char *foreign = support_path(*state, "foreign");
    char *link = support_path(*state, "link");
    char *below = support_path(foreign, "below");
    char *nowhere = support_path(*state, "none/new");
    char *slash = support_path(*state, "");
    support_write_file(foreign, "mine");
    assert_int_equal(symlink(foreign, link), 0);
    check_refused(foreign, "rollcall did not write it");
    check_refused(link, "rollcall did not write it");
    check_refused(below, "Not a directory");
    check_refused(nowhere, "No such file");
    check_refused(slash, "names no file");
    check_refused("..", "names no file");
    check_text(foreign, "mine");
    assert_int_equal(support_count_entries(*state), 2);
    free(foreign);
    free(link);
    free(below);
    free(nowhere);
    free(slash);
}

/* One that somebody puts there in the meantime is not written over either. */
static void test_taken_meanwhile(void **state)
{
    char *path = support_path(*state, "new");
    struct newfile *newfile;
    struct error error = {0};
    assert_true(newfile_begin(&newfile, path, is_marked, is_marked, &error));
    support_write_file(workfile_path(newfile_workfile(newfile)), "MARK one");
    support_write_file(path, "mine");
    assert_false(newfile_commit(newfile, &error));
    support_check_error("taken", &error, EXIT_OUTPUT, "rollcall did not write it", NULL);
    newfile_free(newfile);
    check_text(path, "mine");
    assert_int_equal(support_count_entries(*state), 1);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_appears_whole, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_given_up, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_refused, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_taken_meanwhile, support_setup_directory,
                                        support_teardown_directory),
    };
    return cmocka_run_group_tests_name("newfile", tests, NULL, NULL);
}
