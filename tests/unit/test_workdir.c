/* The private directory of outputs, and what killed processes left of theirs. */
#include "base/file/workdir.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {"one.csv", "two.csv", NULL};

static struct workdir *make(const char *parent)
{
    struct workdir *workdir;
    struct error error = {0};
    if (!workdir_make(&workdir, parent, "out", names, &error))
        fail_msg("%s", error.message);
    return workdir;
}

static void test_made_and_removed(void **state)
{
    struct workdir *workdir = make(*state);
    struct stat status;
    assert_int_equal(stat(workdir_path(workdir), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    char *file = support_path(workdir_path(workdir), "two.csv");
    support_write_file(file, "text");
    free(file);
    workdir_remove(workdir);
    assert_int_equal(support_count_entries(*state), 0);
    workdir_remove(NULL);
}

static void make_directory(const char *parent, const char *name, const char *file)
{
    char *directory = support_path(parent, name);
    assert_int_equal(mkdir(directory, 0700), 0);
    if (file) {
        char *path = support_path(directory, file);
        support_write_file(path, "text");
        free(path);
    }
    free(directory);
}

/* Of these only the first two are what a process left that was to make `out`. */
static void test_what_was_left(void **state)
{
    make_directory(*state, ".out.rollcall-a1B2c3", "one.csv");
    make_directory(*state, ".out.rollcall-000000", NULL);
    make_directory(*state, ".out.rollcall-foreign", NULL);
    make_directory(*state, ".out.rollcall-x1y2z3", "mine.txt");
    make_directory(*state, ".other.rollcall-a1B2c3", "one.csv");
    struct workdir *another = make(*state);
    struct workdir *workdir = make(*state);
    assert_string_not_equal(workdir_path(another), workdir_path(workdir));
    assert_int_equal(access(workdir_path(another), F_OK), 0);
    assert_int_equal(support_count_entries(*state), 5);
    workdir_remove(another);
    workdir_remove(workdir);
    assert_int_equal(support_count_entries(*state), 3);
}

static void test_cannot_be_made(void **state)
{
    char *nowhere = support_path(*state, "none");
    struct workdir *workdir;
    struct error error = {0};
    assert_false(workdir_make(&workdir, nowhere, "out", names, &error));
    support_check_error("nowhere", &error, EXIT_OUTPUT, "cannot write there", NULL);
    free(nowhere);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_made_and_removed),
        TEST(test_what_was_left),
        TEST(test_cannot_be_made),
    };
    return cmocka_run_group_tests_name("workdir", tests, NULL, NULL);
}
