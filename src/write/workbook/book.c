#include "write/workbook/book.h"

#include "base/escape.h"
#include "model/warnings.h"
#include "write/workbook/cell_text.h"

void book_check(struct book *book, lxw_error result)
{
    book->failed |= result != LXW_NO_ERROR;
}

lxw_worksheet *book_add_sheet(struct book *book, enum text_id name)
{
    return workbook_add_worksheet(book->lxw, language_text(book->language, name));
}

/* Appends the text, rewriting what a spreadsheet would read as escapes. */
static void append_unescaped(const char *text, size_t length, struct buffer *out)
{
    for (size_t at = 0; at < length; at++) {
        if (cell_text_is_escape(text + at))
            buffer_append_text(out, cell_text_underscore);
        else
            buffer_append_char(out, text[at]);
    }
}

const struct buffer *book_fit(struct book *book, const char *text)
{
    int64_t *warnings = book->report->warnings.counts;
    struct buffer clean = {0};
    if (xml_clean(text, &clean) > 0) {
        warnings[WARNING_FORBIDDEN_CHARACTER]++;
        text = buffer_text(&clean);
    }
    size_t fitting = cell_text_fitting(text);
    warnings[WARNING_CUT_CELL] += text[fitting] != '\0';
    buffer_clear(&book->text);
    append_unescaped(text, fitting, &book->text);
    buffer_free(&clean);
    return &book->text;
}

void book_widen(const struct book *book, int *width, const char *text)
{
    int needed = text ? language_display_width(book->language, text) : 0;
    if (needed > *width)
        *width = needed;
}

struct book_day book_day(const struct report *report, int64_t seconds)
{
    const int64_t epoch_day = 25569; /* 1970-01-01, counted from 1899-12-30 */
    const int64_t first_day = 61;    /* 1900-03-01: spreadsheets disagree on earlier dates */
    int64_t since = seconds + zone_offset_seconds(report->zone, seconds) + epoch_day * DAY_SECONDS;
    if (since < first_day * DAY_SECONDS)
        return (struct book_day){.is_date = false};
    return (struct book_day){
        .is_date = true,
        .day = (uint32_t)(since / DAY_SECONDS),
        .second = (uint32_t)(since % DAY_SECONDS),
    };
}
