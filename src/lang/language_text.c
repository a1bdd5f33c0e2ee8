#include "base/buffer.h"
#include "lang/language_parts.h"
#include "model/column.h"

#include <string.h>
#include <unicode/ustring.h>

/* Maps each warning to the first of its text's two forms. */
static const enum text_id warning_texts[WARNINGS] = {
    [WARNING_CONTACT_WITHOUT_ID] = TEXT_WARNING_CONTACT_WITHOUT_ID_ONE,
    [WARNING_CONTACT_WITH_BAD_ID] = TEXT_WARNING_CONTACT_WITH_BAD_ID_ONE,
    [WARNING_UNREADABLE_FIELD] = TEXT_WARNING_UNREADABLE_FIELD_ONE,
    [WARNING_UNREADABLE_TIME] = TEXT_WARNING_UNREADABLE_TIME_ONE,
    [WARNING_FINER_TIME] = TEXT_WARNING_FINER_TIME_ONE,
    [WARNING_NUL_IN_KEY] = TEXT_WARNING_NUL_IN_KEY_ONE,
    [WARNING_UNREADABLE_INBOX] = TEXT_WARNING_UNREADABLE_INBOX_ONE,
    [WARNING_INVALID_TEXT] = TEXT_WARNING_INVALID_TEXT_ONE,
    [WARNING_NUMBER_TOO_LARGE] = TEXT_WARNING_NUMBER_TOO_LARGE_ONE,
    [WARNING_FORBIDDEN_CHARACTER] = TEXT_WARNING_FORBIDDEN_CHARACTER_ONE,
    [WARNING_CUT_CELL] = TEXT_WARNING_CUT_CELL_ONE,
    [WARNING_SHEET_CONTINUED] = TEXT_WARNING_SHEET_CONTINUED_ONE,
    [WARNING_CUSTOM_COLUMNS_LEFT_OUT] = TEXT_WARNING_CUSTOM_COLUMNS_LEFT_OUT_ONE,
};

const char *language_text(const struct language *language, enum text_id id)
{
    return language->catalogue.texts[id];
}

void language_fill(const struct language *language, enum text_id id, const char *const *values,
                   size_t count, struct buffer *out)
{
    for (const char *c = language_text(language, id); *c; c++) {
        bool is_place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
        size_t place = is_place ? (size_t)(c[1] - '0') : count;
        if (place < count) {
            buffer_append_text(out, values[place]);
            c += 2;
        } else {
            buffer_append_char(out, *c);
        }
    }
}

/* Whether the language uses the singular. French uses it for 0 as well. */
static bool is_singular(const struct language *language, int64_t count)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar keyword[16];
    int32_t length = uplrules_select(language->plural_rules, (double)count, keyword, 16, &status);
    return U_SUCCESS(status) && u_strCompare(keyword, length, u"one", 3, false) == 0;
}

void language_count(const struct language *language, enum text_id one, int64_t count,
                    struct buffer *out)
{
    char number[LANGUAGE_FORMAT_BYTES];
    language_number(language, count, number);
    const char *const values[] = {number};
    language_fill(language, is_singular(language, count) ? one : one + 1, values, 1, out);
}

void language_column(const struct language *language, const struct column *column,
                     struct buffer *out)
{
    static const char prefix[] = "column.";
    if (column->id == COLUMN_CUSTOM) {
        const char *const values[] = {column->name + strlen(column_custom_prefix)};
        language_fill(language, TEXT_COLUMN_CUSTOM, values, 1, out);
        return;
    }
    int id = TEXT_COLUMN_ID;
    while (id < TEXT_COLUMN_CUSTOM && strcmp(text_keys[id] + strlen(prefix), column->name) != 0)
        id++;
    buffer_append_text(out, id < TEXT_COLUMN_CUSTOM ? language_text(language, (enum text_id)id)
                                                    : column->name);
}

void language_warning(const struct language *language, enum warning warning, int64_t count,
                      struct buffer *out)
{
    language_count(language, warning_texts[warning], count, out);
}
