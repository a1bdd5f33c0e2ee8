/* The contacts' rows: written into a store as they come, so that memory stays flat, and put into
   their sheets when the rest of the workbook has been made. */
#include "write/workbook/contacts.h"

#include "base/memory.h"
#include "model/country.h"
#include "write/workbook/sheet_xml.h"
#include "write/workbook/xlsx_join.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The widths of the columns go by the first rows: the rest differs little, and measuring costs. */
enum { MEASURED_ROWS = 1000, TIME_WIDTH = 19 };

/* The library's numbers for formats that stand in cells which it does not write. */
static void number_styles(struct workbook *workbook)
{
    static const enum workbook_format used[] = {FORMAT_PLAIN, FORMAT_TEXT, FORMAT_TRUTH,
                                                FORMAT_TIME};
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        workbook->contacts->styles[used[i]] = lxw_format_get_xf_index(workbook->formats[used[i]]);
}

bool workbook_open_contacts(struct workbook *workbook, const char *directory)
{
    const struct columns *columns = workbook->report->columns;
    struct contacts *contacts = memory_new(1, sizeof *contacts);
    workbook->contacts = contacts;
    contacts->headers = table_headers_make(workbook->language, columns, &workbook->arena);
    contacts->widths = arena_new(&workbook->arena, columns->count * sizeof *contacts->widths);
    contacts->countries = country_memo_new();
    contacts->xml = sheet_xml_new(columns->count);
    number_styles(workbook);
    return sheet_store_open(&contacts->store, directory) && workbook_add_contacts_sheet(workbook);
}

/* A number that a spreadsheet, which keeps 15 digits, would change stays as text. */
static bool is_exact(const struct cell *cell)
{
    const double limit = 1e15;
    return isfinite(cell->number) && (fabs(cell->number) < limit || strlen(cell->text) <= 15);
}

/* Cells name countries in English. */
static const char *text_of(const struct workbook *workbook, size_t column, const struct cell *cell)
{
    if (workbook->report->columns->items[column].id != COLUMN_COUNTRY)
        return cell->text;
    const struct country *country =
        country_memo_find(workbook->contacts->countries, NULL, cell->text);
    return country ? language_country(workbook->language, country->code) : cell->text;
}

static void measure(struct workbook *workbook, size_t column, const char *text)
{
    if (workbook->contacts->measured < MEASURED_ROWS)
        workbook_widen(workbook, &workbook->contacts->widths[column], text);
}

static void write_text(struct workbook *workbook, size_t column, const char *text)
{
    struct contacts *contacts = workbook->contacts;
    int64_t *warnings = workbook->report->warnings.counts;
    unsigned flaws = sheet_xml_text(contacts->xml, column, contacts->styles[FORMAT_TEXT], text,
                                    sheet_store_xml(contacts->store));
    warnings[WARNING_FORBIDDEN_CHARACTER] += (flaws & SHEET_FORBIDDEN) != 0;
    warnings[WARNING_CUT_CELL] += (flaws & SHEET_CUT) != 0;
    measure(workbook, column, text);
}

static void write_time(struct workbook *workbook, size_t column, int64_t seconds)
{
    struct contacts *contacts = workbook->contacts;
    struct workbook_day day = workbook_day(workbook->report, seconds);
    if (!day.is_date) {
        char text[ISO8601_BYTES];
        report_time(workbook->report, seconds, text);
        write_text(workbook, column, text);
        return;
    }
    sheet_xml_time(contacts->xml, column, contacts->styles[FORMAT_TIME], day.day, day.second,
                   sheet_store_xml(contacts->store));
    if (contacts->widths[column] < TIME_WIDTH)
        contacts->widths[column] = TIME_WIDTH;
}

static void write_cell(struct workbook *workbook, size_t column, const struct cell *cell)
{
    struct contacts *contacts = workbook->contacts;
    struct buffer *out = sheet_store_xml(contacts->store);
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
        write_text(workbook, column, text_of(workbook, column, cell));
        break;
    case CELL_NUMBER:
        if (!is_exact(cell)) {
            write_text(workbook, column, cell->text);
            break;
        }
        sheet_xml_number(contacts->xml, column, contacts->styles[FORMAT_PLAIN], cell->number, out);
        measure(workbook, column, cell->text);
        break;
    case CELL_BOOLEAN:
        sheet_xml_boolean(contacts->xml, column, contacts->styles[FORMAT_TRUTH], cell->truth, out);
        break;
    case CELL_TIME:
        write_time(workbook, column, cell->seconds);
        break;
    }
}

static struct contacts_sheet *current_sheet(struct contacts *contacts)
{
    return &contacts->sheets[contacts->sheet_count - 1];
}

static bool end_sheet(struct contacts *contacts)
{
    return sheet_store_end_sheet(contacts->store, &current_sheet(contacts)->rows);
}

bool workbook_write_contact(struct workbook *workbook, const struct cell *cells)
{
    struct contacts *contacts = workbook->contacts;
    if (current_sheet(contacts)->row_count >= workbook->report->rows_per_sheet) {
        if (!end_sheet(contacts) || !workbook_add_contacts_sheet(workbook))
            return false;
        workbook->report->warnings.counts[WARNING_SHEET_CONTINUED]++;
    }
    struct buffer *out = sheet_store_xml(contacts->store);
    struct contacts_sheet *sheet = current_sheet(contacts);
    sheet->row_count++;
    sheet_xml_begin_row(contacts->xml, (uint32_t)sheet->row_count + 1, out); /* below the headers */
    for (size_t i = 0; i < workbook->report->columns->count; i++)
        write_cell(workbook, i, &cells[i]);
    sheet_xml_end_row(out);
    contacts->measured++;
    return sheet_store_row(contacts->store);
}

bool workbook_end_contacts(struct workbook *workbook)
{
    struct contacts *contacts = workbook->contacts;
    if (!end_sheet(contacts))
        return false;
    for (size_t i = 0; i < contacts->sheet_count; i++)
        workbook_set_up_contacts_sheet(workbook, &contacts->sheets[i]);
    return true;
}

bool workbook_join_contacts(const struct contacts *contacts, const char *path, struct error *error)
{
    struct continued_sheet *sheets = memory_new(contacts->sheet_count, sizeof *sheets);
    for (size_t i = 0; i < contacts->sheet_count; i++)
        sheets[i] = (struct continued_sheet){contacts->sheets[i].part, contacts->sheets[i].rows};
    bool ok = xlsx_join(path, contacts->store, sheets, contacts->sheet_count, error);
    free(sheets);
    return ok;
}

void workbook_close_contacts(struct contacts *contacts)
{
    if (!contacts)
        return;
    for (size_t i = 0; i < contacts->sheet_count; i++)
        free(contacts->sheets[i].part);
    free(contacts->sheets);
    free(contacts->countries);
    free(contacts->xml);
    sheet_store_free(contacts->store);
    free(contacts);
}
