/* The workbook's parts, shared by the files that write its sheets. */
#ifndef ROLLCALL_WORKBOOK_H
#define ROLLCALL_WORKBOOK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "report/report.h"
#include "write/workbook/formats.h"

#include <stdbool.h>
#include <xlsxwriter.h>

struct contacts;

struct workbook {
    struct report *report;
    const struct language *language;
    char *path;
    lxw_workbook *book; /* NULL when it is closed */
    lxw_format *formats[FORMATS];
    lxw_worksheet *summary;
    lxw_worksheet *tallies[DIMENSIONS];
    struct contacts *contacts; /* workbook_contacts.h; NULL until they are opened */
    struct arena arena;
    struct buffer text; /* of the cell being written */
    bool failed;
};

/* Remembers a failure of the library, which the writer tells at the end. */
void workbook_check(struct workbook *workbook, lxw_error result);

/* Makes a text that came from outside fit for a cell that the library writes: what had to be
   changed is counted as a warning. Valid until the next text. */
const struct buffer *workbook_fit(struct workbook *workbook, const char *text);

/* Writes such a text, made fit. NULL and "" leave the cell empty. */
void workbook_text(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   const char *text, enum workbook_format format);

/* Writes one of the report's own texts. */
void workbook_say(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                  enum text_id text, enum workbook_format format);

/* A moment in the report's zone, as spreadsheets count. */
struct workbook_day {
    bool is_date; /* else their calendar does not reach as far */
    uint32_t day; /* counted from 1899-12-30 */
    uint32_t second;
};

struct workbook_day workbook_day(const struct report *report, int64_t seconds);

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

/* Adds and fills the last sheet. False if the library cannot. */
bool workbook_write_about(struct workbook *workbook);

/* Adds a sheet behind the others. NULL if the library cannot. */
lxw_worksheet *workbook_add_sheet(struct workbook *workbook, enum text_id name);

#endif
