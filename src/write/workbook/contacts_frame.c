/* What is around the contacts' rows. */
#include "base/memory.h"
#include "write/workbook/cell_text.h"
#include "write/workbook/contacts.h"

#include <errno.h>
#include <stdlib.h>

static const char table_name[] = "Contacts"; /* the same in all languages, for formulas */

/* "Contacts", "Contacts (2)". */
static lxw_worksheet *add_frame(struct workbook *workbook, size_t number)
{
    struct buffer name = {0};
    char *digits = memory_print("%zu", number);
    const char *const values[] = {language_text(workbook->language, TEXT_SHEET_CONTACTS), digits};
    if (number == 1)
        buffer_append_text(&name, values[0]);
    else
        language_fill(workbook->language, TEXT_SHEET_CONTINUED, values, 2, &name);
    lxw_worksheet *frame = workbook_add_worksheet(workbook->book, buffer_text(&name));
    buffer_free(&name);
    free(digits);
    return frame;
}

bool workbook_add_contacts_sheet(struct workbook *workbook)
{
    struct contacts *contacts = workbook->contacts;
    size_t number = contacts->sheet_count + 1;
    lxw_worksheet *frame = add_frame(workbook, number);
    if (!frame) {
        errno = ENOMEM;
        return false;
    }
    contacts->sheets = memory_resize(contacts->sheets, number, sizeof *contacts->sheets);
    contacts->sheets[number - 1] = (struct contacts_sheet){
        .frame = frame,
        .part = memory_print("xl/worksheets/sheet%d.xml", frame->index + 1),
    };
    contacts->sheet_count = number;
    return true;
}

/* A table has a row of data at least, and stands on one sheet. */
static bool can_be_table(const struct workbook *workbook)
{
    enum { HEADER_UNITS_MAX = 255 };
    const struct contacts *contacts = workbook->contacts;
    for (size_t i = 0; i < workbook->report->columns->count; i++) {
        if (cell_text_units(contacts->headers[i]) > HEADER_UNITS_MAX)
            return false;
    }
    return contacts->sheet_count == 1 && contacts->sheets[0].row_count > 0;
}

static void add_headers(struct workbook *workbook, lxw_worksheet *frame)
{
    for (size_t i = 0; i < workbook->report->columns->count; i++)
        workbook_text(workbook, frame, 0, (lxw_col_t)i, workbook->contacts->headers[i],
                      FORMAT_HEADER);
}

/* The library writes the headers of a table into their cells itself. */
static void add_table(struct workbook *workbook, lxw_worksheet *frame, lxw_row_t last_row)
{
    size_t count = workbook->report->columns->count;
    lxw_table_column *columns = arena_new(&workbook->arena, count * sizeof *columns);
    lxw_table_column **list = arena_new(&workbook->arena, (count + 1) * sizeof(lxw_table_column *));
    for (size_t i = 0; i < count; i++) {
        const struct buffer *header = workbook_fit(workbook, workbook->contacts->headers[i]);
        columns[i].header = arena_copy(&workbook->arena, header->bytes, header->length);
        columns[i].header_format = workbook->formats[FORMAT_HEADER];
        list[i] = &columns[i];
    }
    lxw_table_options options = {
        .name = (char *)table_name,
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 1,
        .columns = list,
    };
    workbook_check(workbook,
                   worksheet_add_table(frame, 0, 0, last_row, (lxw_col_t)(count - 1), &options));
}

static void set_up_rows(struct workbook *workbook, lxw_worksheet *frame, lxw_row_t last_row)
{
    lxw_col_t last_column = (lxw_col_t)(workbook->report->columns->count - 1);
    /* Numbers that are names, such as ids, are meant to be texts. */
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range(range, 1, 0, last_row, last_column);
    workbook_check(workbook,
                   worksheet_ignore_errors(frame, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
    /* The library has not seen the rows. */
    frame->dim_rowmax = last_row;
}

void workbook_set_up_contacts_sheet(struct workbook *workbook, struct contacts_sheet *sheet)
{
    lxw_worksheet *frame = sheet->frame;
    lxw_row_t last_row = (lxw_row_t)sheet->row_count;
    size_t columns = workbook->report->columns->count;
    bool is_table = can_be_table(workbook);
    if (is_table)
        add_table(workbook, frame, last_row);
    else
        add_headers(workbook, frame);
    for (size_t i = 0; i < columns; i++) {
        int *width = &workbook->contacts->widths[i];
        workbook_widen(workbook, width, workbook->contacts->headers[i]);
        workbook_set_width(workbook, frame, (lxw_col_t)i, *width);
    }
    if (last_row > 0)
        set_up_rows(workbook, frame, last_row);
    if (last_row > 0 && !is_table)
        workbook_check(workbook,
                       worksheet_autofilter(frame, 0, 0, last_row, (lxw_col_t)(columns - 1)));
    worksheet_freeze_panes(frame, 1, 0);
    worksheet_set_landscape(frame);
    workbook_check(workbook, worksheet_repeat_rows(frame, 0, 0));
    workbook_paginate(workbook, frame);
}
