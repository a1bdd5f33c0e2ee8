#include "write/workbook/contacts_frame.h"

#include "base/memory.h"
#include "write/workbook/cell_text.h"
#include "write/workbook/sheet.h"
#include "write/workbook/table_headers.h"

#include <errno.h>
#include <stdlib.h>

static const char table_name[] = "Contacts"; /* the same in all languages, for formulas */

/* "Contacts", "Contacts (2)". */
static lxw_worksheet *add_worksheet(struct book *book, size_t number)
{
    struct buffer name = {0};
    char *digits = memory_print("%zu", number);
    const char *const values[] = {language_text(book->language, TEXT_SHEET_CONTACTS), digits};
    if (number == 1)
        buffer_append_text(&name, values[0]);
    else
        language_fill(book->language, TEXT_SHEET_CONTINUED, values, 2, &name);
    lxw_worksheet *sheet = workbook_add_worksheet(book->lxw, buffer_text(&name));
    buffer_free(&name);
    free(digits);
    return sheet;
}

void contacts_frame_begin(struct contacts_frame *frame, struct book *book)
{
    const struct columns *columns = book->report->columns;
    *frame = (struct contacts_frame){.book = book};
    frame->headers = table_headers_make(book->language, columns, &book->arena);
    frame->widths = arena_new(&book->arena, columns->count * sizeof *frame->widths);
}

void contacts_frame_free(struct contacts_frame *frame)
{
    for (size_t i = 0; i < frame->sheet_count; i++)
        free(frame->sheets[i].part);
    free(frame->sheets);
}

bool contacts_frame_add_sheet(struct contacts_frame *frame)
{
    size_t number = frame->sheet_count + 1;
    lxw_worksheet *sheet = add_worksheet(frame->book, number);
    if (!sheet) {
        errno = ENOMEM;
        return false;
    }
    frame->sheets = memory_resize(frame->sheets, number, sizeof *frame->sheets);
    frame->sheets[number - 1] = (struct contacts_sheet){
        .sheet = sheet,
        .part = memory_print("xl/worksheets/sheet%d.xml", sheet->index + 1),
    };
    frame->sheet_count = number;
    return true;
}

/* A table needs at least one row of data, and all on one sheet. */
static bool can_be_table(const struct contacts_frame *frame)
{
    enum { HEADER_UNITS_MAX = 255 };
    for (size_t i = 0; i < frame->book->report->columns->count; i++) {
        if (cell_text_units(frame->headers[i]) > HEADER_UNITS_MAX)
            return false;
    }
    return frame->sheet_count == 1 && frame->sheets[0].row_count > 0;
}

static void add_headers(const struct contacts_frame *frame, lxw_worksheet *sheet)
{
    for (size_t i = 0; i < frame->book->report->columns->count; i++)
        sheet_text(frame->book, sheet, 0, (lxw_col_t)i, frame->headers[i], FORMAT_HEADER);
}

/* The library writes the headers of a table into their cells itself. */
static void add_table(const struct contacts_frame *frame, lxw_worksheet *sheet, lxw_row_t last_row)
{
    struct book *book = frame->book;
    size_t count = book->report->columns->count;
    lxw_table_column *columns = arena_new(&book->arena, count * sizeof *columns);
    lxw_table_column **list = arena_new(&book->arena, (count + 1) * sizeof(lxw_table_column *));
    for (size_t i = 0; i < count; i++) {
        const struct buffer *header = book_fit(book, frame->headers[i]);
        columns[i].header = arena_copy(&book->arena, header->bytes, header->length);
        columns[i].header_format = book->formats[FORMAT_HEADER];
        list[i] = &columns[i];
    }
    lxw_table_options options = {
        .name = (char *)table_name,
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 1,
        .columns = list,
    };
    book_check(book, worksheet_add_table(sheet, 0, 0, last_row, (lxw_col_t)(count - 1), &options));
}

static void set_up_rows(struct book *book, lxw_worksheet *sheet, lxw_row_t last_row)
{
    lxw_col_t last_column = (lxw_col_t)(book->report->columns->count - 1);
    /* Spreadsheets warn of numbers stored as text; here names such as ids are meant to be text. */
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range(range, 1, 0, last_row, last_column);
    book_check(book, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
    /* The library does not know the rows. */
    sheet->dim_rowmax = last_row;
}

static void set_up_sheet(struct contacts_frame *frame, const struct contacts_sheet *contacts)
{
    struct book *book = frame->book;
    lxw_worksheet *sheet = contacts->sheet;
    lxw_row_t last_row = (lxw_row_t)contacts->row_count;
    size_t columns = book->report->columns->count;
    bool is_table = can_be_table(frame);
    if (is_table)
        add_table(frame, sheet, last_row);
    else
        add_headers(frame, sheet);
    for (size_t i = 0; i < columns; i++) {
        book_widen(book, &frame->widths[i], frame->headers[i]);
        sheet_set_width(book, sheet, (lxw_col_t)i, frame->widths[i]);
    }
    if (last_row > 0)
        set_up_rows(book, sheet, last_row);
    if (last_row > 0 && !is_table)
        book_check(book, worksheet_autofilter(sheet, 0, 0, last_row, (lxw_col_t)(columns - 1)));
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_landscape(sheet);
    book_check(book, worksheet_repeat_rows(sheet, 0, 0));
    sheet_paginate(book, sheet);
}

void contacts_frame_set_up(struct contacts_frame *frame)
{
    for (size_t i = 0; i < frame->sheet_count; i++)
        set_up_sheet(frame, &frame->sheets[i]);
}
