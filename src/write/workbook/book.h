/* The workbook while it is made: what its sheets share. */
#ifndef ROLLCALL_BOOK_H
#define ROLLCALL_BOOK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "report/report.h"
#include "write/workbook/formats.h"

#include <stdbool.h>
#include <xlsxwriter.h>

struct book {
    struct report *report;
    const struct language *language;
    lxw_workbook *lxw; /* NULL when it is closed */
    lxw_format *formats[FORMATS];
    struct arena arena;
    struct buffer text; /* of the cell being written */
    bool failed;
};

/* Remembers a failure of the library, which the writer reports at the end. */
void book_check(struct book *book, lxw_error result);

/* Adds a sheet behind the others. NULL if the library cannot. */
lxw_worksheet *book_add_sheet(struct book *book, enum text_id name);

/* Makes a text from outside fit for a cell that the library writes, and counts changes as warnings.
   Valid until the next text. */
const struct buffer *book_fit(struct book *book, const char *text);

/* Raises a column's width, in characters, to the text's width. */
void book_widen(const struct book *book, int *width, const char *text);

/* A moment in the report's zone, as spreadsheets count days. */
struct book_day {
    bool is_date; /* else the moment is outside their calendar */
    uint32_t day; /* counted from 1899-12-30 */
    uint32_t second;
};

struct book_day book_day(const struct report *report, int64_t seconds);

#endif
