/* The view: every name in it is documented, what is documented is there, and names are cut. */
#include "write/page/view.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "report/dimension.h"
#include "report/report.h"
#include "snapshot/snapshot.h"
#include "support.h"
#include "support_snapshot.h"
#include "write/page/view_parts.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 400 };

/* Names as the documentation writes them: "tiles[].label". */
struct names {
    char *items[NAMES_MAX];
    size_t count;
};

static void add_name(struct names *names, char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->items[i], name) == 0) {
            free(name);
            return;
        }
    }
    assert_true(names->count < NAMES_MAX);
    names->items[names->count++] = name;
}

static bool has_name(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->items[i], name) == 0)
            return true;
    }
    return false;
}

static void free_names(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
}

/* Adds the names of all values that are no objects and no lists. */
static void collect(struct json_object *value, const char *path, struct names *names)
{
    if (json_object_is_type(value, json_type_object)) {
        json_object_object_foreach(value, key, member)
        {
            char *name = memory_print("%s%s%s", path, *path ? "." : "", key);
            collect(member, name, names);
            free(name);
        }
    } else if (json_object_is_type(value, json_type_array)) {
        char *name = memory_print("%s[]", path);
        assert_true(json_object_array_length(value) > 0);
        for (size_t i = 0; i < json_object_array_length(value); i++)
            collect(json_object_array_get_idx(value, i), name, names);
        free(name);
    } else {
        add_name(names, memory_copy_text(path));
    }
}

/* The names in the first cells of the document's tables, each between backticks. */
static void collect_documented(struct names *names)
{
    char *text = support_read_file(ROLLCALL_TEMPLATES "/README.md");
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (strncmp(line, "| `", 3) != 0)
            continue;
        const char *end = strchr(line + 1, '|');
        assert_non_null(end);
        for (const char *tick = strchr(line, '`'); tick && tick < end;) {
            size_t length = strcspn(tick + 1, "`");
            add_name(names, memory_copy_bytes(tick + 1, length));
            tick = strchr(tick + 1 + length + 1, '`');
        }
    }
    free(text);
}

struct fixture {
    struct snapshot *snapshot;
    struct tally *tally;
    struct zone *zone;
    struct language *language;
    struct report report;
};

static void open_fixture(struct fixture *fixture, const char *directory, const char *contacts)
{
    struct error error = {0};
    *fixture = (struct fixture){.snapshot = support_open_snapshot(directory, contacts)};
    if (!tally_make(&fixture->tally, fixture->snapshot, 1795362245, &activity_default_bounds,
                    &error) ||
        !zone_open(&fixture->zone, "UTC", &error) ||
        !language_open(&fixture->language, "en", &error))
        fail_msg("%s", error.message);
    fixture->report = (struct report){
        .source = snapshot_source(fixture->snapshot),
        .ledger = snapshot_ledger(fixture->snapshot),
        .tally = fixture->tally,
        .zone = fixture->zone,
        .language = fixture->language,
        .as_of = 1795362245,
        .generated_at = 1795362245,
        .top_companies = 20,
        .warnings.counts[WARNING_CUT_CELL] = 2,
    };
}

static void close_fixture(struct fixture *fixture)
{
    tally_free(fixture->tally);
    snapshot_close(fixture->snapshot);
    zone_free(fixture->zone);
    language_free(fixture->language);
}

static struct json_object *make_view(const struct fixture *fixture)
{
    struct error error;
    struct json_object *view = view_make(&fixture->report, &error);
    if (!view)
        fail_msg("%s", error.message);
    return view;
}

static const char contacts[] =
    "[{\"id\":1,\"created_at\":1795362245,\"last_activity_at\":1795362245,"
    "\"additional_attributes\":{\"country_code\":\"DE\",\"company_name\":\"Example\"}},"
    "{\"id\":2}]";

static struct json_object *member(struct json_object *object, const char *name)
{
    struct json_object *value;
    if (!json_object_object_get_ex(object, name, &value))
        fail_msg("'%s' is not there", name);
    return value;
}

/* What is documented by the names of another object has the same ones. */
static void check_alike(struct json_object *object, struct json_object *other)
{
    struct names expected = {0};
    struct names found = {0};
    collect(other, "", &expected);
    collect(object, "", &found);
    assert_int_equal(found.count, expected.count);
    for (size_t i = 0; i < found.count; i++)
        assert_string_equal(found.items[i], expected.items[i]);
    free_names(&expected);
    free_names(&found);
}

/* Takes out what the document says by example: what is like the countries, figures by their keys.
 */
static void drop_alike(struct json_object *view)
{
    struct json_object *tile = json_object_array_get_idx(member(view, "tiles"), 0);
    json_object_object_foreach(member(view, "figure"), key, figure)
    {
        assert_string_equal(json_object_get_string(member(figure, "key")), key);
        check_alike(figure, tile);
    }
    for (int i = 0; i < DIMENSIONS; i++) {
        const struct descriptor *is = &dimensions[i];
        if (is->is_scale || strcmp(is->key, "countries") == 0)
            continue;
        check_alike(member(view, is->key), member(view, "countries"));
        json_object_object_del(view, is->key);
    }
    json_object_object_del(view, "leading");
    json_object_object_del(view, "further");
    json_object_object_del(view, "figure");
    json_object_object_del(view, "text");
}

static void test_documented(void **state)
{
    struct fixture fixture;
    struct names found = {0};
    struct names documented = {0};
    open_fixture(&fixture, *state, contacts);
    struct source source = *fixture.report.source;
    source.account = "Acme";
    fixture.report.source = &source;
    struct json_object *view = make_view(&fixture);
    drop_alike(view);
    collect(view, "", &found);
    collect_documented(&documented);
    int faults = 0;
    for (size_t i = 0; i < found.count; i++) {
        if (!has_name(&documented, found.items[i]))
            print_error("%s is not documented (%d)\n", found.items[i], ++faults);
    }
    for (size_t i = 0; i < documented.count; i++) {
        if (!has_name(&found, documented.items[i]))
            print_error("%s is documented and not there (%d)\n", documented.items[i], ++faults);
    }
    assert_int_equal(faults, 0);
    free_names(&found);
    free_names(&documented);
    json_object_put(view);
    close_fixture(&fixture);
}

/* Each text of the catalogue is found by its key. */
static void test_texts(void **state)
{
    struct fixture fixture;
    open_fixture(&fixture, *state, contacts);
    struct json_object *texts = view_texts(&fixture.report);
    struct names found = {0};
    collect(texts, "", &found);
    assert_int_equal(found.count, TEXTS);
    for (int id = 0; id < TEXTS; id++)
        assert_true(has_name(&found, text_keys[id]));
    assert_string_equal(json_object_get_string(member(member(texts, "tile"), "blocked")),
                        "Blocked");
    free_names(&found);
    json_object_put(texts);
    close_fixture(&fixture);
}

static void test_numbers(void **state)
{
    struct fixture fixture;
    open_fixture(&fixture, *state, contacts);
    struct json_object *view = make_view(&fixture);
    struct json_object *tile = json_object_array_get_idx(member(view, "tiles"), 1);
    assert_string_equal(json_object_get_string(member(tile, "label")), "New in the last 7 days");
    assert_int_equal(json_object_get_int64(member(tile, "contacts")), 1);
    assert_string_equal(json_object_get_string(member(tile, "contacts_text")), "1");
    assert_string_equal(json_object_get_string(member(tile, "percent")), "50.0%");
    struct json_object *chart = member(member(view, "countries"), "chart");
    assert_string_equal(json_object_get_string(member(chart, "title")),
                        "Bar chart: Contacts by country");
    assert_string_equal(json_object_get_string(member(chart, "description")),
                        "Highest: Germany, 1 (50.0%)");
    json_object_put(view);
    close_fixture(&fixture);
}

struct cut_case {
    const char *part;
    int times;
    const char *expected; /* NULL: told by its bytes alone */
};

static const struct cut_case cut_cases[] = {
    {"", 1, ""},
    {"a", 8, "aaaaaaaa"},
    {"a", 9, "aaaaaaa…"},
    {"客", 4, "客客客客"},
    {"客", 5, "客客客…"},
    {"\xCC\x81", 500, NULL}, /* combines with what is before it, and takes no column */
    {"\xF0\x9F\x8F\xA2", 500, NULL},
};

static void test_cut(void **state)
{
    enum { COLUMNS = 8 };
    struct fixture fixture;
    open_fixture(&fixture, *state, contacts);
    for (size_t i = 0; i < COUNT(cut_cases); i++) {
        struct buffer text = {0};
        struct buffer cut = {0};
        support_append_times(&text, cut_cases[i].part, cut_cases[i].times);
        report_cut(&fixture.report, buffer_text(&text), COLUMNS, &cut);
        if (cut_cases[i].expected)
            assert_string_equal(buffer_text(&cut), cut_cases[i].expected);
        else
            assert_string_equal(cut.bytes + cut.length - strlen("…"), "…");
        assert_true(cut.length <= (size_t)4 * COLUMNS);
        buffer_free(&text);
        buffer_free(&cut);
    }
    close_fixture(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_documented, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_texts, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_numbers, support_setup_directory,
                                        support_teardown_directory),
        cmocka_unit_test_setup_teardown(test_cut, support_setup_directory,
                                        support_teardown_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
