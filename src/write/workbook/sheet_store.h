/* Rows of sheets. The store compresses them as they come and keeps them in an unnamed file until
   the workbook is joined. */
#ifndef ROLLCALL_SHEET_STORE_H
#define ROLLCALL_SHEET_STORE_H

#include "zip/zip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sheet_store;

/* The rows of one sheet: a joint of raw deflate. */
struct stored_rows {
    uint64_t offset;
    uint64_t packed_length;
    uint64_t plain_length;
    uint32_t sum;
};

/* Makes the file in that directory. False, with errno set, on failure. */
bool sheet_store_open(struct sheet_store **store, const char *directory);

/* The caller appends the XML of rows here. All rows belong to one sheet until
   sheet_store_end_sheet. */
struct buffer *sheet_store_xml(struct sheet_store *store);

/* Call the first after each row, the second after the last row of a sheet. False, with errno set,
   if the rows cannot be written. */
bool sheet_store_row(struct sheet_store *store);
bool sheet_store_end_sheet(struct sheet_store *store, struct stored_rows *rows);

/* Copies a sheet's rows into the archive. False, with errno set, if they cannot be read. */
bool sheet_store_copy(const struct sheet_store *store, const struct stored_rows *rows,
                      struct zip_writer *writer);

/* NULL is allowed. */
void sheet_store_free(struct sheet_store *store);

#endif
