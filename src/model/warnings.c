#include "model/warnings.h"

#include <inttypes.h>
#include <stdio.h>

static const struct {
    const char *name;
    const char *one;
    const char *many;
} kinds[WARNINGS] = {
    [WARNING_CONTACT_WITHOUT_ID] = {"contact_without_id", "contact without an id was left out",
                                    "contacts without an id were left out"},
    [WARNING_CONTACT_WITH_BAD_ID] = {"contact_with_bad_id",
                                     "contact whose id is no number was left out",
                                     "contacts whose id is no number were left out"},
    [WARNING_UNREADABLE_FIELD] = {"unreadable_field",
                                  "field of an unexpected type was set aside in the snapshot",
                                  "fields of an unexpected type were set aside in the snapshot"},
    [WARNING_UNREADABLE_TIME] = {"unreadable_time",
                                 "time that could not be read was set aside in the snapshot",
                                 "times that could not be read were set aside in the snapshot"},
    [WARNING_UNREADABLE_INBOX] = {"unreadable_inbox",
                                  "inbox without a usable id was set aside in the snapshot",
                                  "inboxes without a usable id were set aside in the snapshot"},
    [WARNING_INVALID_TEXT] = {"invalid_text", "text was not valid UTF-8 and was repaired",
                              "texts were not valid UTF-8 and were repaired"},
    [WARNING_NUMBER_TOO_LARGE] = {"number_too_large",
                                  "custom number beyond 64 bits lost its exact value",
                                  "custom numbers beyond 64 bits lost their exact values"},
    [WARNING_FORBIDDEN_CHARACTER] = {"forbidden_character",
                                     "cell held control characters, now shown as \uFFFD",
                                     "cells held control characters, now shown as \uFFFD"},
    [WARNING_CUT_CELL] = {"cut_cell",
                          "cell was cut at 32,767 characters in the workbook; the CSV has it whole",
                          "cells were cut at 32,767 characters in the workbook; the CSV has them "
                          "whole"},
    [WARNING_SHEET_CONTINUED] = {"sheet_continued", "sheet was full and continues on a further one",
                                 "sheets were full and continue on further ones"},
    [WARNING_CUSTOM_COLUMNS_LEFT_OUT] = {"custom_columns_left_out",
                                         "custom attribute got no column of its own",
                                         "custom attributes got no columns of their own"},
};

const char *warning_name(enum warning warning)
{
    return kinds[warning].name;
}

void warning_describe(enum warning warning, int64_t count, char *text, size_t bytes)
{
    snprintf(text, bytes, "%" PRId64 " %s", count,
             count == 1 ? kinds[warning].one : kinds[warning].many);
}

void warnings_add(struct warnings *sum, const struct warnings *more)
{
    for (int i = 0; i < WARNINGS; i++)
        sum->counts[i] += more->counts[i];
}
