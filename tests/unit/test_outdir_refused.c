/* Directories that are not replaced, and targets that cannot be made. */
#include "base/memory.h"
#include "support.h"
#include "support_outdir.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What somebody may have done to a former run's directory. */
static void add_foreign_file(const char *target)
{
    char *path = support_path(target, "thesis.doc");
    support_write_file(path, "mine");
    free(path);
}

static void change_file(const char *target)
{
    char *path = support_path(target, "report.txt");
    const struct timespec later[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 4000000000}};
    support_write_file(path, "corrected by hand");
    assert_int_equal(utimensat(AT_FDCWD, path, later, 0), 0);
    free(path);
}

static void add_folder(const char *target)
{
    char *path = support_path(target, "other.txt");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    free(path);
}

static void add_link(const char *target)
{
    char *path = support_path(target, "other.txt");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("report.txt", path), 0);
    free(path);
}

static void remove_mark(const char *target)
{
    char *path = support_path(target, support_mark);
    assert_int_equal(unlink(path), 0);
    free(path);
}

static void replace_mark(const char *target)
{
    char *path = support_path(target, support_mark);
    support_write_file(path, "somebody else's");
    free(path);
}

static void link_mark(const char *target)
{
    char *path = support_path(target, support_mark);
    char *moved = memory_print("%s.moved", target);
    assert_int_equal(rename(path, moved), 0);
    assert_int_equal(symlink(moved, path), 0);
    free(moved);
    free(path);
}

static const struct {
    void (*tamper)(const char *target);
    const char *message;
} tamperings[] = {
    {add_foreign_file, "not replaced: it holds 'thesis.doc', which rollcall did not write"},
    {change_file, "not replaced: it holds 'report.txt', which was changed after rollcall wrote it"},
    {add_folder, "not replaced: it holds 'other.txt', which rollcall did not write"},
    {add_link, "not replaced: it holds 'other.txt', which rollcall did not write"},
    {remove_mark, "not replaced: it holds 'report.txt', which rollcall did not write"},
    {replace_mark, "which rollcall did not write"},
    {link_mark, "which rollcall did not write"},
};

static void test_refuses_what_is_not_its_own(void **state)
{
    for (size_t i = 0; i < COUNT(tamperings); i++) {
        char *name = memory_print("out%zu", i);
        char *target = support_path(*state, name);
        support_run(target, "one");
        int before = support_count_entries(*state);
        tamperings[i].tamper(target);
        int entries = support_count_entries(target);
        support_refuse(target, tamperings[i].message, "choose another directory with -o");
        assert_int_equal(support_count_entries(target), entries);
        assert_in_range(support_count_entries(*state), before, before + 1); /* the moved mark */
        free(target);
        free(name);
    }
}

/* Between beginning and committing the target is looked at again. */
static void test_changed_meanwhile(void **state)
{
    char *target = support_path(*state, "out");
    struct outdir *outdir;
    struct error error;
    support_run(target, "one");
    assert_true(support_begin(&outdir, target, &error));
    support_write_outputs(outdir, "two");
    add_foreign_file(target);
    assert_false(outdir_commit(outdir, &error));
    support_check_error("commit", &error, EXIT_OUTPUT, "it holds 'thesis.doc'", NULL);
    outdir_free(outdir);
    support_check_report(target, "one");
    assert_int_equal(support_count_entries(*state), 1);
    free(target);
}

static void test_current_directory(void **state)
{
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    char *target = support_path(*state, "here");
    assert_int_equal(mkdir(target, 0700), 0);
    assert_int_equal(chdir(target), 0);
    support_refuse(target, "the current directory cannot be replaced", "with -o");
    support_refuse(".", "the current directory cannot be replaced", "with -o");
    support_refuse("../here/", "the current directory cannot be replaced", "with -o");
    support_refuse("", NULL, NULL);
    support_run("relative/out", "one");
    support_check_report("relative/out", "one");
    assert_int_equal(chdir(before), 0);
    free(target);
}

static void test_bad_targets(void **state)
{
    char *file = support_path(*state, "file");
    char *below = support_path(*state, "file/out");
    char *deeper = support_path(*state, "file/a/b/out");
    support_write_file(file, "text");
    support_refuse(file, "file: Not a directory", NULL);
    support_refuse(below, NULL, NULL);
    support_refuse(deeper, NULL, NULL);
    support_refuse("/", "/: not a directory that can be made", NULL);
    assert_int_equal(support_count_entries(*state), 1);
    char *text = support_read_file(file);
    assert_string_equal(text, "text");
    free(text);
    free(file);
    free(below);
    free(deeper);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_refuses_what_is_not_its_own),
        TEST(test_changed_meanwhile),
        TEST(test_current_directory),
        TEST(test_bad_targets),
    };
    return cmocka_run_group_tests_name("outdir, refused", tests, NULL, NULL);
}
