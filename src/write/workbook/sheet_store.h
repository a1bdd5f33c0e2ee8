/* Rows of sheets, compressed as they come and kept in a file without a name until the workbook that
   they belong to is put together. */
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

/* Makes the file in that directory. False, with errno set, if it cannot. */
bool sheet_store_open(struct sheet_store **store, const char *directory);

/* Where the XML of the rows goes; it is of one sheet until that is ended. */
struct buffer *sheet_store_xml(struct sheet_store *store);

/* To be called after each row, and after the last one of a sheet. False, with errno set, if what
   there is cannot be written. */
bool sheet_store_row(struct sheet_store *store);
bool sheet_store_end_sheet(struct sheet_store *store, struct stored_rows *rows);

/* Copies a sheet's rows into the archive. False, with errno set, if they cannot be read. */
bool sheet_store_copy(const struct sheet_store *store, const struct stored_rows *rows,
                      struct zip_writer *writer);

/* NULL is allowed. */
void sheet_store_free(struct sheet_store *store);

#endif
