#include "model/warnings.h"

static const char *const names[WARNINGS] = {
    [WARNING_CONTACT_WITHOUT_ID] = "contact_without_id",
    [WARNING_CONTACT_WITH_BAD_ID] = "contact_with_bad_id",
    [WARNING_UNREADABLE_FIELD] = "unreadable_field",
    [WARNING_UNREADABLE_TIME] = "unreadable_time",
    [WARNING_FINER_TIME] = "finer_time",
    [WARNING_UNREADABLE_INBOX] = "unreadable_inbox",
    [WARNING_INVALID_TEXT] = "invalid_text",
    [WARNING_NUL_IN_KEY] = "nul_in_key",
    [WARNING_NUMBER_TOO_LARGE] = "number_too_large",
    [WARNING_FORBIDDEN_CHARACTER] = "forbidden_character",
    [WARNING_CUT_CELL] = "cut_cell",
    [WARNING_SHEET_CONTINUED] = "sheet_continued",
    [WARNING_CUSTOM_COLUMNS_LEFT_OUT] = "custom_columns_left_out",
};

const char *warning_name(enum warning warning)
{
    return names[warning];
}

void warnings_add(struct warnings *sum, const struct warnings *more)
{
    for (int i = 0; i < WARNINGS; i++)
        sum->counts[i] += more->counts[i];
}
