/* CSV files as in RFC 4180: UTF-8, CRLF, quotes only where needed. */
#ifndef ROLLCALL_CSV_FILE_H
#define ROLLCALL_CSV_FILE_H

#include "base/error.h"

#include <stdbool.h>

struct csv_file;

/* `fields_per_row` is at least 1. With `guarded`, csv_file_text lets no text become a formula in a
 * spreadsheet. */
bool csv_file_create(struct csv_file **csv, const char *path, int fields_per_row, bool guarded,
                     struct error *error);

/* Writes the next field of the row; the last field ends the row. NULL is an empty field.
   csv_file_close returns a failure. */
void csv_file_text(struct csv_file *csv, const char *text);

/* The same for a field that is no free text: a number, a time, a word of ours. It is not
   guarded. */
void csv_file_plain(struct csv_file *csv, const char *text);

/* Closes and frees. Fails with EXIT_OUTPUT if anything could not be written. */
bool csv_file_close(struct csv_file *csv, struct error *error);

/* Closes and frees an unfinished file. NULL is allowed. */
void csv_file_free(struct csv_file *csv);

#endif
