/* The sheet About: where the numbers come from, and what they mean. */
#include "write/workbook/workbook.h"

#include "base/version.h"

enum { LABELS, FACTS }; /* columns */
enum { FACTS_WIDTH = 105, LINE_POINTS = 17 };
enum { LINES_MAX = 24 }; /* a row can be 409 points high */

struct about {
    struct workbook *workbook;
    lxw_worksheet *sheet;
    lxw_row_t row;
    int label_width;
};

static void write_label(struct about *about, enum text_id label)
{
    workbook_say(about->workbook, about->sheet, about->row, LABELS, label, FORMAT_LABEL);
    workbook_widen(about->workbook, &about->label_width,
                   language_text(about->workbook->language, label));
}

/* Not every reader makes rows as high as their texts. */
static void set_height(struct about *about, const char *text)
{
    int width = language_display_width(about->workbook->language, text);
    int lines = width < LINES_MAX * FACTS_WIDTH ? 1 + width / FACTS_WIDTH : LINES_MAX;
    workbook_check(about->workbook,
                   worksheet_set_row(about->sheet, about->row, lines * LINE_POINTS, NULL));
}

static void write_fact(struct about *about, enum text_id label, const char *text)
{
    write_label(about, label);
    set_height(about, text);
    workbook_text(about->workbook, about->sheet, about->row++, FACTS, text, FORMAT_FACT);
}

static void write_moment(struct about *about, enum text_id label, int64_t seconds)
{
    write_label(about, label);
    workbook_time(about->workbook, about->sheet, about->row++, FACTS, seconds, FORMAT_FACT_TIME);
}

static void write_count(struct about *about, enum text_id label, int64_t count)
{
    write_label(about, label);
    workbook_number(about->workbook, about->sheet, about->row++, FACTS, (double)count,
                    FORMAT_FACT_COUNT);
}

static void write_section(struct about *about, enum text_id title)
{
    about->row++;
    workbook_say(about->workbook, about->sheet, about->row++, LABELS, title, FORMAT_SECTION);
}

static void join(const struct language *language, const char *text, struct buffer *list)
{
    struct buffer longer = {0};
    const char *const values[] = {buffer_text(list), text};
    if (list->length > 0)
        language_fill(language, TEXT_JOIN_LIST, values, 2, &longer);
    buffer_clear(list);
    buffer_append_text(list, longer.length ? buffer_text(&longer) : text);
    buffer_free(&longer);
}

/* All of them, in full. */
static void write_filters(struct about *about)
{
    const struct language *language = about->workbook->language;
    const struct source *source = about->workbook->report->source;
    struct buffer labels = {0};
    for (size_t i = 0; i < source->label_count; i++)
        join(language, source->labels[i], &labels);
    if (labels.length > 0)
        write_fact(about, TEXT_ABOUT_LABELS, buffer_text(&labels));
    if (source->q)
        write_fact(about, TEXT_ABOUT_SEARCH, source->q);
    if (labels.length == 0 && !source->q)
        write_fact(about, TEXT_ABOUT_FILTERS, language_text(language, TEXT_FILTER_ALL));
    buffer_free(&labels);
}

static void write_source(struct about *about)
{
    const struct language *language = about->workbook->language;
    const struct report *report = about->workbook->report;
    const struct source *source = report->source;
    if (source->account)
        write_fact(about, TEXT_ABOUT_ACCOUNT, source->account);
    write_fact(about, TEXT_ABOUT_SOURCE, source->base_url);
    write_filters(about);
    if (!source->inboxes)
        write_fact(about, TEXT_HEADING_INBOX, language_text(language, TEXT_NOTE_INBOXES_LEFT_OUT));
    write_moment(about, TEXT_ABOUT_FETCHED_AT, source->started_at);
    write_moment(about, TEXT_ABOUT_AS_OF, report->as_of);
    write_fact(about, TEXT_ABOUT_TIME_ZONE, zone_name(report->zone));
}

static void write_ledger(struct about *about)
{
    const struct ledger *ledger = about->workbook->report->ledger;
    struct buffer text = {0};
    workbook_ledger(about->workbook, &text);
    write_fact(about, TEXT_ABOUT_LEDGER, buffer_text(&text));
    write_count(about, TEXT_ABOUT_PASSES, ledger->passes);
    write_count(about, TEXT_ABOUT_REQUESTS, ledger->requests);
    write_count(about, TEXT_ABOUT_DOUBLED, ledger->duplicates);
    write_fact(about, TEXT_ABOUT_VERSION, "rollcall " ROLLCALL_VERSION);
    buffer_free(&text);
}

static void write_warnings(struct about *about)
{
    const struct warnings *warnings = &about->workbook->report->warnings;
    struct buffer text = {0};
    for (int i = 0; i < WARNINGS; i++) {
        if (warnings->counts[i] == 0)
            continue;
        buffer_clear(&text);
        language_warning(about->workbook->language, (enum warning)i, warnings->counts[i], &text);
        write_fact(about, TEXT_ABOUT_WARNING, buffer_text(&text));
    }
    buffer_free(&text);
}

static void write_meanings(struct about *about)
{
    static const struct meaning {
        enum text_id label;
        enum text_id text;
        const char *days; /* in the place of {0} */
    } meanings[] = {
        {TEXT_HEADING_COUNTRY, TEXT_MEANING_COUNTRY, ""},
        {TEXT_HEADING_COMPANY, TEXT_MEANING_COMPANY, ""},
        {TEXT_HEADING_INBOX, TEXT_MEANING_INBOX, ""},
        {TEXT_HEADING_LAST_ACTIVITY, TEXT_MEANING_ACTIVITY, ""},
        {TEXT_HEADING_NEW, TEXT_MEANING_NEW, "7"},
        {TEXT_HEADING_ACTIVE, TEXT_MEANING_ACTIVE, "30"},
        {TEXT_HEADING_REACHABLE, TEXT_MEANING_REACHABLE, ""},
        {TEXT_HEADING_SHARE, TEXT_MEANING_SHARE, ""},
        {TEXT_ABOUT_LEDGER, TEXT_MEANING_LEDGER, ""},
    };
    struct buffer text = {0};
    write_section(about, TEXT_ABOUT_MEANINGS);
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        buffer_clear(&text);
        language_fill(about->workbook->language, meanings[i].text, &meanings[i].days, 1, &text);
        write_fact(about, meanings[i].label, buffer_text(&text));
    }
    buffer_free(&text);
}

bool workbook_write_about(struct workbook *workbook)
{
    struct about about = {
        .workbook = workbook,
        .sheet = workbook_add_sheet(workbook, TEXT_SHEET_ABOUT),
    };
    if (!about.sheet)
        return false;
    write_source(&about);
    write_ledger(&about);
    write_warnings(&about);
    write_meanings(&about);
    workbook_set_width(workbook, about.sheet, LABELS, about.label_width);
    workbook_check(workbook, worksheet_set_column(about.sheet, FACTS, FACTS, FACTS_WIDTH, NULL));
    worksheet_gridlines(about.sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_landscape(about.sheet);
    worksheet_fit_to_pages(about.sheet, 1, 0);
    workbook_paginate(workbook, about.sheet);
    return true;
}
