#include "write/workbook/workbook.h"

#include "base/escape.h"
#include "model/warnings.h"
#include "write/workbook/cell_text.h"

/* Appends the text without what a spreadsheet would take for escapes. */
static void append_unescaped(const char *text, size_t length, struct buffer *out)
{
    for (size_t at = 0; at < length; at++) {
        if (cell_text_is_escape(text + at))
            buffer_append_text(out, cell_text_underscore);
        else
            buffer_append_char(out, text[at]);
    }
}

void workbook_check(struct workbook *workbook, lxw_error result)
{
    workbook->failed |= result != LXW_NO_ERROR;
}

const struct buffer *workbook_fit(struct workbook *workbook, const char *text)
{
    int64_t *warnings = workbook->report->warnings.counts;
    struct buffer clean = {0};
    if (xml_clean(text, &clean) > 0) {
        warnings[WARNING_FORBIDDEN_CHARACTER]++;
        text = buffer_text(&clean);
    }
    size_t fitting = cell_text_fitting(text);
    warnings[WARNING_CUT_CELL] += text[fitting] != '\0';
    buffer_clear(&workbook->text);
    append_unescaped(text, fitting, &workbook->text);
    buffer_free(&clean);
    return &workbook->text;
}

void workbook_text(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   const char *text, enum workbook_format format)
{
    if (!text || !*text)
        return;
    workbook_check(workbook, worksheet_write_string(sheet, row, column,
                                                    buffer_text(workbook_fit(workbook, text)),
                                                    workbook->formats[format]));
}

void workbook_say(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                  enum text_id text, enum workbook_format format)
{
    workbook_text(workbook, sheet, row, column, language_text(workbook->language, text), format);
}

struct workbook_day workbook_day(const struct report *report, int64_t seconds)
{
    const int64_t epoch_day = 25569; /* 1970-01-01, counted from 1899-12-30 */
    const int64_t first_day = 61; /* 1900-03-01: before it spreadsheets disagree on the calendar */
    int64_t since = seconds + zone_offset_seconds(report->zone, seconds) + epoch_day * DAY_SECONDS;
    if (since < first_day * DAY_SECONDS)
        return (struct workbook_day){.is_date = false};
    return (struct workbook_day){
        .is_date = true,
        .day = (uint32_t)(since / DAY_SECONDS),
        .second = (uint32_t)(since % DAY_SECONDS),
    };
}

void workbook_time(struct workbook *workbook, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                   int64_t seconds, enum workbook_format format)
{
    struct workbook_day day = workbook_day(workbook->report, seconds);
    if (day.is_date) {
        workbook_number(workbook, sheet, row, column, day.day + (double)day.second / DAY_SECONDS,
                        format);
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
