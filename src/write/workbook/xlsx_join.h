/* A workbook put together: a small one, in which some sheets have only their first rows, and the
   rows that go on below those. */
#ifndef ROLLCALL_XLSX_JOIN_H
#define ROLLCALL_XLSX_JOIN_H

#include "base/error.h"
#include "write/workbook/sheet_store.h"

#include <stdbool.h>
#include <stddef.h>

struct continued_sheet {
    const char *part; /* its name in the archive */
    struct stored_rows rows;
};

/* Takes the small workbook at `path` out of the way and writes the whole one there: its parts as
   they are, but for those sheets. Fails with EXIT_OUTPUT if that cannot be, also if the small one
   is not sound or has not all of the sheets; then there may be something at `path` or nothing. */
bool xlsx_join(const char *path, const struct sheet_store *store,
               const struct continued_sheet *sheets, size_t sheet_count, struct error *error);

#endif
