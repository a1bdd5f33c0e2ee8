#include "write/workbook/sheet.h"

#include "write/workbook/words.h"

void sheet_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                const char *text, enum book_format format)
{
    if (!text || !*text)
        return;
    book_check(book, worksheet_write_string(sheet, row, column, buffer_text(book_fit(book, text)),
                                            book->formats[format]));
}

void sheet_say(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
               enum text_id text, enum book_format format)
{
    sheet_text(book, sheet, row, column, language_text(book->language, text), format);
}

void sheet_time(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                int64_t seconds, enum book_format format)
{
    struct book_day day = book_day(book->report, seconds);
    if (day.is_date) {
        sheet_number(book, sheet, row, column, day.day + (double)day.second / DAY_SECONDS, format);
        return;
    }
    char text[ISO8601_BYTES];
    report_time(book->report, seconds, text);
    sheet_text(book, sheet, row, column, text, FORMAT_TEXT);
}

void sheet_number(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                  double number, enum book_format format)
{
    book_check(book, worksheet_write_number(sheet, row, column, number, book->formats[format]));
}

void sheet_merge(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first,
                 lxw_col_t last, enum book_format format)
{
    if (first < last)
        book_check(book,
                   worksheet_merge_range(sheet, row, first, row, last, "", book->formats[format]));
}

void sheet_set_width(struct book *book, lxw_worksheet *sheet, lxw_col_t column, int width)
{
    enum { NARROWEST = 6, WIDEST = 60, MARGIN = 3 }; /* the margin takes a filter's button */
    width = width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
    book_check(book, worksheet_set_column(sheet, column, column, width + MARGIN, NULL));
}

/* In headers and footers & begins an instruction, and && is a literal &. */
static void append_footer_text(const char *text, struct buffer *out)
{
    for (; *text; text++)
        buffer_append_text(out, *text == '&' ? "&&" : (const char[]){*text, '\0'});
}

void sheet_paginate(struct book *book, lxw_worksheet *sheet)
{
    enum { PAPER_A4 = 9 };
    struct buffer footer = {0};
    struct buffer as_of = {0};
    book_as_of(book, &as_of);
    buffer_append_text(&footer, "&L");
    append_footer_text(language_text(book->language, TEXT_REPORT_TITLE), &footer);
    buffer_append_text(&footer, "&C");
    append_footer_text(buffer_text(&as_of), &footer);
    buffer_append_text(&footer, "&R&P / &N");
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.4, 0.6);
    book_check(book, worksheet_set_footer(sheet, buffer_text(&footer)));
    buffer_free(&footer);
    buffer_free(&as_of);
}
