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

static void check(struct workbook *workbook, lxw_error result)
{
    workbook->failed |= result != LXW_NO_ERROR;
}

void workbook_text(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   const char *text, lxw_format *format)
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
    check(workbook, worksheet_write_string(sheet, row, column, workbook->text.bytes, format));
    buffer_free(&clean);
}

void workbook_time(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   int64_t seconds)
{
    const double day_seconds = 86400;
    const double epoch_day = 25569; /* 1970-01-01, counted from 1899-12-30 */
    const double first_day = 61; /* 1900-03-01: before it spreadsheets disagree on the calendar */
    int offset = zone_offset_seconds(workbook->report->zone, seconds);
    double day = (double)(seconds + offset) / day_seconds + epoch_day;
    if (day >= first_day) {
        workbook_number(workbook, sheet, row, column, day, workbook->formats.time);
        return;
    }
    char text[ISO8601_BYTES];
    report_time(workbook->report, seconds, text);
    workbook_text(workbook, sheet, row, column, text, workbook->formats.text);
}

void workbook_number(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row,
                     lxw_col_t column, double number, lxw_format *format)
{
    check(workbook, worksheet_write_number(sheet, row, column, number, format));
}
