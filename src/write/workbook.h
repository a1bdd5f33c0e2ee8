/* The workbook's parts, shared by the files that write its sheets. */
#ifndef ROLLCALL_WORKBOOK_H
#define ROLLCALL_WORKBOOK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "write/report.h"

#include <stdbool.h>
#include <xlsxwriter.h>

struct workbook_formats {
    lxw_format *title;
    lxw_format *header;
    lxw_format *figure_header; /* aligned like the figures below it */
    lxw_format *label;
    lxw_format *text;
    lxw_format *count;
    lxw_format *share;
    lxw_format *time;
    lxw_format *warning;
};

struct workbook {
    struct report *report;
    lxw_workbook *book;
    struct workbook_formats formats;
    lxw_worksheet *summary;
    lxw_worksheet *tallies[DIMENSIONS];
    lxw_worksheet **contacts; /* one or more; arena's */
    size_t contacts_count;
    lxw_worksheet *about;
    size_t contacts_sheet; /* the one being filled */
    lxw_row_t contacts_row;
    struct arena arena;
    struct buffer text; /* of the cell being written */
    bool failed;
};

/* Writes a text that came from outside, made fit for a cell: what had to be changed is counted as a
   warning. NULL and "" leave the cell empty. */
void workbook_text(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   const char *text, lxw_format *format);

/* Writes a moment as a date of the report's zone; as text where the calendar of spreadsheets does
 * not reach. */
void workbook_time(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   int64_t seconds);

void workbook_number(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row,
                     lxw_col_t column, double number, lxw_format *format);

/* Fill the sheets. They fail as the tally does. */
bool workbook_write_summary(struct workbook *workbook, struct error *error);
bool workbook_write_tally(struct workbook *workbook, enum dimension dimension, struct error *error);
void workbook_write_about(struct workbook *workbook);

#endif
