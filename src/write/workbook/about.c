#include "write/workbook/about.h"

#include "base/version.h"
#include "report/dimension.h"
#include "write/workbook/sheet.h"
#include "write/workbook/words.h"

enum { LABELS, FACTS }; /* columns */
enum { FACTS_WIDTH = 105, LINE_POINTS = 17 };
enum { LINES_MAX = 24 }; /* a row can be 409 points high */

struct about {
    struct book *book;
    lxw_worksheet *sheet;
    lxw_row_t row;
    int label_width;
};

static void write_label(struct about *about, enum text_id label)
{
    sheet_say(about->book, about->sheet, about->row, LABELS, label, FORMAT_LABEL);
    book_widen(about->book, &about->label_width, language_text(about->book->language, label));
}

/* Sets the row's height, as not every reader fits rows to their texts. */
static void set_height(struct about *about, const char *text)
{
    int width = language_display_width(about->book->language, text);
    int lines = width < LINES_MAX * FACTS_WIDTH ? 1 + width / FACTS_WIDTH : LINES_MAX;
    book_check(about->book, worksheet_set_row(about->sheet, about->row, lines * LINE_POINTS, NULL));
}

static void write_fact(struct about *about, enum text_id label, const char *text)
{
    write_label(about, label);
    set_height(about, text);
    sheet_text(about->book, about->sheet, about->row++, FACTS, text, FORMAT_FACT);
}

static void write_moment(struct about *about, enum text_id label, int64_t seconds)
{
    write_label(about, label);
    sheet_time(about->book, about->sheet, about->row++, FACTS, seconds, FORMAT_FACT_TIME);
}

static void write_count(struct about *about, enum text_id label, int64_t count)
{
    write_label(about, label);
    sheet_number(about->book, about->sheet, about->row++, FACTS, (double)count, FORMAT_FACT_COUNT);
}

static void write_section(struct about *about, enum text_id title)
{
    about->row++;
    sheet_say(about->book, about->sheet, about->row++, LABELS, title, FORMAT_SECTION);
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

/* Writes all filters, in full. */
static void write_filters(struct about *about)
{
    const struct language *language = about->book->language;
    const struct source *source = about->book->report->source;
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

static void write_left_out(struct about *about)
{
    for (int i = 0; i < DIMENSIONS; i++) {
        enum text_id text = report_left_out(about->book->report, (enum dimension)i);
        if (text != TEXTS)
            write_fact(about, dimensions[i].heading, language_text(about->book->language, text));
    }
}

static void write_source(struct about *about)
{
    const struct report *report = about->book->report;
    const struct source *source = report->source;
    if (source->account)
        write_fact(about, TEXT_ABOUT_ACCOUNT, source->account);
    write_fact(about, TEXT_ABOUT_SOURCE, source->base_url);
    write_filters(about);
    write_left_out(about);
    if (report->country_from)
        write_fact(about, TEXT_ABOUT_COUNTRY_FROM, report->country_from);
    if (report->company_from)
        write_fact(about, TEXT_ABOUT_COMPANY_FROM, report->company_from);
    write_moment(about, TEXT_ABOUT_FETCHED_AT, source->started_at);
    write_moment(about, TEXT_ABOUT_AS_OF, report->as_of);
    write_fact(about, TEXT_ABOUT_TIME_ZONE, zone_name(report->zone));
}

static void write_ledger(struct about *about)
{
    const struct ledger *ledger = about->book->report->ledger;
    struct buffer text = {0};
    book_ledger(about->book, &text);
    write_fact(about, TEXT_ABOUT_LEDGER, buffer_text(&text));
    write_count(about, TEXT_ABOUT_PASSES, ledger->passes);
    write_count(about, TEXT_ABOUT_REQUESTS, ledger->requests);
    write_count(about, TEXT_ABOUT_DOUBLED, ledger->duplicates);
    write_fact(about, TEXT_ABOUT_VERSION, "rollcall " ROLLCALL_VERSION);
    buffer_free(&text);
}

static void write_warnings(struct about *about)
{
    const struct warnings *warnings = &about->book->report->warnings;
    struct buffer text = {0};
    for (int i = 0; i < WARNINGS; i++) {
        if (warnings->counts[i] == 0)
            continue;
        buffer_clear(&text);
        language_warning(about->book->language, (enum warning)i, warnings->counts[i], &text);
        write_fact(about, TEXT_ABOUT_WARNING, buffer_text(&text));
    }
    buffer_free(&text);
}

/* `days` replaces {0} in the text. */
static void write_meaning(struct about *about, enum text_id label, enum text_id meaning,
                          const char *days)
{
    struct buffer text = {0};
    language_fill(about->book->language, meaning, &days, 1, &text);
    write_fact(about, label, buffer_text(&text));
    buffer_free(&text);
}

static void write_meanings(struct about *about)
{
    write_section(about, TEXT_ABOUT_MEANINGS);
    for (int i = 0; i < DIMENSIONS; i++)
        write_meaning(about, dimensions[i].heading, dimensions[i].meaning, "");
    write_meaning(about, TEXT_HEADING_NEW, TEXT_MEANING_NEW, "7");
    write_meaning(about, TEXT_HEADING_ACTIVE, TEXT_MEANING_ACTIVE, "30");
    write_meaning(about, TEXT_HEADING_REACHABLE, TEXT_MEANING_REACHABLE, "");
    write_meaning(about, TEXT_HEADING_SHARE, TEXT_MEANING_SHARE, "");
    write_meaning(about, TEXT_ABOUT_LEDGER, TEXT_MEANING_LEDGER, "");
}

bool about_write(struct book *book)
{
    struct about about = {
        .book = book,
        .sheet = book_add_sheet(book, TEXT_SHEET_ABOUT),
    };
    if (!about.sheet)
        return false;
    write_source(&about);
    write_ledger(&about);
    write_warnings(&about);
    write_meanings(&about);
    sheet_set_width(book, about.sheet, LABELS, about.label_width);
    book_check(book, worksheet_set_column(about.sheet, FACTS, FACTS, FACTS_WIDTH, NULL));
    worksheet_gridlines(about.sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_landscape(about.sheet);
    worksheet_fit_to_pages(about.sheet, 1, 0);
    sheet_paginate(book, about.sheet);
    return true;
}
