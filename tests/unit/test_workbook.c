/* The workbook: what its cells can hold, and sheets that are full. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "support.h"
#include "support_snapshot.h"
#include "write/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CELL_CHARACTERS_MAX = 32767 };

/* A report over a snapshot, with a directory to write to. */
struct fixture {
    struct snapshot *snapshot;
    struct tally *tally;
    struct zone *zone;
    struct language *language;
    struct outdir *outdir;
    struct arena arena;
    struct columns columns;
    struct report report;
};

static bool is_own(const char *path)
{
    return access(path, F_OK) == 0;
}

static void open_fixture(struct fixture *fixture, const char *directory, const char *contacts)
{
    static const char *const names[] = {"contacts.xlsx", NULL};
    static const char *const columns[] = {"id", "name", "custom.n"};
    struct error error = {0};
    char *target = support_path(directory, "out");
    *fixture = (struct fixture){.snapshot = support_open_snapshot(directory, contacts)};
    if (!tally_make(&fixture->tally, fixture->snapshot, 1795362245, &activity_default_bounds,
                    &error) ||
        !zone_open(&fixture->zone, "UTC", &error) ||
        !language_open(&fixture->language, "en", &error) ||
        !outdir_begin(&fixture->outdir, target, names, names[0], is_own, &error))
        fail_msg("%s", error.message);
    free(target);
    fixture->columns = columns_choose(columns, COUNT(columns), NULL, 0, &fixture->arena);
    fixture->report = (struct report){
        .source = snapshot_source(fixture->snapshot),
        .ledger = snapshot_ledger(fixture->snapshot),
        .tally = fixture->tally,
        .columns = &fixture->columns,
        .outdir = fixture->outdir,
        .zone = fixture->zone,
        .language = fixture->language,
        .as_of = 1795362245,
        .generated_at = 1795362245,
        .top_companies = 20,
        .rows_per_sheet = 1048575,
    };
}

static void close_fixture(struct fixture *fixture)
{
    tally_free(fixture->tally);
    snapshot_close(fixture->snapshot);
    zone_free(fixture->zone);
    language_free(fixture->language);
    outdir_free(fixture->outdir);
    arena_free(&fixture->arena);
}

static bool write_rows(struct fixture *fixture, void *state, struct error *error)
{
    struct snapshot_rows *rows;
    struct cell cells[3];
    const struct row *row = NULL;
    if (!snapshot_rows_open(&rows, fixture->snapshot, &(struct order){0}, error))
        return false;
    bool ok;
    while ((ok = snapshot_rows_next(rows, &row, error)) && row) {
        columns_fill(&fixture->columns, row, &fixture->arena, cells);
        ok = workbook_writer.row(state, cells, error);
        if (!ok)
            break;
    }
    snapshot_rows_close(rows);
    return ok;
}

static void write_workbook(struct fixture *fixture)
{
    struct error error = {0};
    void *state;
    if (!workbook_writer.begin(&state, &fixture->report, &error))
        fail_msg("%s", error.message);
    bool ok = write_rows(fixture, state, &error) && workbook_writer.end(state, &error);
    if (!ok) {
        workbook_writer.discard(state);
        fail_msg("%s", error.message);
    }
}

/* A part of the workbook's archive. The caller frees it. */
static char *read_part(const struct fixture *fixture, const char *part)
{
    char *path = outdir_work_path(fixture->outdir, "contacts.xlsx");
    char *command = memory_print("unzip -p '%s' '%s'", path, part);
    char *text = support_ask(command);
    free(command);
    free(path);
    return text;
}

static int count_of(const char *text, const char *part)
{
    int count = 0;
    while ((text = strstr(text, part))) {
        count++;
        text += strlen(part);
    }
    return count;
}

/* Summary and four tallies come before it. */
enum { SHEETS_BEFORE = 1 + DIMENSIONS }; /* the contacts' */

static char first_contacts_sheet[64]; /* its part; set by main */

struct sheets_case {
    int contacts;
    int rows_per_sheet;
    int sheets;
    int last_rows; /* of contacts, on the last sheet */
};

static const struct sheets_case sheets_cases[] = {
    {0, 3, 1, 0}, {1, 3, 1, 1}, {3, 3, 1, 3}, {4, 3, 2, 1},
    {6, 3, 2, 3}, {7, 3, 3, 1}, {2, 1, 2, 1},
};

static char *make_contacts(int count)
{
    struct buffer json = {0};
    buffer_append_char(&json, '[');
    for (int i = 1; i <= count; i++)
        buffer_print(&json, "%s{\"id\":%d,\"name\":\"N%d\"}", i > 1 ? "," : "", i, i);
    buffer_append_char(&json, ']');
    return buffer_take(&json);
}

static void check_sheets(const struct fixture *fixture, const struct sheets_case *c)
{
    char *book = read_part(fixture, "xl/workbook.xml");
    assert_int_equal(count_of(book, "<sheet name="), SHEETS_BEFORE + c->sheets + 1);
    assert_non_null(strstr(book, "<sheet name=\"Contacts\""));
    assert_int_equal(count_of(book, "<sheet name=\"Contacts ("), c->sheets - 1);
    free(book);
    char *part = memory_print("xl/worksheets/sheet%d.xml", SHEETS_BEFORE + c->sheets);
    char *last = read_part(fixture, part);
    if (count_of(last, "<row ") != 1 + c->last_rows)
        fail_msg("%d contacts, %d a sheet: %d rows on the last", c->contacts, c->rows_per_sheet,
                 count_of(last, "<row "));
    char *dimension = memory_print("<dimension ref=\"A1:C%d\"/>", 1 + c->last_rows);
    assert_non_null(strstr(last, dimension));
    assert_int_equal(count_of(last, "<autoFilter "), c->sheets > 1);
    assert_int_equal(count_of(last, "<tablePart "), c->sheets == 1 && c->contacts > 0);
    free(dimension);
    free(last);
    free(part);
}

static void test_full_sheets(void **state)
{
    for (size_t i = 0; i < COUNT(sheets_cases); i++) {
        struct fixture fixture;
        char *directory = support_make_numbered(*state, i);
        char *contacts = make_contacts(sheets_cases[i].contacts);
        open_fixture(&fixture, directory, contacts);
        fixture.report.rows_per_sheet = sheets_cases[i].rows_per_sheet;
        write_workbook(&fixture);
        assert_int_equal(fixture.report.warnings.counts[WARNING_SHEET_CONTINUED],
                         sheets_cases[i].sheets - 1);
        check_sheets(&fixture, &sheets_cases[i]);
        close_fixture(&fixture);
        free(directory);
        free(contacts);
    }
}

struct cell_case {
    const char *what;
    const char *unit; /* repeated … */
    int times;
    const char *tail; /* … and then this */
    int64_t forbidden;
    int64_t cut;
    const char *expected; /* part of the sheet */
};

static const struct cell_case cell_cases[] = {
    {"plain", "Zo\u00EB", 1, "", 0, 0, "<t>Zo\u00EB</t>"},
    {"markup", "<&\\\">", 1, "", 0, 0, "<t>&lt;&amp;\"&gt;</t>"},
    {"formula", "=1+1", 1, "", 0, 0, "<t>=1+1</t>"},
    {"leading zeros", "007", 1, "", 0, 0, "<t>007</t>"},
    {"line ends and tabs", "a\\nb\\tc", 1, "", 0, 0, "a\nb\tc"},
    {"control characters", "a\\u0001b\\u001b", 1, "", 1, 0, "<t>a\uFFFDb\uFFFD</t>"},
    {"no characters", "a\uFFFE", 1, "\uFFFF", 1, 0, "<t>a\uFFFD\uFFFD</t>"},
    {"escape of a spreadsheet", "_x0041_", 1, "", 0, 0, "<t>_x005F_x0041_</t>"},
    {"escapes side by side", "_x0041_x00e9_", 1, "", 0, 0, "<t>_x005F_x0041_x005F_x00e9_</t>"},
    {"escape that a return would end", "_x0041\\r", 1, "", 0, 0, "<t>_x005F_x0041_x000D_</t>"},
    {"no such escapes", "_x004_ _x00G1_ x0041_", 1, "", 0, 0, "<t>_x004_ _x00G1_ x0041_</t>"},
    {"as long as can be", "a", CELL_CHARACTERS_MAX, "", 0, 0, "aaa</t>"},
    {"one longer", "a", CELL_CHARACTERS_MAX, "b", 0, 1, "aaa</t>"},
    {"two bytes each", "\u00E9", CELL_CHARACTERS_MAX, "", 0, 0, "\u00E9\u00E9</t>"},
    {"two bytes each, one longer", "\u00E9", CELL_CHARACTERS_MAX, "b", 0, 1, "\u00E9\u00E9</t>"},
    {"three bytes each", "\u4E2D", CELL_CHARACTERS_MAX, "", 0, 0, "\u4E2D\u4E2D</t>"},
    {"two units each", "\U0001F600", 16383, "b", 0, 0, "\U0001F600b</t>"},
    {"two units, one too many", "\U0001F600", 16384, "", 0, 1, "\U0001F600</t>"},
    {"long, with an escape", "a", CELL_CHARACTERS_MAX - 7, "_x0041_", 0, -1, "aaa"},
    {"much too long, with escapes", "_x0041_", 10000, "", 0, 1, "_x005F_x0041_"},
    {"cut in an escape", "a", CELL_CHARACTERS_MAX - 3, "_x0041_", 0, 1, "aaa"},
    {"long and forbidden", "a", CELL_CHARACTERS_MAX, "\\u0001", 1, 1, "aaa</t>"},
};

/* The longest text between <t> and </t>, in units of UTF-16. */
static size_t longest_text(const char *sheet)
{
    size_t longest = 0;
    while ((sheet = strstr(sheet, "<t>"))) {
        const char *end = strstr(sheet, "</t>");
        const char *c = strchr(sheet, '>') + 1;
        size_t units = 0;
        for (; c < end; c++) {
            unsigned char byte = (unsigned char)*c;
            units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
        }
        longest = units > longest ? units : longest;
        sheet = end;
    }
    return longest;
}

static void check_cell(const struct fixture *fixture, const struct cell_case *c)
{
    const int64_t *counts = fixture->report.warnings.counts;
    if (counts[WARNING_FORBIDDEN_CHARACTER] != c->forbidden)
        fail_msg("%s: %lld cells with forbidden characters", c->what,
                 (long long)counts[WARNING_FORBIDDEN_CHARACTER]);
    if (c->cut >= 0 && counts[WARNING_CUT_CELL] != c->cut)
        fail_msg("%s: %lld cells cut", c->what, (long long)counts[WARNING_CUT_CELL]);
    char *sheet = read_part(fixture, first_contacts_sheet);
    if (!strstr(sheet, c->expected))
        fail_msg("%s: '%s' is not there", c->what, c->expected);
    assert_in_range(longest_text(sheet), 1, CELL_CHARACTERS_MAX);
    free(sheet);
}

static void test_cells(void **state)
{
    for (size_t i = 0; i < COUNT(cell_cases); i++) {
        struct fixture fixture;
        struct buffer contacts = {0};
        char *directory = support_make_numbered(*state, i);
        buffer_append_text(&contacts, "[{\"id\":1,\"name\":\"");
        support_append_times(&contacts, cell_cases[i].unit, cell_cases[i].times);
        buffer_print(&contacts, "%s\"}]", cell_cases[i].tail);
        open_fixture(&fixture, directory, buffer_text(&contacts));
        write_workbook(&fixture);
        check_cell(&fixture, &cell_cases[i]);
        close_fixture(&fixture);
        free(directory);
        buffer_free(&contacts);
    }
}

static void check_part(const struct fixture *fixture, const char *part, const char *expected)
{
    char *text = read_part(fixture, part);
    if (!strstr(text, expected))
        fail_msg("%s: '%s' is not there", part, expected);
    free(text);
}

static void speak(struct fixture *fixture, const char *language)
{
    struct error error = {0};
    language_free(fixture->language);
    assert_true(language_open(&fixture->language, language, &error));
    fixture->report.language = fixture->language;
}

/* Sheets, columns, groups and figures of another language; formulas keep the table's name. */
static void test_language(void **state)
{
    struct fixture fixture;
    char *contacts = make_contacts(3);
    open_fixture(&fixture, *state, contacts);
    speak(&fixture, "zh-Hans");
    fixture.report.rows_per_sheet = 2;
    write_workbook(&fixture);
    check_part(&fixture, "xl/workbook.xml", "<sheet name=\"\u8054\u7CFB\u4EBA\"");
    check_part(&fixture, "xl/workbook.xml", "<sheet name=\"\u8054\u7CFB\u4EBA\uFF082\uFF09\"");
    check_part(&fixture, "xl/sharedStrings.xml", "<t>n\uFF08\u81EA\u5B9A\u4E49\uFF09</t>");
    check_part(&fixture, "xl/sharedStrings.xml", "<t>\u65E0\u516C\u53F8</t>");
    check_part(&fixture, "xl/worksheets/sheet2.xml",
               "<f>SUBTOTAL(109,Countries[\u8054\u7CFB\u4EBA])</f><v>3</v>");
    free(contacts);
    close_fixture(&fixture);
}

/* Without contacts a table keeps one empty row, and a chart one that says why. */
static void test_nothing(void **state)
{
    static const char *const expected[][2] = {
        {"xl/tables/table1.xml", "name=\"Countries\" displayName=\"Countries\" ref=\"A1:D3\""},
        {"xl/worksheets/sheet2.xml", "<f>SUBTOTAL(109,Countries[Contacts])</f><v>0</v>"},
        {"xl/charts/chart1.xml", "<c:v>No contact matches.</c:v>"},
        {"xl/charts/chart4.xml", "<c:ptCount val=\"26\"/>"},
    };
    struct fixture fixture;
    open_fixture(&fixture, *state, "[]");
    write_workbook(&fixture);
    for (size_t i = 0; i < COUNT(expected); i++)
        check_part(&fixture, expected[i][0], expected[i][1]);
    char *activity = memory_print("xl/tables/table%d.xml", BY_ACTIVITY + 1);
    check_part(&fixture, activity, "name=\"Activity\" displayName=\"Activity\" ref=\"A1:C10\"");
    free(activity);
    close_fixture(&fixture);
}

/* The country's own name in the report's language, also among the contacts. */
static void test_countries(void **state)
{
    static const char *const columns[] = {"id", "country", "custom.n"};
    struct fixture fixture;
    open_fixture(&fixture, *state,
                 "[{\"id\":1,\"additional_attributes\":{\"country_code\":\"DE\"}},{\"id\":2,"
                 "\"additional_attributes\":{\"country\":\"Atlantis\"}}]");
    speak(&fixture, "de");
    fixture.columns = columns_choose(columns, COUNT(columns), NULL, 0, &fixture.arena);
    write_workbook(&fixture);
    check_part(&fixture, first_contacts_sheet, "<t>Deutschland</t>");
    check_part(&fixture, first_contacts_sheet, "<t>Atlantis</t>");
    close_fixture(&fixture);
}

/* A spreadsheet keeps 15 digits of a number: longer ones are texts. */
static void test_numbers(void **state)
{
    static const char *const expected[] = {
        "<v>7</v>",     "<v>-1.5</v>", "<v>123456789012345</v>", "<t>1234567890123456789</t>",
        "<t>1e999</t>", "<v>1</v>",
    };
    struct fixture fixture;
    open_fixture(
        &fixture, *state,
        "[{\"id\":1,\"custom_attributes\":{\"n\":7}},{\"id\":2,\"custom_attributes\":"
        "{\"n\":-1.50}},{\"id\":3,\"custom_attributes\":{\"n\":123456789012345}},{\"id\":4,"
        "\"custom_attributes\":{\"n\":1234567890123456789}},{\"id\":5,"
        "\"custom_attributes\":{\"n\":1e999}},{\"id\":6,\"custom_attributes\":{\"n\":true}}"
        "]");
    write_workbook(&fixture);
    char *sheet = read_part(&fixture, first_contacts_sheet);
    for (size_t i = 0; i < COUNT(expected); i++) {
        if (!strstr(sheet, expected[i]))
            fail_msg("'%s' is not there", expected[i]);
    }
    free(sheet);
    close_fixture(&fixture);
}

/* Begun and then let go of. */
static void test_discard(void **state)
{
    struct fixture fixture;
    struct error error = {0};
    void *begun;
    open_fixture(&fixture, *state, "[{\"id\":1,\"name\":\"A\"}]");
    assert_true(workbook_writer.begin(&begun, &fixture.report, &error));
    workbook_writer.discard(begun);
    assert_true(workbook_writer.begin(&begun, &fixture.report, &error));
    assert_true(write_rows(&fixture, begun, &error));
    workbook_writer.discard(begun);
    close_fixture(&fixture);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_full_sheets), TEST(test_cells),     TEST(test_numbers), TEST(test_language),
        TEST(test_nothing),     TEST(test_countries), TEST(test_discard),
    };
    snprintf(first_contacts_sheet, sizeof first_contacts_sheet, "xl/worksheets/sheet%d.xml",
             SHEETS_BEFORE + 1);
    return cmocka_run_group_tests_name("workbook", tests, NULL, NULL);
}
