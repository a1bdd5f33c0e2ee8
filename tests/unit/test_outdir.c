/* A directory of outputs that appears as a whole or not at all. */
#include "base/memory.h"
#include "support.h"
#include "support_outdir.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_fresh(void **state)
{
    char *target = support_path(*state, "out");
    struct outdir *outdir;
    struct error error;
    assert_true(support_begin(&outdir, target, &error));
    assert_string_equal(outdir_target(outdir), target);
    assert_int_equal(access(target, F_OK), -1);
    support_write_outputs(outdir, "one");
    assert_int_equal(access(target, F_OK), -1);
    assert_true(outdir_commit(outdir, &error));
    outdir_free(outdir);
    support_check_report(target, "one");
    struct stat status;
    assert_int_equal(stat(target, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_int_equal(support_count_entries(target), 3);
    assert_int_equal(support_count_entries(*state), 1);
    free(target);
}

static void test_replaces_former_run(void **state)
{
    char *target = support_path(*state, "out");
    support_run(target, "one");
    support_run(target, "two");
    support_check_report(target, "two");
    /* Trailing slashes make no difference. */
    char *slashed = memory_print("%s//", target);
    support_run(slashed, "three");
    support_check_report(target, "three");
    assert_int_equal(support_count_entries(*state), 1);
    free(slashed);
    free(target);
}

static void test_empty_directory(void **state)
{
    char *target = support_path(*state, "out");
    assert_int_equal(mkdir(target, 0755), 0);
    support_run(target, "one");
    support_check_report(target, "one");
    assert_int_equal(support_count_entries(*state), 1);
    free(target);
}

static void test_free_leaves_nothing(void **state)
{
    char *target = support_path(*state, "out");
    struct outdir *outdir;
    struct error error;
    support_run(target, "one");
    assert_true(support_begin(&outdir, target, &error));
    support_write_output(outdir, "report.txt", "two");
    outdir_free(outdir);
    support_check_report(target, "one");
    assert_int_equal(support_count_entries(*state), 1);
    outdir_free(NULL);
    free(target);
}

/* Whatever has kept it from being written. */
static void test_missing_output(void **state)
{
    char *target = support_path(*state, "out");
    struct outdir *outdir;
    struct error error;
    support_run(target, "one");
    assert_true(support_begin(&outdir, target, &error));
    support_write_output(outdir, "report.txt", "two");
    support_write_output(outdir, support_mark, "MARK");
    assert_false(outdir_commit(outdir, &error));
    support_check_error("commit", &error, EXIT_OUTPUT, "out/other.txt: cannot be written: ", NULL);
    outdir_free(outdir);
    support_check_report(target, "one");
    assert_int_equal(support_count_entries(*state), 1);
    free(target);
}

/* What is not made this time has to go, though a former run has left it. */
static void test_make_only(void **state)
{
    static const char *const made[] = {"report.txt", "data.db", NULL};
    char *target = support_path(*state, "out");
    struct outdir *outdir;
    struct error error;
    assert_true(support_begin(&outdir, target, &error));
    support_write_outputs(outdir, "one");
    assert_true(outdir_commit(outdir, &error));
    outdir_free(outdir);
    assert_int_equal(support_count_entries(target), 3);
    assert_true(support_begin(&outdir, target, &error));
    outdir_make_only(outdir, made);
    support_write_output(outdir, "report.txt", "two");
    support_write_output(outdir, support_mark, "MARK");
    assert_true(outdir_commit(outdir, &error));
    outdir_free(outdir);
    support_check_report(target, "two");
    assert_int_equal(support_count_entries(target), 2);
    free(target);
}

static void test_parents(void **state)
{
    char *target = support_path(*state, "a/b/c/out");
    struct outdir *outdir;
    struct error error;
    assert_true(support_begin(&outdir, target, &error));
    support_write_output(outdir, support_mark, "MARK");
    outdir_free(outdir);
    assert_int_equal(support_count_entries(*state), 0);

    char *above = support_path(*state, "a");
    assert_int_equal(mkdir(above, 0700), 0);
    assert_true(support_begin(&outdir, target, &error));
    outdir_free(outdir);
    assert_int_equal(support_count_entries(above), 0); /* what was there stays */

    support_run(target, "one");
    support_check_report(target, "one");
    assert_int_equal(support_count_entries(above), 1);
    free(above);
    free(target);
}

static void test_symbolic_link(void **state)
{
    char *real = support_path(*state, "real");
    char *link = support_path(*state, "link");
    assert_int_equal(mkdir(real, 0700), 0);
    assert_int_equal(symlink("real", link), 0);
    support_run(link, "one");
    support_run(link, "two");
    struct stat status;
    assert_int_equal(lstat(link, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    support_check_report(real, "two");
    assert_int_equal(support_count_entries(*state), 2);
    free(real);
    free(link);
}

/* A link that leads nowhere yet stays a link or is refused; in no case does litter stay behind. */
static void test_dangling_link(void **state)
{
    static const char *const spellings[] = {"link", "link/"};
    char *link = support_path(*state, "link");
    assert_int_equal(symlink("not-there-yet", link), 0);
    for (size_t i = 0; i < COUNT(spellings); i++) {
        char *path = support_path(*state, spellings[i]);
        struct outdir *outdir;
        struct error error;
        bool accepted = support_begin(&outdir, path, &error);
        if (accepted) {
            support_write_outputs(outdir, "one");
            accepted = outdir_commit(outdir, &error);
            outdir_free(outdir);
        }
        struct stat status;
        assert_int_equal(lstat(link, &status), 0);
        assert_true(S_ISLNK(status.st_mode));
        assert_int_equal(support_count_entries(*state), accepted ? 2 : 1);
        free(path);
    }
    free(link);
}

static void test_long_name(void **state)
{
    char name[256];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    char *target = support_path(*state, name);
    support_run(target, "one");
    support_check_report(target, "one");
    free(target);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fresh),           TEST(test_replaces_former_run),
        TEST(test_empty_directory), TEST(test_free_leaves_nothing),
        TEST(test_missing_output),  TEST(test_make_only),
        TEST(test_parents),         TEST(test_symbolic_link),
        TEST(test_dangling_link),   TEST(test_long_name),
    };
    return cmocka_run_group_tests_name("outdir", tests, NULL, NULL);
}
