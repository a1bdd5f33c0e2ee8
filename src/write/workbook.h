/* The workbook's parts, shared by the files that write its sheets. */
#ifndef ROLLCALL_WORKBOOK_H
#define ROLLCALL_WORKBOOK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "write/report.h"
#include "write/workbook_formats.h"

#include <stdbool.h>
#include <xlsxwriter.h>

struct workbook {
    struct report *report;
    const struct language *language;
    lxw_workbook *book;
    lxw_format *formats[FORMATS];
    lxw_worksheet *summary;
    lxw_worksheet *tallies[DIMENSIONS];
    lxw_worksheet **contacts; /* one or more; arena's */
    size_t contacts_count;
    lxw_worksheet *about;
    size_t contacts_sheet; /* the one being filled */
    lxw_row_t contacts_row;
    int64_t contacts_measured; /* rows whose texts the widths of the columns go by */
    int *contacts_widths;      /* one for each column; arena's */
    struct arena arena;
    struct buffer text; /* of the cell being written */
    bool failed;
};

/* Remembers a failure of the library, which the writer tells at the end. */
void workbook_check(struct workbook *workbook, lxw_error result);

/* Writes a text that came from outside, made fit for a cell: what had to be changed is counted as a
   warning. NULL and "" leave the cell empty. */
void workbook_text(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   const char *text, enum workbook_format format);

/* Writes one of the report's own texts. */
void workbook_say(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                  enum text_id text, enum workbook_format format);

/* Writes a moment as a date of the report's zone; as text where the calendar of spreadsheets does
 * not reach. */
void workbook_time(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   int64_t seconds, enum workbook_format format);

void workbook_number(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row,
                     lxw_col_t column, double number, enum workbook_format format);

/* Merges cells of one row; the first one is written by what follows. */
void workbook_merge(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first,
                    lxw_col_t last, enum workbook_format format);

/* Raises the width of a column, in characters, to that of the text. */
void workbook_widen(const struct workbook *workbook, int *width, const char *text);

/* Makes a column as wide as its texts, between bounds that keep it fit to be read. */
void workbook_set_width(struct workbook *workbook, lxw_worksheet *sheet, lxw_col_t column,
                        int width);

/* Sets the sheet up for A4, with the report's name and date below each page. */
void workbook_paginate(struct workbook *workbook, lxw_worksheet *sheet);

/* Append when the report was, and whether it is complete, in words. */
void workbook_as_of(const struct workbook *workbook, struct buffer *out);
void workbook_ledger(const struct workbook *workbook, struct buffer *out);

/* Fill the sheets. They fail as the tally does. */
bool workbook_write_summary(struct workbook *workbook, struct error *error);
bool workbook_write_tally(struct workbook *workbook, enum dimension dimension, struct error *error);
void workbook_write_about(struct workbook *workbook);

/* The sheets of the contacts: made, filled row by row, finished. Making is false if there is no
   temporary file for one of them. */
bool workbook_add_contacts(struct workbook *workbook);
void workbook_write_contact(struct workbook *workbook, const struct cell *cells);
void workbook_finish_contacts(struct workbook *workbook);

/* Adds a sheet. Those that are kept in memory can be written in any order and hold tables; one by
   rows goes to disk, each row as soon as the next one begins. NULL if there is no temporary file.
 */
enum sheet_keeping { IN_MEMORY, BY_ROWS };
lxw_worksheet *workbook_add_sheet(struct workbook *workbook, const char *name,
                                  enum sheet_keeping keeping);

#endif
