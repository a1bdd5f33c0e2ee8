/* The languages by name, and their texts put to use. */
#include "lang/language.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "model/column.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

static const char *const codes[] = {"en", "zh-Hans", "zh-Hant", "ja", "de", "fr", "es"};

static struct language *open_language(const char *name)
{
    struct error error;
    struct language *language;
    if (!language_open(&language, name, &error))
        fail_msg("%s: %s", name, error.message);
    return language;
}

static const struct {
    const char *name;
    const char *code; /* NULL: none */
} names[] = {
    {"en", "en"},
    {"EN", "en"},
    {"en-GB", "en"},
    {"en_US", "en"},
    {"zh", "zh-Hans"},
    {"zh-Hans", "zh-Hans"},
    {"ZH-HANS", "zh-Hans"},
    {"zh-CN", "zh-Hans"},
    {"zh_cn", "zh-Hans"},
    {"zh-SG", "zh-Hans"},
    {"zh-Hans-HK", "zh-Hans"},
    {"zh-Hant", "zh-Hant"},
    {"zh_hant", "zh-Hant"},
    {"zh-TW", "zh-Hant"},
    {"zh-HK", "zh-Hant"},
    {"zh_MO", "zh-Hant"},
    {"zh-Hant-CN", "zh-Hant"},
    {"ja", "ja"},
    {"ja_JP", "ja"},
    {"de", "de"},
    {"de-AT", "de"},
    {"DE_ch", "de"},
    {"fr", "fr"},
    {"fr-CA", "fr"},
    {"es", "es"},
    {"es-419", "es"},
    {"", NULL},
    {" de", NULL},
    {"de ", NULL},
    {"de-", NULL},
    {"-de", NULL},
    {"_DE", NULL},
    {"und", NULL},
    {"x-private", NULL},
    {"deu_", NULL},
    {"german", NULL},
    {"Deutsch", NULL},
    {"it", NULL},
    {"zh-Latn", NULL},
    {"C", NULL},
    {"de_DE.UTF-8", NULL},
    {"\xff", NULL},
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *code = language_find(names[i].name);
        if (!code != !names[i].code || (code && strcmp(code, names[i].code) != 0))
            fail_msg("'%s' is %s", names[i].name, code ? code : "none");
    }
    char endless[1000] = "de-";
    memset(endless + 3, 'a', sizeof endless - 4);
    assert_null(language_find(endless));
}

static void test_open(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct language *language = open_language(codes[i]);
        assert_string_equal(language_code(language), codes[i]);
        language_free(language);
    }
    struct error error;
    struct language *language;
    assert_false(language_open(&language, "tlh", &error));
    support_check_error("tlh", &error, EXIT_WRONG_USE, "'tlh'", "zh-Hans");
    language_free(NULL);
}

static int find_key(const char *key)
{
    int id = 0;
    while (id < TEXTS && strcmp(text_keys[id], key) != 0)
        id++;
    if (id == TEXTS)
        fail_msg("there is no key '%s'", key);
    return id;
}

static void test_columns(void **state)
{
    (void)state;
    struct language *german = open_language("de");
    struct arena arena = {0};
    const char *const custom[] = {"plan"};
    struct columns columns = columns_choose(NULL, 0, custom, 1, &arena);
    for (size_t i = 0; i < columns.count; i++) {
        struct buffer header = {0};
        language_column(german, &columns.items[i], &header);
        if (columns.items[i].id == COLUMN_CUSTOM) {
            assert_string_equal(buffer_text(&header), "plan (eigenes Attribut)");
        } else {
            char *key = memory_print("column.%s", columns.items[i].name);
            assert_string_equal(buffer_text(&header),
                                language_text(german, (enum text_id)find_key(key)));
            free(key);
        }
        buffer_free(&header);
    }
    arena_free(&arena);
    language_free(german);
}

static const struct {
    const char *name;
    enum text_id one;
    int64_t count;
    const char *expected;
} counts[] = {
    {"en", TEXT_GROUP_UP_TO_DAYS_ONE, 1, "up to 1 day"},
    {"en", TEXT_GROUP_UP_TO_DAYS_ONE, 7, "up to 7 days"},
    {"en", TEXT_WARNING_CUT_CELL_ONE, 0,
     "0 cells were cut at 32,767 characters in the workbook; the CSV has them whole"},
    {"de", TEXT_GROUP_OVER_DAYS_ONE, 1, "über 1 Tag"},
    {"de", TEXT_GROUP_OVER_DAYS_ONE, 1000, "über 1.000 Tage"},
    {"fr", TEXT_GROUP_OTHERS_COUNT_ONE, 0, "0 autre"},
    {"fr", TEXT_GROUP_OTHERS_COUNT_ONE, 1, "1 autre"},
    {"fr", TEXT_GROUP_OTHERS_COUNT_ONE, 2, "2 autres"},
    {"fr", TEXT_GROUP_OTHERS_COUNT_ONE, 1000000, "1\u202f000\u202f000 autres"},
    {"es", TEXT_GROUP_UP_TO_DAYS_ONE, 1, "hasta 1 día"},
    {"zh-TW", TEXT_GROUP_UP_TO_DAYS_ONE, 1, "1 天以內"},
    {"ja", TEXT_GROUP_OVER_DAYS_ONE, 365, "365 日超"},
};

static void test_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(counts); i++) {
        struct language *language = open_language(counts[i].name);
        struct buffer text = {0};
        language_count(language, counts[i].one, counts[i].count, &text);
        assert_string_equal(buffer_text(&text), counts[i].expected);
        buffer_free(&text);
        language_free(language);
    }
}

static void test_fill(void **state)
{
    (void)state;
    struct language *language = open_language("de");
    struct buffer text = {0};
    const char *const values[] = {"{1}", "50 {0} %s"};
    language_fill(language, TEXT_JOIN_LABELLED, values, 2, &text);
    assert_string_equal(buffer_text(&text), "{1}: 50 {0} %s");
    buffer_clear(&text);
    language_fill(language, TEXT_JOIN_LABELLED, values, 1, &text);
    assert_string_equal(buffer_text(&text), "{1}: {1}");
    buffer_free(&text);
    language_free(language);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names), cmocka_unit_test(test_open),    cmocka_unit_test(test_counts),
        cmocka_unit_test(test_fill),  cmocka_unit_test(test_columns),
    };
    return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
