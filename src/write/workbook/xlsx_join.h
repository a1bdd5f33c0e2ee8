/* Joins a workbook: a small one, in which some sheets have only their first rows, and the further
   rows of those sheets. */
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

/* Replaces the small workbook at `path` by the whole one: adds the rows to those sheets and copies
   all other parts unchanged. Fails with EXIT_OUTPUT, also if the small one is damaged or lacks one
   of the sheets. After a failure there may or may not be a file at `path`. */
bool xlsx_join(const char *path, const struct sheet_store *store,
               const struct continued_sheet *sheets, size_t sheet_count, struct error *error);

#endif
