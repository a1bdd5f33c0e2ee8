/* The sheets of the contacts, as many as they need: written row by row, so that memory stays flat.
 */
#include "base/memory.h"
#include "model/country.h"
#include "write/workbook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The widths of the columns go by the first rows: the rest differs little, and measuring costs. */
enum { MEASURED_ROWS = 1000, TIME_WIDTH = 19 };

static void head_contacts(struct workbook *workbook, lxw_worksheet *sheet)
{
    const struct columns *columns = workbook->report->columns;
    struct buffer header = {0};
    for (size_t i = 0; i < columns->count; i++) {
        buffer_clear(&header);
        language_column(workbook->language, &columns->items[i], &header);
        workbook_text(workbook, sheet, 0, (lxw_col_t)i, buffer_text(&header), FORMAT_HEADER);
        workbook_widen(workbook, &workbook->contacts_widths[i], buffer_text(&header));
    }
    buffer_free(&header);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_landscape(sheet);
    workbook_check(workbook, worksheet_repeat_rows(sheet, 0, 0));
    workbook_paginate(workbook, sheet);
}

/* "Contacts", "Contacts (2)". */
static lxw_worksheet *add_sheet(struct workbook *workbook, size_t number)
{
    struct buffer name = {0};
    char *digits = memory_print("%zu", number);
    const char *const values[] = {language_text(workbook->language, TEXT_SHEET_CONTACTS), digits};
    if (number == 1)
        buffer_append_text(&name, values[0]);
    else
        language_fill(workbook->language, TEXT_SHEET_CONTINUED, values, 2, &name);
    lxw_worksheet *sheet = workbook_add_sheet(workbook, buffer_text(&name), BY_ROWS);
    buffer_free(&name);
    free(digits);
    return sheet;
}

bool workbook_add_contacts(struct workbook *workbook)
{
    const struct report *report = workbook->report;
    int64_t contacts = tally_totals(report->tally).contacts;
    int64_t per_sheet = report->rows_per_sheet;
    workbook->contacts_count = (size_t)(contacts > 0 ? (contacts + per_sheet - 1) / per_sheet : 1);
    workbook->contacts =
        arena_new(&workbook->arena, workbook->contacts_count * sizeof *workbook->contacts);
    workbook->contacts_widths =
        arena_new(&workbook->arena, report->columns->count * sizeof *workbook->contacts_widths);
    for (size_t i = 0; i < workbook->contacts_count; i++) {
        workbook->contacts[i] = add_sheet(workbook, i + 1);
        if (!workbook->contacts[i])
            return false;
    }
    head_contacts(workbook, workbook->contacts[0]);
    workbook->contacts_row = 1;
    workbook->report->warnings.counts[WARNING_SHEET_CONTINUED] +=
        (int64_t)workbook->contacts_count - 1;
    return true;
}

/* A number that a spreadsheet, which keeps 15 digits, would change stays as text. */
static bool is_exact(const struct cell *cell)
{
    const double limit = 1e15;
    return fabs(cell->number) < limit || strlen(cell->text) <= 15;
}

/* Cells name countries in English. */
static const char *text_of(const struct workbook *workbook, size_t column, const struct cell *cell)
{
    if (workbook->report->columns->items[column].id != COLUMN_COUNTRY)
        return cell->text;
    const struct country *country = country_find(NULL, cell->text);
    return country ? language_country(workbook->language, country->code) : cell->text;
}

static void measure(struct workbook *workbook, size_t column, const char *text)
{
    if (workbook->contacts_measured < MEASURED_ROWS)
        workbook_widen(workbook, &workbook->contacts_widths[column], text);
}

static void write_text(struct workbook *workbook, lxw_worksheet *sheet, size_t column,
                       const char *text)
{
    workbook_text(workbook, sheet, workbook->contacts_row, (lxw_col_t)column, text, FORMAT_TEXT);
    measure(workbook, column, text);
}

static void write_cell(struct workbook *workbook, lxw_worksheet *sheet, size_t column,
                       const struct cell *cell)
{
    lxw_row_t row = workbook->contacts_row;
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
        write_text(workbook, sheet, column, text_of(workbook, column, cell));
        break;
    case CELL_NUMBER:
        if (!is_exact(cell)) {
            write_text(workbook, sheet, column, cell->text);
            break;
        }
        workbook_number(workbook, sheet, row, (lxw_col_t)column, cell->number, FORMAT_PLAIN);
        measure(workbook, column, cell->text);
        break;
    case CELL_BOOLEAN:
        workbook_check(workbook, worksheet_write_boolean(sheet, row, (lxw_col_t)column, cell->truth,
                                                         workbook->formats[FORMAT_TRUTH]));
        break;
    case CELL_TIME:
        workbook_time(workbook, sheet, row, (lxw_col_t)column, cell->seconds, FORMAT_TIME);
        if (workbook->contacts_widths[column] < TIME_WIDTH)
            workbook->contacts_widths[column] = TIME_WIDTH;
        break;
    }
}

void workbook_write_contact(struct workbook *workbook, const struct cell *cells)
{
    if (workbook->contacts_row > workbook->report->rows_per_sheet) {
        workbook->contacts_sheet++;
        workbook->contacts_row = 1;
        head_contacts(workbook, workbook->contacts[workbook->contacts_sheet]);
    }
    lxw_worksheet *sheet = workbook->contacts[workbook->contacts_sheet];
    for (size_t i = 0; i < workbook->report->columns->count; i++)
        write_cell(workbook, sheet, i, &cells[i]);
    workbook->contacts_row++;
    workbook->contacts_measured++;
}

static void finish_sheet(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t last_row)
{
    size_t columns = workbook->report->columns->count;
    lxw_col_t last_column = (lxw_col_t)(columns - 1);
    for (size_t i = 0; i < columns; i++)
        workbook_set_width(workbook, sheet, (lxw_col_t)i, workbook->contacts_widths[i]);
    if (last_row == 0)
        return;
    workbook_check(workbook, worksheet_autofilter(sheet, 0, 0, last_row, last_column));
    /* Numbers that are names, such as ids, are meant to be texts. */
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range(range, 1, 0, last_row, last_column);
    workbook_check(workbook,
                   worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

void workbook_finish_contacts(struct workbook *workbook)
{
    int64_t left = tally_totals(workbook->report->tally).contacts;
    int64_t per_sheet = workbook->report->rows_per_sheet;
    for (size_t i = 0; i < workbook->contacts_count; i++, left -= per_sheet)
        finish_sheet(workbook, workbook->contacts[i],
                     (lxw_row_t)(left < per_sheet ? left : per_sheet));
}
