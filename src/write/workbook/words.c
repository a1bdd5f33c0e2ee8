/* What the workbook says of the report in words, and at the foot of its pages. */
#include "report/ledger_text.h"
#include "write/workbook/workbook.h"

void workbook_as_of(const struct workbook *workbook, struct buffer *out)
{
    const struct report *report = workbook->report;
    char moment[LANGUAGE_FORMAT_BYTES];
    language_moment(workbook->language, report->as_of, report->zone, moment);
    const char *const values[] = {moment, zone_name(report->zone)};
    language_fill(workbook->language, TEXT_REPORT_AS_OF, values, 2, out);
}

void workbook_ledger(const struct workbook *workbook, struct buffer *out)
{
    ledger_append_verdict(workbook->report->ledger, workbook->language, out);
}

/* In headers and footers & begins an instruction, && stands for one. */
static void append_footer_text(const char *text, struct buffer *out)
{
    for (; *text; text++)
        buffer_append_text(out, *text == '&' ? "&&" : (const char[]){*text, '\0'});
}

void workbook_paginate(struct workbook *workbook, lxw_worksheet *sheet)
{
    enum { PAPER_A4 = 9 };
    struct buffer footer = {0};
    struct buffer as_of = {0};
    workbook_as_of(workbook, &as_of);
    buffer_append_text(&footer, "&L");
    append_footer_text(language_text(workbook->language, TEXT_REPORT_TITLE), &footer);
    buffer_append_text(&footer, "&C");
    append_footer_text(buffer_text(&as_of), &footer);
    buffer_append_text(&footer, "&R&P / &N");
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.4, 0.6);
    workbook_check(workbook, worksheet_set_footer(sheet, buffer_text(&footer)));
    buffer_free(&footer);
    buffer_free(&as_of);
}
