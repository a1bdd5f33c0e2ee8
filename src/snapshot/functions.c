#include "snapshot/functions.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "model/country.h"
#include "model/custom.h"
#include "model/fold.h"
#include "model/further.h"

#include <string.h>
#include <unicode/ucol.h>

static const char *text_of(sqlite3_value *value)
{
    return (const char *)sqlite3_value_text(value);
}

static const struct country *country_of(sqlite3_value **arguments)
{
    return country_find(text_of(arguments[0]), text_of(arguments[1]));
}

static void result_buffer(sqlite3_context *context, struct buffer *buffer)
{
    if (buffer->length > 0)
        sqlite3_result_text(context, buffer->bytes, (int)buffer->length, SQLITE_TRANSIENT);
    buffer_free(buffer);
}

static void country_code(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    const struct country *country = country_of(arguments);
    if (country)
        sqlite3_result_text(context, country->code, -1, SQLITE_STATIC);
}

static void country_name(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    const struct country *country = country_of(arguments);
    const char *text = text_of(arguments[1]);
    struct buffer name = {0};
    if (country)
        buffer_append_text(&name, country->name);
    else if (text)
        fold_blanks(text, &name);
    result_buffer(context, &name);
}

static void text_spelling(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    struct buffer spelling = {0};
    if (text_of(arguments[0]))
        fold_blanks(text_of(arguments[0]), &spelling);
    result_buffer(context, &spelling);
}

static void text_key(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    struct buffer key = {0};
    if (text_of(arguments[0]))
        fold_key(text_of(arguments[0]), &key);
    result_buffer(context, &key);
}

static void custom_value(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    struct arena arena = {0};
    struct json_object *custom = custom_parse(text_of(arguments[0]));
    struct cell cell = custom_cell(custom, text_of(arguments[1]), &arena);
    if (cell.kind == CELL_TEXT)
        sqlite3_result_text(context, cell.text, -1, SQLITE_TRANSIENT);
    else if (cell.kind == CELL_NUMBER)
        sqlite3_result_double(context, cell.number);
    else if (cell.kind == CELL_BOOLEAN)
        sqlite3_result_int(context, cell.truth);
    custom_free(custom);
    arena_free(&arena);
}

static void result_told(sqlite3_context *context, const char *text)
{
    if (text)
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void told_company(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    const struct further_keys *keys = sqlite3_user_data(context);
    struct arena arena = {0};
    result_told(context, further_company(text_of(arguments[0]), text_of(arguments[1]),
                                         text_of(arguments[2]), keys->company, &arena));
    arena_free(&arena);
}

static void told_country(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    const struct further_keys *keys = sqlite3_user_data(context);
    struct arena arena = {0};
    result_told(context, further_country(text_of(arguments[0]), text_of(arguments[1]),
                                         text_of(arguments[2]), keys->country, &arena));
    arena_free(&arena);
}

static int compare_people(void *collator, int left_length, const void *left, int right_length,
                          const void *right)
{
    UErrorCode status = U_ZERO_ERROR;
    return ucol_strcollUTF8(collator, left, left_length, right, right_length, &status);
}

static void close_collator(void *collator)
{
    ucol_close(collator);
}

bool functions_register(sqlite3 *database, const struct further_keys *keys, struct error *error)
{
    static const struct {
        const char *name;
        int argument_count;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"country_code", 2, country_code},   {"country_name", 2, country_name},
        {"text_spelling", 1, text_spelling}, {"text_key", 1, text_key},
        {"custom_value", 2, custom_value},   {"told_company", 3, told_company},
        {"told_country", 3, told_country},
    };
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    bool ok = true;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        ok = ok && sqlite3_create_function(database, functions[i].name, functions[i].argument_count,
                                           flags, (void *)keys, functions[i].call, NULL,
                                           NULL) == SQLITE_OK;

    UErrorCode status = U_ZERO_ERROR;
    UCollator *collator = ucol_open("root", &status);
    ok = ok && U_SUCCESS(status) &&
         sqlite3_create_collation_v2(database, "people", SQLITE_UTF8, collator, compare_people,
                                     close_collator) == SQLITE_OK;
    return ok || error_set(error, EXIT_UNEXPECTED,
                           "the functions for reading a snapshot cannot be "
                           "set up");
}
