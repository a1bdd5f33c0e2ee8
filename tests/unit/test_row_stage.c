/* The stage between the rows and the writers: what it passes, changes and refuses. */
#include "write/row_stage.h"

#include "base/arena.h"
#include "snapshot/snapshot.h"
#include "support.h"
#include "support_snapshot.h"
#include "write/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char contacts[] = "[{\"id\":1,\"name\":\"Ann\",\"email\":\"ann@one.example\"},"
                               "{\"id\":2,\"name\":\"Ben\"},"
                               "{\"id\":3,\"name\":\"Cy\",\"email\":\"fails\"},"
                               "{\"id\":4,\"name\":\"Dee\",\"email\":\"dee@two.example\"}]";

static const char *const names[] = {"id", "name", "email"};

struct looking {
    bool fails; /* at the contact that says so */
    int looked;
    int refused;
    char reason[32];
    char value[32];
};

/* Refuses who has no email, fails or refuses at one, and shortens the other names. */
static bool look(void *context, struct cell *cells, struct refusal *refusal, struct error *error)
{
    struct looking *looking = context;
    looking->looked++;
    if (cells[2].kind == CELL_EMPTY) {
        *refusal = (struct refusal){"no_email", cells[1].text};
        return true;
    }
    if (strcmp(cells[2].text, "fails") == 0) {
        *refusal = (struct refusal){"bad_email", cells[2].text};
        return !looking->fails || error_set(error, EXIT_UNEXPECTED, "the stage fails");
    }
    cells[1].text = "X";
    return true;
}

static bool note_refused(void *context, const struct cell *cells, const struct refusal *refusal,
                         struct error *error)
{
    struct looking *looking = context;
    (void)error;
    assert_string_equal(cells[0].text, looking->refused++ ? "3" : "2");
    snprintf(looking->reason, sizeof looking->reason, "%s", refusal->reason);
    snprintf(looking->value, sizeof looking->value, "%s", refusal->value);
    return true;
}

/* Writes contacts.csv alone. */
static bool write_csv(const char *directory, const struct row_stage *stage, struct error *error)
{
    struct arena arena = {0};
    struct writing *writing;
    char *out = support_path(directory, "out");
    struct snapshot *snapshot = support_open_snapshot(directory, contacts);
    struct columns columns = columns_choose(names, COUNT(names), NULL, 0, &arena);
    struct outdir *outdir = NULL;
    unsigned outputs = 1 << OUTPUT_CSV;
    bool ok = outdir_begin(&outdir, out, writers_files(outputs, "snapshot.sqlite", &arena),
                           "snapshot.sqlite", is_snapshot_file, error);
    struct report report = {.columns = &columns, .outdir = outdir};
    assert_true(ok);
    ok = writers_begin(&writing, outputs, &report, snapshot, &(struct order){0}, stage, error) &&
         writers_end(writing, error);
    char *path = outdir_work_path(outdir, "contacts.csv");
    if (ok) {
        char *text = support_read_file(path);
        assert_string_equal(text, stage ? "id,name,email\r\n1,X,ann@one.example\r\n"
                                          "4,X,dee@two.example\r\n"
                                        : "id,name,email\r\n1,Ann,ann@one.example\r\n2,Ben,\r\n"
                                          "3,Cy,fails\r\n4,Dee,dee@two.example\r\n");
        free(text);
    }
    free(path);
    free(out);
    outdir_free(outdir);
    snapshot_close(snapshot);
    arena_free(&arena);
    return ok;
}

static void test_without(void **state)
{
    struct error error = {0};
    assert_true(write_csv(*state, NULL, &error));
}

static void test_refuses_and_changes(void **state)
{
    struct error error = {0};
    struct looking looking = {0};
    const struct row_stage stage = {look, note_refused, &looking};
    assert_true(write_csv(*state, &stage, &error));
    assert_int_equal(looking.looked, 4);
    assert_int_equal(looking.refused, 2);
    assert_string_equal(looking.reason, "bad_email");
    assert_string_equal(looking.value, "fails");
}

static void test_nobody_wants_the_refused(void **state)
{
    struct error error = {0};
    struct looking looking = {0};
    const struct row_stage stage = {look, NULL, &looking};
    assert_true(write_csv(*state, &stage, &error));
    assert_int_equal(looking.refused, 0);
}

static void test_fails(void **state)
{
    struct error error = {0};
    struct looking looking = {.fails = true};
    const struct row_stage stage = {look, note_refused, &looking};
    assert_false(write_csv(*state, &stage, &error));
    support_check_error("stage", &error, EXIT_UNEXPECTED, "the stage fails", NULL);
    assert_int_equal(looking.looked, 3);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_without),
        TEST(test_refuses_and_changes),
        TEST(test_nobody_wants_the_refused),
        TEST(test_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
