/* Writes a sheet that goes through the library: its cells, its columns, and the foot of its pages.
 */
#ifndef ROLLCALL_SHEET_H
#define ROLLCALL_SHEET_H

#include "write/workbook/book.h"

/* Writes a text from outside, made fit for a cell. NULL and "" leave the cell empty. */
void sheet_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                const char *text, enum book_format format);

/* Writes one of the report's own texts. */
void sheet_say(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
               enum text_id text, enum book_format format);

/* Writes a moment as a date in the report's zone; as text if it is outside the calendar of
   spreadsheets. */
void sheet_time(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                int64_t seconds, enum book_format format);

void sheet_number(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                  double number, enum book_format format);

/* Merges cells of one row; the caller then writes the first one. */
void sheet_merge(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first,
                 lxw_col_t last, enum book_format format);

/* Makes a column as wide as its texts, within bounds that keep it readable. */
void sheet_set_width(struct book *book, lxw_worksheet *sheet, lxw_col_t column, int width);

/* Sets the sheet up for A4, with the report's name and date below each page. */
void sheet_paginate(struct book *book, lxw_worksheet *sheet);

#endif
