#include "write/workbook.h"

#include "base/escape.h"
#include "model/warnings.h"

#include <string.h>

enum { CELL_UNITS_MAX = 32767 }; /* of UTF-16, as Excel counts */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* Whether a spreadsheet would read "_x0041_" here as the character U+0041 (ECMA-376, ST_Xstring).
 */
static bool is_escape(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && is_hex(text[2]) && is_hex(text[3]) &&
           is_hex(text[4]) && is_hex(text[5]) && text[6] == '_';
}

/* Appends the text without what a spreadsheet would take for escapes, cut between characters where
   a cell is full. Returns where that is, or the end. */
static const char *append_fitting(const char *text, struct buffer *out)
{
    static const char underscore[] = "_x005F"; /* in front of the one that starts an escape */
    size_t units = CELL_UNITS_MAX;
    while (*text) {
        unsigned char first = (unsigned char)*text;
        size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        bytes = strnlen(text, bytes); /* a snapshot from elsewhere may hold a cut character */
        bool escape = is_escape(text);
        size_t needed = (bytes == 4 ? 2 : 1) + (escape ? sizeof underscore - 1 : 0);
        if (needed > units)
            break;
        units -= needed;
        if (escape)
            buffer_append_text(out, underscore);
        buffer_append(out, text, bytes);
        text += bytes;
    }
    return text;
}

void workbook_check(struct workbook *workbook, lxw_error result)
{
    workbook->failed |= result != LXW_NO_ERROR;
}

void workbook_text(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   const char *text, enum workbook_format format)
{
    if (!text || !*text)
        return;
    int64_t *warnings = workbook->report->warnings.counts;
    struct buffer clean = {0};
    if (xml_clean(text, &clean) > 0) {
        warnings[WARNING_FORBIDDEN_CHARACTER]++;
        text = buffer_text(&clean);
    }
    buffer_clear(&workbook->text);
    warnings[WARNING_CUT_CELL] += *append_fitting(text, &workbook->text) != '\0';
    workbook_check(workbook, worksheet_write_string(sheet, row, column, workbook->text.bytes,
                                                    workbook->formats[format]));
    buffer_free(&clean);
}

void workbook_say(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                  enum text_id text, enum workbook_format format)
{
    workbook_text(workbook, sheet, row, column, language_text(workbook->language, text), format);
}

void workbook_time(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   int64_t seconds, enum workbook_format format)
{
    const double day_seconds = 86400;
    const double epoch_day = 25569; /* 1970-01-01, counted from 1899-12-30 */
    const double first_day = 61; /* 1900-03-01: before it spreadsheets disagree on the calendar */
    int offset = zone_offset_seconds(workbook->report->zone, seconds);
    double day = (double)(seconds + offset) / day_seconds + epoch_day;
    if (day >= first_day) {
        workbook_number(workbook, sheet, row, column, day, format);
        return;
    }
    char text[ISO8601_BYTES];
    report_time(workbook->report, seconds, text);
    workbook_text(workbook, sheet, row, column, text, FORMAT_TEXT);
}

void workbook_number(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row,
                     lxw_col_t column, double number, enum workbook_format format)
{
    workbook_check(workbook,
                   worksheet_write_number(sheet, row, column, number, workbook->formats[format]));
}

void workbook_merge(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first,
                    lxw_col_t last, enum workbook_format format)
{
    if (first < last)
        workbook_check(workbook, worksheet_merge_range(sheet, row, first, row, last, "",
                                                       workbook->formats[format]));
}

void workbook_widen(const struct workbook *workbook, int *width, const char *text)
{
    int needed = text ? language_display_width(workbook->language, text) : 0;
    if (needed > *width)
        *width = needed;
}

void workbook_set_width(struct workbook *workbook, lxw_worksheet *sheet, lxw_col_t column,
                        int width)
{
    enum { NARROWEST = 6, WIDEST = 60, MARGIN = 3 }; /* the margin takes a filter's button */
    width = width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
    workbook_check(workbook, worksheet_set_column(sheet, column, column, width + MARGIN, NULL));
}
