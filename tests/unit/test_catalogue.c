/* The catalogues against each other and against the table of keys. */
#include "lang/catalogue.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/fold.h"
#include "support.h"

#include <ctype.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

static const char *const codes[] = {"en", "zh-Hans", "zh-Hant", "ja", "de", "fr", "es"};

static const struct catalogue_file *file_of(const char *code)
{
    const struct catalogue_file *file = catalogue_files;
    while (file->code && strcmp(file->code, code) != 0)
        file++;
    if (!file->code)
        fail_msg("%s has no catalogue", code);
    return file;
}

static struct catalogue read_catalogue(const char *code)
{
    struct catalogue catalogue = {0};
    struct error error;
    if (!catalogue_read(&catalogue, file_of(code), &error))
        fail_msg("%s", error.message);
    return catalogue;
}

/* The parser drops a key's first text when the key comes twice, so the file is searched. */
static void check_once(const struct catalogue_file *file, const char *key)
{
    char *quoted = memory_print("\"%s\":", key);
    const char *first = strstr(file->json, quoted);
    if (!first || strstr(first + 1, quoted))
        fail_msg("%s: '%s' does not stand there once", file->code, key);
    free(quoted);
}

/* Every catalogue has the keys of the table, in its order, and no others. */
static void test_keys(void **state)
{
    (void)state;
    size_t files = 0;
    for (const struct catalogue_file *file = catalogue_files; file->code; file++, files++) {
        struct json_object *catalogue = support_parse_json(file->json);
        int id = 0;
        json_object_object_foreach(catalogue, key, text)
        {
            if (id == TEXTS || strcmp(key, text_keys[id]) != 0)
                fail_msg("%s: '%s' stands where '%s' is expected", file->code, key,
                         id == TEXTS ? "the end" : text_keys[id]);
            assert_true(json_object_is_type(text, json_type_string));
            check_once(file, key);
            id++;
        }
        if (id < TEXTS)
            fail_msg("%s: '%s' is missing", file->code, text_keys[id]);
        json_object_put(catalogue);
    }
    assert_int_equal(files, COUNT(codes));
    for (size_t i = 0; i < COUNT(codes); i++)
        file_of(codes[i]);
}

/* Reading says which text is missing or empty, wherever it stands. */
static void test_lacking_texts(void **state)
{
    (void)state;
    for (int id = 0; id < TEXTS; id++) {
        struct json_object *object = support_parse_json(file_of("fr")->json);
        if (id % 2 == 0)
            json_object_object_del(object, text_keys[id]);
        else
            json_object_object_add(object, text_keys[id], json_object_new_string(""));
        const struct catalogue_file file = {"fr", json_object_to_json_string(object)};
        struct catalogue catalogue = {0};
        struct error error;
        assert_false(catalogue_read(&catalogue, &file, &error));
        support_check_error(text_keys[id], &error, EXIT_UNEXPECTED, text_keys[id], NULL);
        json_object_put(object);
    }
    const struct catalogue_file broken = {"fr", "{\"report.title\": "};
    struct catalogue catalogue = {0};
    struct error error;
    assert_false(catalogue_read(&catalogue, &broken, &error));
    support_check_error("broken", &error, EXIT_UNEXPECTED, "lang/fr.json", NULL);
}

/* The places of a text as bits: {0} is 1, {1} is 2. Any other brace fails the test. */
static unsigned places_of(const char *code, const char *key, const char *text)
{
    unsigned places = 0;
    for (const char *c = text; *c; c++) {
        if (*c != '{' && *c != '}')
            continue;
        if (c[0] != '{' || !isdigit((unsigned char)c[1]) || c[2] != '}')
            fail_msg("%s: '%s' has a stray brace: %s", code, key, text);
        unsigned place = 1u << (c[1] - '0');
        if (places & place)
            fail_msg("%s: '%s' has a place twice: %s", code, key, text);
        places |= place;
        c += 2;
    }
    return places;
}

/* Every language fills the same places, and those are counted from 0. */
static void test_places(void **state)
{
    (void)state;
    struct catalogue english = read_catalogue("en");
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct catalogue catalogue = read_catalogue(codes[i]);
        for (int id = 0; id < TEXTS; id++) {
            unsigned expected = places_of("en", text_keys[id], english.texts[id]);
            unsigned places = places_of(codes[i], text_keys[id], catalogue.texts[id]);
            if (places != expected || (places & (places + 1)) != 0)
                fail_msg("%s: '%s' has other places: %s", codes[i], text_keys[id],
                         catalogue.texts[id]);
        }
        catalogue_clear(&catalogue);
    }
    catalogue_clear(&english);
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

/* Both forms of a text about a count stand side by side. */
static void test_forms(void **state)
{
    (void)state;
    for (int id = 0; id < TEXTS; id++) {
        bool is_one = ends_with(text_keys[id], ".one");
        size_t stem = strlen(text_keys[id]) - strlen(".one");
        if (is_one && (id + 1 == TEXTS || strncmp(text_keys[id], text_keys[id + 1], stem) != 0 ||
                       strcmp(text_keys[id + 1] + stem, ".other") != 0))
            fail_msg("'%s' is alone", text_keys[id]);
        if (ends_with(text_keys[id], ".other"))
            assert_true(id > 0 && ends_with(text_keys[id - 1], ".one"));
    }
}

/* Fails the test if two of the texts are the same to somebody who does not look at case. */
static void check_distinct(const struct catalogue *catalogue, enum text_id first, enum text_id last)
{
    for (enum text_id i = first; i <= last; i++) {
        for (enum text_id j = first; j < i; j++) {
            struct buffer left = {0};
            struct buffer right = {0};
            fold_key(catalogue->texts[i], &left);
            fold_key(catalogue->texts[j], &right);
            if (strcmp(buffer_text(&left), buffer_text(&right)) == 0)
                fail_msg("'%s' and '%s' are both '%s'", text_keys[i], text_keys[j],
                         catalogue->texts[i]);
            buffer_free(&left);
            buffer_free(&right);
        }
    }
}

static size_t count_characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* What Excel takes, with room for a number behind the name. */
static void check_sheet_name(const char *code, const char *name)
{
    enum { EXCEL_CHARACTERS_MAX = 31, NUMBER_CHARACTERS = 7 };
    if (strpbrk(name, "[]:*?/\\'"))
        fail_msg("%s: '%s' is no name for a sheet", code, name);
    if (count_characters(name) > EXCEL_CHARACTERS_MAX - NUMBER_CHARACTERS)
        fail_msg("%s: '%s' is too long for a sheet", code, name);
}

static void test_sheets_and_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct catalogue catalogue = read_catalogue(codes[i]);
        for (enum text_id id = TEXT_SHEET_SUMMARY; id <= TEXT_SHEET_CONTINUED; id++)
            check_sheet_name(codes[i], catalogue.texts[id]);
        check_distinct(&catalogue, TEXT_SHEET_SUMMARY, TEXT_SHEET_ABOUT);
        check_distinct(&catalogue, TEXT_COLUMN_ID, TEXT_COLUMN_THUMBNAIL);
        catalogue_clear(&catalogue);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_lacking_texts),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_sheets_and_columns),
    };
    return cmocka_run_group_tests_name("catalogues", tests, NULL, NULL);
}
