/* The descriptors of the dimensions: each says all that terminal and writers need, and none says
   what another one says. */
#include "report/dimension.h"

#include "report/report.h"
#include "support.h"

#include <string.h>
#include <strings.h>

static void check_text(const struct descriptor *is, const char *what, enum text_id id)
{
    if (id <= 0 || id >= TEXTS)
        fail_msg("%s: no %s", is->key, what);
}

static void check_optional(const struct descriptor *is, const char *what, enum text_id id)
{
    if (id <= 0 || id > TEXTS)
        fail_msg("%s: neither a text nor TEXTS for %s", is->key, what);
}

static void check_slots(const struct descriptor *is)
{
    int names = 0;
    assert_non_null(is->slots[0].key);
    assert_null(is->slots[SLOTS_MAX].key);
    for (const struct slot *slot = is->slots; slot->key; slot++) {
        bool is_name = slot->part == PART_NAME || slot->part == PART_BUCKET;
        check_text(is, slot->key, slot->heading);
        assert_int_equal(slot->part == PART_BUCKET, is->is_scale && is_name);
        assert_int_equal(slot->heading == is->heading, is_name);
        names += is_name;
        for (const struct slot *other = is->slots; other < slot; other++) {
            assert_string_not_equal(slot->key, other->key);
            assert_int_not_equal(slot->part, other->part);
        }
    }
    assert_int_equal(names, 1);
}

static void test_fields(void **state)
{
    (void)state;
    for (int i = 0; i < DIMENSIONS; i++) {
        const struct descriptor *is = &dimensions[i];
        assert_non_null(is->key);
        assert_non_null(is->table);
        assert_non_null(dimension_files[i]);
        check_text(is, "title", is->title);
        check_text(is, "heading", is->heading);
        check_text(is, "caption", is->caption);
        check_text(is, "chart", is->chart);
        check_text(is, "meaning", is->meaning);
        check_optional(is, "nameless", is->nameless);
        check_optional(is, "note", is->note);
        check_optional(is, "left_out", is->left_out);
        assert_int_equal(is->nameless == TEXTS, is->is_scale);
        assert_true(!is->overlaps || is->note != TEXTS); /* the report says so */
        check_slots(is);
    }
    assert_null(dimension_files[DIMENSIONS]);
}

/* Keys and files are names that meet in one object, one directory, one workbook. */
static void test_distinct(void **state)
{
    (void)state;
    for (int i = 0; i < DIMENSIONS; i++) {
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(dimensions[i].key, dimensions[j].key);
            assert_string_not_equal(dimension_files[i], dimension_files[j]);
            assert_int_not_equal(strcasecmp(dimensions[i].table, dimensions[j].table), 0);
            assert_int_not_equal(dimensions[i].title, dimensions[j].title);
            assert_int_not_equal(dimensions[i].heading, dimensions[j].heading);
            assert_int_not_equal(dimensions[i].caption, dimensions[j].caption);
            assert_int_not_equal(dimensions[i].chart, dimensions[j].chart);
            assert_int_not_equal(dimensions[i].meaning, dimensions[j].meaning);
            assert_true(dimensions[i].place == 0 || dimensions[i].place != dimensions[j].place);
        }
    }
}

/* The workbook's table of contacts bears a name as well. */
static void test_table_names(void **state)
{
    (void)state;
    for (int i = 0; i < DIMENSIONS; i++) {
        assert_int_not_equal(strcasecmp(dimensions[i].table, "Contacts"), 0);
        assert_int_equal(strspn(dimensions[i].table, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                     "abcdefghijklmnopqrstuvwxyz_"),
                         strlen(dimensions[i].table));
    }
}

struct part_case {
    struct group group;
    enum group_part part;
    const char *expected; /* NULL: there is none */
};

static const struct part_case part_cases[] = {
    {{.name = "Germany", .code = "DE"}, PART_CODE, "DE"},
    {{.name = "Germany", .code = "DE"}, PART_NAME, "Germany"},
    {{.name = "Atlantis"}, PART_CODE, NULL},
    {{.name = "Mail", .id = INT64_MIN, .channel_type = "Email"}, PART_ID, "-9223372036854775808"},
    {{.name = "Mail", .id = 0, .channel_type = "Email"}, PART_ID, "0"},
    {{.name = "Mail", .channel_type = "Email"}, PART_CHANNEL_TYPE, "Email"},
    {{.name = NULL, .id = 0}, PART_ID, NULL}, /* no inbox */
    {{.name = NULL}, PART_NAME, NULL},
    {{.name = "<=7d", .bucket = {BUCKET_WITHIN, 7}}, PART_BUCKET, "<=7d"},
};

static void test_parts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(part_cases); i++) {
        char room[GROUP_PART_BYTES];
        const char *part = group_part(&part_cases[i].group, part_cases[i].part, room);
        if (part_cases[i].expected)
            assert_string_equal(part, part_cases[i].expected);
        else
            assert_null(part);
    }
}

static void test_limits(void **state)
{
    (void)state;
    const struct report report = {.top_companies = 3};
    for (int i = 0; i < DIMENSIONS; i++) {
        enum dimension dimension = (enum dimension)i;
        int64_t limit = dimensions[i].has_top ? 3 : REPORT_GROUPS_MAX;
        assert_int_equal(report_limit(&report, dimension), limit);
        assert_int_equal(report_limit_within(&report, dimension, 2),
                         dimensions[i].is_scale ? limit : 2);
        assert_int_equal(report_limit_within(&report, dimension, 2000), limit);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),      cmocka_unit_test(test_distinct),
        cmocka_unit_test(test_table_names), cmocka_unit_test(test_parts),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests_name("dimension", tests, NULL, NULL);
}
