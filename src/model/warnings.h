/* Blemishes that did not stop the program: counted by kind, shown at the end. */
#ifndef ROLLCALL_WARNINGS_H
#define ROLLCALL_WARNINGS_H

#include <stdint.h>

enum warning {
    /* from the API; kept in the snapshot */
    WARNING_CONTACT_WITHOUT_ID,
    WARNING_CONTACT_WITH_BAD_ID,
    WARNING_UNREADABLE_FIELD,
    WARNING_UNREADABLE_TIME,
    WARNING_FINER_TIME, /* milliseconds or microseconds, read as such */
    WARNING_UNREADABLE_INBOX,
    WARNING_INVALID_TEXT,
    WARNING_NUL_IN_KEY,       /* an attribute whose key holds a NUL, kept aside */
    WARNING_NUMBER_TOO_LARGE, /* only in older snapshots: every number keeps its digits now */
    WARNINGS_OF_FETCH,        /* the number of the kinds above */

    /* from the writers */
    WARNING_FORBIDDEN_CHARACTER = WARNINGS_OF_FETCH,
    WARNING_CUT_CELL,
    WARNING_SHEET_CONTINUED,
    WARNING_CUSTOM_COLUMNS_LEFT_OUT,
    WARNINGS,
};

struct warnings {
    int64_t counts[WARNINGS];
};

/* The kind's name in the snapshot: "contact_without_id". */
const char *warning_name(enum warning warning);

void warnings_add(struct warnings *sum, const struct warnings *more);

#endif
