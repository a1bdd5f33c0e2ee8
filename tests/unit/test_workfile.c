/* A file that one process works on, kept or removed. */
#include "base/file/workfile.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_marked(const char *path)
{
    char *text = support_read_file(path);
    bool marked = strncmp(text, "MARK", 4) == 0;
    free(text);
    return marked;
}

static struct workfile *take(const char *path)
{
    struct workfile *workfile;
    struct error error = {0};
    if (!workfile_open(&workfile, path, is_marked, &error))
        fail_msg("%s", error.message);
    return workfile;
}

static void test_removed_unless_kept(void **state)
{
    char *path = support_path(*state, "new.partial");
    char *log = support_path(*state, "new.partial-wal");
    struct stat status;
    workfile_free(take(path));
    assert_int_equal(support_count_entries(*state), 0);

    struct workfile *workfile = take(path);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    support_write_file(path, "MARK");
    support_write_file(log, "log");
    workfile_keep(workfile);
    workfile_free(workfile);
    assert_int_equal(support_count_entries(*state), 2);

    workfile = take(path);
    workfile_keep(workfile);
    workfile_discard(workfile);
    workfile_free(workfile);
    assert_int_equal(support_count_entries(*state), 0);
    workfile_free(NULL);
    free(path);
    free(log);
}

static void test_cleared(void **state)
{
    char *path = support_path(*state, "new.partial");
    char *log = support_path(*state, "new.partial-journal");
    struct error error = {0};
    support_write_file(path, "MARK one");
    support_write_file(log, "log");
    struct workfile *workfile = take(path);
    assert_true(workfile_clear(workfile, &error));
    char *text = support_read_file(path);
    assert_string_equal(text, "");
    free(text);
    assert_int_equal(support_count_entries(*state), 1);
    workfile_free(workfile);
    free(path);
    free(log);
}

static void test_moved(void **state)
{
    char *path = support_path(*state, "new.partial");
    char *target = support_path(*state, "new");
    char *nowhere = support_path(*state, "none/new");
    struct error error = {0};
    struct workfile *workfile = take(path);
    support_write_file(path, "MARK one");
    assert_false(workfile_move(workfile, nowhere, &error));
    support_check_error("moved", &error, EXIT_OUTPUT, "No such file", NULL);
    assert_true(workfile_move(workfile, target, &error));
    workfile_free(workfile);
    assert_true(is_marked(target));
    assert_int_equal(support_count_entries(*state), 1);
    free(path);
    free(target);
    free(nowhere);
}

static void check_refused(const char *path, const char *message_part)
{
    struct workfile *workfile;
    struct error error = {0};
    assert_false(workfile_open(&workfile, path, is_marked, &error));
    support_check_error(path, &error, EXIT_OUTPUT, message_part, NULL);
}

static void test_refused(void **state)
{
    char *foreign = support_path(*state, "foreign");
    char *link = support_path(*state, "link");
    char *nowhere = support_path(*state, "none/new");
    support_write_file(foreign, "mine");
    assert_int_equal(symlink(foreign, link), 0);
    check_refused(foreign, "is in the way: rollcall did not write it");
    check_refused(link, "is in the way: it is a symbolic link");
    check_refused(nowhere, "No such file");
    check_refused(*state, "Is a directory");
    assert_int_equal(support_count_entries(*state), 2);
    free(foreign);
    free(link);
    free(nowhere);
}

/* What others could read or write is not taken, be it empty or of the program's own kind. */
static void test_refused_where_others_have_access(void **state)
{
    static const mode_t loose[] = {0666, 0660, 0640, 0604, 0620, 0601};
    char *path = support_path(*state, "new.partial");
    for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
        support_write_file(path, i % 2 ? "MARK" : "");
        assert_int_equal(chmod(path, loose[i]), 0);
        check_refused(path, "is in the way: its mode lets others read or write it");
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(mkfifo(path, 0600), 0);
    check_refused(path, "is in the way: it is no regular file");
    free(path);
}

static void test_refused_by_another_name(void **state)
{
    char *path = support_path(*state, "new.partial");
    char *other = support_path(*state, "other");
    support_write_file(other, "MARK");
    assert_int_equal(link(other, path), 0);
    check_refused(path, "is in the way: it has a second name (a hard link)");
    free(path);
    free(other);
}

/* SQLite would read a journal or a log that somebody else has put there, and write into it. */
static void test_refused_for_what_stands_beside(void **state)
{
    static const char *const endings[] = {"-journal", "-wal", "-shm"};
    char *path = support_path(*state, "new.partial");
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char name[32];
        snprintf(name, sizeof name, "new.partial%s", endings[i]);
        char *beside = support_path(*state, name);
        support_write_file(beside, "");
        assert_int_equal(chmod(beside, 0666), 0);
        check_refused(path, name);
        assert_int_equal(unlink(beside), 0);
        assert_int_equal(symlink("elsewhere", beside), 0);
        check_refused(path, "is in the way: it is no regular file");
        assert_int_equal(unlink(beside), 0);
        free(beside);
    }
    free(path);
}

/* Beside a file that is worked on already, too. */
static void test_checked_once_more(void **state)
{
    char *path = support_path(*state, "new.partial");
    char *log = support_path(*state, "new.partial-wal");
    struct error error = {0};
    struct workfile *workfile = take(path);
    support_write_file(log, "");
    assert_true(workfile_check_beside(workfile, &error));
    assert_int_equal(chmod(log, 0622), 0);
    assert_false(workfile_check_beside(workfile, &error));
    support_check_error(log, &error, EXIT_OUTPUT, "its mode lets others read or write it", NULL);
    workfile_free(workfile);
    free(path);
    free(log);
}

static void test_one_at_a_time(void **state)
{
    char *path = support_path(*state, "new.partial");
    struct workfile *workfile = take(path);
    check_refused(path, "another run is working on it");
    workfile_keep(workfile);
    workfile_free(workfile);
    workfile_free(take(path));
    free(path);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_removed_unless_kept),
        TEST(test_cleared),
        TEST(test_moved),
        TEST(test_refused),
        TEST(test_one_at_a_time),
        TEST(test_refused_where_others_have_access),
        TEST(test_refused_by_another_name),
        TEST(test_refused_for_what_stands_beside),
        TEST(test_checked_once_more),
    };
    umask(S_IRWXG | S_IRWXO); /* as the program does */
    return cmocka_run_group_tests_name("workfile", tests, NULL, NULL);
}
