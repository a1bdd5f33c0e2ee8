/* The contacts' rows. Each goes into a store as it comes, so memory stays flat. The rows are joined
   to their sheets once the rest of the workbook is made. */
#include "write/workbook/contacts.h"

#include "base/memory.h"
#include "write/workbook/contacts_frame.h"
#include "write/workbook/sheet_xml.h"
#include "write/workbook/xlsx_join.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The first rows set the columns' widths: the rest differs little, and measuring costs time. */
enum { MEASURED_ROWS = 1000, TIME_WIDTH = 19 };

struct contacts {
    struct book *book;
    struct report *report; /* the book's */
    struct contacts_frame frame;
    int styles[FORMATS]; /* the numbers of the formats that rows use */
    int64_t measured;    /* rows measured for the widths so far */
    struct sheet_xml *xml;
    struct sheet_store *store;
};

/* Gets the library's numbers for the formats of cells that the library does not write. */
static void number_styles(struct contacts *contacts)
{
    static const enum book_format used[] = {FORMAT_PLAIN, FORMAT_TEXT, FORMAT_TRUTH, FORMAT_TIME};
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        contacts->styles[used[i]] = lxw_format_get_xf_index(contacts->book->formats[used[i]]);
}

bool contacts_open(struct contacts **opened, struct book *book, const char *directory)
{
    struct contacts *contacts = memory_new(1, sizeof *contacts);
    *opened = contacts;
    contacts->book = book;
    contacts->report = book->report;
    contacts_frame_begin(&contacts->frame, book);
    contacts->xml = sheet_xml_new(book->report->columns->count);
    number_styles(contacts);
    return sheet_store_open(&contacts->store, directory) &&
           contacts_frame_add_sheet(&contacts->frame);
}

/* A number that a spreadsheet would change stays text: spreadsheets keep 15 digits. */
static bool is_exact(const struct cell *cell)
{
    const double limit = 1e15;
    return isfinite(cell->number) && (fabs(cell->number) < limit || strlen(cell->text) <= 15);
}

/* Cells name countries in English. */
static const char *text_of(const struct contacts *contacts, const struct cell *cell)
{
    return cell->code ? language_country(contacts->book->language, cell->code) : cell->text;
}

static void measure(struct contacts *contacts, size_t column, const char *text)
{
    if (contacts->measured < MEASURED_ROWS)
        book_widen(contacts->book, &contacts->frame.widths[column], text);
}

static void write_text(struct contacts *contacts, size_t column, const char *text)
{
    int64_t *warnings = contacts->report->warnings.counts;
    unsigned flaws = sheet_xml_text(contacts->xml, column, contacts->styles[FORMAT_TEXT], text,
                                    sheet_store_xml(contacts->store));
    warnings[WARNING_FORBIDDEN_CHARACTER] += (flaws & SHEET_FORBIDDEN) != 0;
    warnings[WARNING_CUT_CELL] += (flaws & SHEET_CUT) != 0;
    measure(contacts, column, text);
}

static void write_time(struct contacts *contacts, size_t column, int64_t seconds)
{
    struct book_day day = book_day(contacts->report, seconds);
    if (!day.is_date) {
        char text[ISO8601_BYTES];
        report_time(contacts->report, seconds, text);
        write_text(contacts, column, text);
        return;
    }
    sheet_xml_time(contacts->xml, column, contacts->styles[FORMAT_TIME], day.day, day.second,
                   sheet_store_xml(contacts->store));
    if (contacts->frame.widths[column] < TIME_WIDTH)
        contacts->frame.widths[column] = TIME_WIDTH;
}

static void write_cell(struct contacts *contacts, size_t column, const struct cell *cell)
{
    struct buffer *out = sheet_store_xml(contacts->store);
    switch (cell->kind) {
    case CELL_EMPTY:
        break;
    case CELL_TEXT:
        write_text(contacts, column, text_of(contacts, cell));
        break;
    case CELL_NUMBER:
        if (!is_exact(cell)) {
            write_text(contacts, column, cell->text);
            break;
        }
        sheet_xml_number(contacts->xml, column, contacts->styles[FORMAT_PLAIN], cell->number, out);
        measure(contacts, column, cell->text);
        break;
    case CELL_BOOLEAN:
        sheet_xml_boolean(contacts->xml, column, contacts->styles[FORMAT_TRUTH], cell->truth, out);
        break;
    case CELL_TIME:
        write_time(contacts, column, cell->seconds);
        break;
    }
}

static struct contacts_sheet *current_sheet(struct contacts *contacts)
{
    return &contacts->frame.sheets[contacts->frame.sheet_count - 1];
}

static bool end_sheet(struct contacts *contacts)
{
    return sheet_store_end_sheet(contacts->store, &current_sheet(contacts)->rows);
}

bool contacts_write(struct contacts *contacts, const struct cell *cells)
{
    if (current_sheet(contacts)->row_count >= contacts->report->rows_per_sheet) {
        if (!end_sheet(contacts) || !contacts_frame_add_sheet(&contacts->frame))
            return false;
        contacts->report->warnings.counts[WARNING_SHEET_CONTINUED]++;
    }
    struct buffer *out = sheet_store_xml(contacts->store);
    struct contacts_sheet *sheet = current_sheet(contacts);
    sheet->row_count++;
    sheet_xml_begin_row(contacts->xml, (uint32_t)sheet->row_count + 1, out); /* below the headers */
    for (size_t i = 0; i < contacts->report->columns->count; i++)
        write_cell(contacts, i, &cells[i]);
    sheet_xml_end_row(out);
    contacts->measured++;
    return sheet_store_row(contacts->store);
}

bool contacts_end(struct contacts *contacts)
{
    if (!end_sheet(contacts))
        return false;
    contacts_frame_set_up(&contacts->frame);
    return true;
}

bool contacts_join(const struct contacts *contacts, const char *path, struct error *error)
{
    struct continued_sheet *sheets = memory_new(contacts->frame.sheet_count, sizeof *sheets);
    for (size_t i = 0; i < contacts->frame.sheet_count; i++)
        sheets[i] = (struct continued_sheet){contacts->frame.sheets[i].part,
                                             contacts->frame.sheets[i].rows};
    bool ok = xlsx_join(path, contacts->store, sheets, contacts->frame.sheet_count, error);
    free(sheets);
    return ok;
}

void contacts_close(struct contacts *contacts)
{
    if (!contacts)
        return;
    contacts_frame_free(&contacts->frame);
    free(contacts->xml);
    sheet_store_free(contacts->store);
    free(contacts);
}
