/* What the workbook says of the report in words, and at the foot of its pages. */
#include "write/workbook.h"

#include <string.h>

void workbook_as_of(const struct workbook *workbook, struct buffer *out)
{
    const struct report *report = workbook->report;
    char moment[LANGUAGE_FORMAT_BYTES];
    language_moment(workbook->language, report->as_of, report->zone, moment);
    const char *const values[] = {moment, zone_name(report->zone)};
    language_fill(workbook->language, TEXT_REPORT_AS_OF, values, 2, out);
}

static enum text_id ledger_text(const struct ledger *ledger)
{
    bool counted = ledger->count_first != COUNT_UNKNOWN;
    if (ledger->complete)
        return counted ? TEXT_LEDGER_COMPLETE : TEXT_LEDGER_COMPLETE_UNCOUNTED;
    return counted ? TEXT_LEDGER_UNPROVEN : TEXT_LEDGER_UNPROVEN_UNCOUNTED;
}

/* The texts with the server's count take its numbers, the others what was read and in how many
   passes. */
static void describe_ledger(const struct workbook *workbook, struct buffer *out)
{
    enum { NUMBERS = 4 };
    const struct ledger *ledger = workbook->report->ledger;
    bool counted = ledger->count_first != COUNT_UNKNOWN;
    const int64_t numbers[NUMBERS] = {
        counted ? ledger->count_first : ledger->unique,
        counted ? ledger->created_during : ledger->passes,
        ledger->removed_during,
        ledger->unique,
    };
    char texts[NUMBERS][LANGUAGE_FORMAT_BYTES];
    const char *values[NUMBERS];
    for (size_t i = 0; i < NUMBERS; i++) {
        language_number(workbook->language, numbers[i], texts[i]);
        values[i] = texts[i];
    }
    language_fill(workbook->language, ledger_text(ledger), values, NUMBERS, out);
}

void workbook_ledger(const struct workbook *workbook, struct buffer *out)
{
    bool complete = workbook->report->ledger->complete;
    struct buffer details = {0};
    describe_ledger(workbook, &details);
    const char *const values[] = {
        language_text(workbook->language, complete ? TEXT_VERDICT_COMPLETE : TEXT_VERDICT_UNPROVEN),
        buffer_text(&details),
    };
    language_fill(workbook->language, TEXT_JOIN_LABELLED, values, 2, out);
    buffer_free(&details);
}

static void append_filter(const struct workbook *workbook, enum text_id text, const char *value,
                          struct buffer *out)
{
    struct buffer filter = {0};
    struct buffer joined = {0};
    language_fill(workbook->language, text, &value, 1, &filter);
    if (out->length > 0) {
        const char *const values[] = {buffer_text(out), buffer_text(&filter)};
        language_fill(workbook->language, TEXT_JOIN_LIST, values, 2, &joined);
        buffer_clear(out);
    }
    buffer_append_text(out, buffer_text(joined.length ? &joined : &filter));
    buffer_free(&filter);
    buffer_free(&joined);
}

void workbook_filters(const struct workbook *workbook, struct buffer *out)
{
    const struct source *source = workbook->report->source;
    for (size_t i = 0; i < source->label_count; i++)
        append_filter(workbook, TEXT_FILTER_LABEL, source->labels[i], out);
    if (source->q)
        append_filter(workbook, TEXT_FILTER_SEARCH, source->q, out);
    if (out->length == 0)
        buffer_append_text(out, language_text(workbook->language, TEXT_FILTER_ALL));
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
