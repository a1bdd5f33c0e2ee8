/* The columns of the contacts' table, and custom attributes as cells. */
#include "model/column.h"

#include "base/arena.h"
#include "model/custom.h"
#include "support.h"

#include <string.h>

/* All of them, in the order of contacts.csv. */
static const char *const all[] = {
    "id",           "name",        "email",     "phone_number", "identifier",
    "company_name", "city",        "country",   "country_code", "availability_status",
    "blocked",      "inboxes",     "labels",    "created_at",   "last_activity_at",
    "telegram",     "description", "github",    "twitter",      "facebook",
    "linkedin",     "instagram",   "thumbnail",
};

static void test_all_columns(void **state)
{
    (void)state;
    static const char *const keys[] = {"a", "b c", "\u4E2D"};
    struct arena arena = {0};
    struct columns columns = columns_choose(NULL, 0, keys, COUNT(keys), &arena);
    assert_int_equal(columns.count, COUNT(all) + COUNT(keys));
    for (size_t i = 0; i < COUNT(all); i++)
        assert_string_equal(columns.items[i].name, all[i]);
    assert_string_equal(columns.items[COUNT(all)].name, "custom.a");
    assert_string_equal(columns.items[COUNT(all) + 1].name, "custom.b c");
    assert_string_equal(columns.items[COUNT(all) + 2].name, "custom.\u4E2D");
    assert_int_equal(columns.items[COUNT(all) + 2].id, COLUMN_CUSTOM);
    columns = columns_choose(NULL, 0, NULL, 0, &arena);
    assert_int_equal(columns.count, COUNT(all));
    arena_free(&arena);
}

static void test_chosen_columns(void **state)
{
    (void)state;
    static const char *const names[] = {"custom.x", "email", "id", "email"};
    static const char *const keys[] = {"other"};
    struct arena arena = {0};
    struct columns columns = columns_choose(names, COUNT(names), keys, COUNT(keys), &arena);
    assert_int_equal(columns.count, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        assert_string_equal(columns.items[i].name, names[i]);
    assert_int_equal(columns.items[0].id, COLUMN_CUSTOM);
    assert_int_equal(columns.items[1].id, COLUMN_TEXT);
    assert_int_equal(columns.items[1].text, CONTACT_EMAIL);
    assert_int_equal(columns.items[2].id, COLUMN_ID);
    arena_free(&arena);
}

static void test_check(void **state)
{
    (void)state;
    static const char *const unknown[] = {"",     "custom.", "custom",  "ID",
                                          " id ", "id,name", "company", "Custom.x"};
    struct error error = {0};
    for (size_t i = 0; i < COUNT(all); i++)
        assert_true(column_check(all[i], &error));
    assert_true(column_check("custom.anything at all.\u00E9", &error));
    for (size_t i = 0; i < COUNT(unknown); i++) {
        error = (struct error){0};
        if (column_check(unknown[i], &error))
            fail_msg("'%s'", unknown[i]);
        support_check_error(unknown[i], &error, EXIT_WRONG_USE, "there is no column '",
                            "columns: id, name, ");
        assert_non_null(strstr(error.message, unknown[i]));
        assert_non_null(strstr(error.hint, "thumbnail, custom.KEY"));
    }
}

static void check_cell(const char *what, const struct cell *cell, enum cell_kind kind,
                       const char *text)
{
    if (cell->kind != kind)
        fail_msg("%s: kind %d", what, (int)cell->kind);
    if (text && strcmp(cell->text, text) != 0)
        fail_msg("%s: '%s'", what, cell->text);
}

static void test_fill(void **state)
{
    (void)state;
    static const char *const keys[] = {"plan", "gone"};
    struct arena arena = {0};
    struct columns columns = columns_choose(NULL, 0, keys, COUNT(keys), &arena);
    struct row row = {
        .contact = {.id = INT64_MAX,
                    .text = {[CONTACT_NAME] = "N",
                             [CONTACT_EMAIL] = "",
                             [CONTACT_COUNTRY] = "as told",
                             [CONTACT_COUNTRY_CODE] = "as told",
                             [CONTACT_THUMBNAIL] = "T"},
                    .blocked = true,
                    .created_at = 1795362245,
                    .last_activity_at = TIME_NONE,
                    .custom = "{\"plan\":\"pro\"}"},
        .country_code = "DE",
        .country = "Germany",
        .inboxes = "A; B",
    };
    struct cell cells[COUNT(all) + COUNT(keys)];
    columns_fill(&columns, &row, &arena, cells);
    check_cell("id", &cells[0], CELL_TEXT, "9223372036854775807");
    check_cell("name", &cells[1], CELL_TEXT, "N");
    check_cell("empty email", &cells[2], CELL_EMPTY, NULL);
    check_cell("no phone number", &cells[3], CELL_EMPTY, NULL);
    check_cell("country", &cells[7], CELL_TEXT, "Germany");
    assert_string_equal(cells[7].code, "DE");
    assert_null(cells[8].code);
    check_cell("country_code", &cells[8], CELL_TEXT, "DE");
    check_cell("blocked", &cells[10], CELL_BOOLEAN, NULL);
    assert_true(cells[10].truth);
    check_cell("inboxes", &cells[11], CELL_TEXT, "A; B");
    check_cell("labels", &cells[12], CELL_EMPTY, NULL);
    check_cell("created_at", &cells[13], CELL_TIME, NULL);
    assert_int_equal(cells[13].seconds, 1795362245);
    check_cell("last_activity_at", &cells[14], CELL_EMPTY, NULL);
    check_cell("thumbnail", &cells[22], CELL_TEXT, "T");
    check_cell("custom.plan", &cells[23], CELL_TEXT, "pro");
    check_cell("custom.gone", &cells[24], CELL_EMPTY, NULL);

    row = (struct row){.contact = {.id = -7, .created_at = TIME_NONE, .last_activity_at = -1}};
    columns_fill(&columns, &row, &arena, cells);
    check_cell("id", &cells[0], CELL_TEXT, "-7");
    check_cell("no country", &cells[7], CELL_EMPTY, NULL);
    assert_null(cells[7].code);
    assert_false(cells[10].truth);
    check_cell("no inboxes", &cells[11], CELL_EMPTY, NULL);
    check_cell("before 1970", &cells[14], CELL_TIME, NULL);
    check_cell("no custom attributes", &cells[23], CELL_EMPTY, NULL);
    arena_free(&arena);
}

struct custom_case {
    const char *json;
    enum cell_kind kind;
    const char *text;
    double number;
};

static const struct custom_case custom_cases[] = {
    {"{\"k\":\"v\"}", CELL_TEXT, "v", 0},
    {"{\"k\":\"\"}", CELL_EMPTY, NULL, 0},
    {"{\"k\":null}", CELL_EMPTY, NULL, 0},
    {"{\"other\":1}", CELL_EMPTY, NULL, 0},
    {"{}", CELL_EMPTY, NULL, 0},
    {"{\"k\":7}", CELL_NUMBER, "7", 7},
    {"{\"k\":-1.50}", CELL_NUMBER, "-1.50", -1.5},
    {"{\"k\":1e3}", CELL_NUMBER, "1e3", 1000},
    {"{\"k\":9223372036854775807}", CELL_NUMBER, "9223372036854775807", 9223372036854775807.0},
    {"{\"k\":18446744073709551615}", CELL_NUMBER, "18446744073709551615", 18446744073709551615.0},
    {"{\"k\":1e999}", CELL_TEXT, "1e999", 0},
    {"{\"k\":\"=1+1\"}", CELL_TEXT, "=1+1", 0},
    {"{\"k\":{\"a\":[1,\"x/y\"]}}", CELL_TEXT, "{\"a\":[1,\"x/y\"]}", 0},
    {"{\"k\":[]}", CELL_TEXT, "[]", 0},
    {"{\"k\":\"a\\u0000b\"}", CELL_TEXT, "a\uFFFDb", 0},
    /* no attributes at all */
    {NULL, CELL_EMPTY, NULL, 0},
    {"", CELL_EMPTY, NULL, 0},
    {"no JSON", CELL_EMPTY, NULL, 0},
    {"[{\"k\":1}]", CELL_EMPTY, NULL, 0},
    {"null", CELL_EMPTY, NULL, 0},
};

static void test_custom(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(custom_cases); i++) {
        const struct custom_case *c = &custom_cases[i];
        struct json_object *custom = custom_parse(c->json);
        struct cell cell = custom_cell(custom, "k", &arena);
        custom_free(custom);
        check_cell(c->json, &cell, c->kind, c->text);
        if (cell.kind == CELL_NUMBER)
            assert_true(cell.number == c->number);
    }
    arena_free(&arena);
}

static void test_custom_booleans(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct json_object *custom = custom_parse("{\"yes\":true,\"no\":false}");
    struct cell yes = custom_cell(custom, "yes", &arena);
    struct cell no = custom_cell(custom, "no", &arena);
    check_cell("yes", &yes, CELL_BOOLEAN, NULL);
    check_cell("no", &no, CELL_BOOLEAN, NULL);
    assert_true(yes.truth);
    assert_false(no.truth);
    custom_free(custom);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_columns), cmocka_unit_test(test_chosen_columns),
        cmocka_unit_test(test_check),       cmocka_unit_test(test_fill),
        cmocka_unit_test(test_custom),      cmocka_unit_test(test_custom_booleans),
    };
    return cmocka_run_group_tests_name("column", tests, NULL, NULL);
}
