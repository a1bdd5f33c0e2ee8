#include "write/workbook/summary.h"

#include "write/workbook/charts.h"
#include "write/workbook/heat.h"
#include "write/workbook/summary_grid.h"
#include "write/workbook/words.h"

/* Gives each tile so many columns that the activity buckets and their sum fit into three tiles. */
static void plan_grid(struct summary *summary)
{
    enum { TILE_PX = 198, NARROWEST_PX = 50 };
    summary->tile_columns = (int)((summary->buckets + 3) / 3);
    summary->column_px = TILE_PX / summary->tile_columns;
    if (summary->column_px < NARROWEST_PX)
        summary->column_px = NARROWEST_PX;
    summary->data_column = (lxw_col_t)(summary_columns(summary) + 1);
}

static bool count_bucket(void *context, const struct group *group, struct error *error)
{
    (void)group;
    (void)error;
    struct summary *summary = context;
    summary->buckets++;
    return true;
}

static void set_row_height(struct summary *summary, lxw_row_t row, uint32_t pixels)
{
    book_check(summary->book, worksheet_set_row_pixels(summary->sheet, row, pixels, NULL));
}

static void set_up_rows(struct summary *summary)
{
    const struct report *report = summary->book->report;
    bool empty = tally_totals(report->tally).contacts == 0;
    set_row_height(summary, SUMMARY_TITLE, 42);
    set_row_height(summary, SUMMARY_AS_OF, 24);
    set_row_height(summary, SUMMARY_LEDGER, report->ledger->complete ? 24 : 50);
    set_row_height(summary, SUMMARY_EMPTY, empty ? 26 : 12);
    set_row_height(summary, SUMMARY_TILE_LABEL, 30);
    set_row_height(summary, SUMMARY_TILE_COUNT, 42);
    set_row_height(summary, SUMMARY_TILE_SHARE, 26);
    set_row_height(summary, SUMMARY_GAP, 14);
    for (lxw_row_t row = SUMMARY_CHARTS; row < SUMMARY_SECOND_GAP; row++)
        set_row_height(summary, row, SUMMARY_CHART_ROW_PX);
    set_row_height(summary, SUMMARY_SECOND_GAP, 14);
    set_row_height(summary, SUMMARY_HEAT_TITLE, SUMMARY_HEAT_TITLE_PX);
    set_row_height(summary, SUMMARY_HEAT_HEADER, SUMMARY_HEAT_HEADER_PX);
    for (lxw_row_t row = SUMMARY_HEAT; row <= SUMMARY_HEAT_SUM; row++)
        set_row_height(summary, row, SUMMARY_HEAT_PX);
    set_row_height(summary, SUMMARY_NOTES, 28);
}

static void set_up_page(struct summary *summary)
{
    struct book *book = summary->book;
    lxw_col_t last = (lxw_col_t)(summary_columns(summary) - 1);
    book_check(book, worksheet_set_column_pixels(summary->sheet, 0, last,
                                                 (uint32_t)summary->column_px, NULL));
    set_up_rows(summary);
    worksheet_gridlines(summary->sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_landscape(summary->sheet);
    worksheet_fit_to_pages(summary->sheet, 1, 1);
    worksheet_center_horizontally(summary->sheet);
    book_check(book, worksheet_print_area(summary->sheet, 0, 0, SUMMARY_NOTES, last));
    sheet_paginate(book, summary->sheet);
}

/* Writes a text that ends at the grid's right edge, cut to the right half. */
static void write_at_right(struct summary *summary, lxw_row_t row, const char *text)
{
    enum { COLUMNS_MAX = 90 };
    struct buffer cut = {0};
    lxw_col_t last = (lxw_col_t)(summary_columns(summary) - 1);
    language_cut(summary->book->language, text, COLUMNS_MAX, &cut);
    sheet_text(summary->book, summary->sheet, row, last, buffer_text(&cut), FORMAT_SOURCE);
    buffer_free(&cut);
}

static void write_verdict(struct summary *summary)
{
    struct book *book = summary->book;
    struct buffer text = {0};
    book_ledger(book, &text);
    if (book->report->ledger->complete) {
        sheet_text(book, summary->sheet, SUMMARY_LEDGER, 0, buffer_text(&text), FORMAT_COMPLETE);
    } else {
        sheet_merge(book, summary->sheet, SUMMARY_LEDGER, 0,
                    (lxw_col_t)(summary_columns(summary) - 1), FORMAT_BANNER);
        buffer_print(&text, "\n%s", language_text(book->language, TEXT_REPORT_UNPROVEN));
        sheet_text(book, summary->sheet, SUMMARY_LEDGER, 0, buffer_text(&text), FORMAT_BANNER);
    }
    buffer_free(&text);
}

static void write_head(struct summary *summary)
{
    enum { FILTER_COLUMNS = 24 };
    struct book *book = summary->book;
    const struct source *source = book->report->source;
    struct buffer as_of = {0};
    struct buffer filters = {0};
    book_as_of(book, &as_of);
    report_filters(book->report, FILTER_COLUMNS, &filters);
    sheet_say(book, summary->sheet, SUMMARY_TITLE, 0, TEXT_REPORT_TITLE, FORMAT_TITLE);
    sheet_text(book, summary->sheet, SUMMARY_AS_OF, 0, buffer_text(&as_of), FORMAT_SUBTITLE);
    write_at_right(summary, SUMMARY_TITLE, source->account ? source->account : source->base_url);
    write_at_right(summary, SUMMARY_AS_OF, buffer_text(&filters));
    write_verdict(summary);
    if (tally_totals(book->report->tally).contacts == 0)
        sheet_say(book, summary->sheet, SUMMARY_EMPTY, 0, TEXT_REPORT_EMPTY, FORMAT_WARNING);
    buffer_free(&as_of);
    buffer_free(&filters);
}

/* Every tile but that of the contacts shows its share of the contacts. */
static void write_tile(struct summary *summary, int place, const char *label, int64_t count)
{
    struct book *book = summary->book;
    lxw_worksheet *sheet = summary->sheet;
    lxw_col_t first = (lxw_col_t)(place * summary->tile_columns);
    lxw_col_t last = (lxw_col_t)(first + summary->tile_columns - 1);
    sheet_merge(book, sheet, SUMMARY_TILE_LABEL, first, last, FORMAT_TILE_LABEL);
    sheet_merge(book, sheet, SUMMARY_TILE_COUNT, first, last, FORMAT_TILE_COUNT);
    sheet_merge(book, sheet, SUMMARY_TILE_SHARE, first, last, FORMAT_TILE_SHARE);
    sheet_text(book, sheet, SUMMARY_TILE_LABEL, first, label, FORMAT_TILE_LABEL);
    sheet_number(book, sheet, SUMMARY_TILE_COUNT, first, (double)count, FORMAT_TILE_COUNT);
    if (place > 0)
        sheet_number(book, sheet, SUMMARY_TILE_SHARE, first,
                     tally_share(book->report->tally, count), FORMAT_TILE_SHARE);
}

static void write_tiles(struct summary *summary)
{
    const struct totals totals = tally_totals(summary->book->report->tally);
    const struct tile {
        enum text_id label;
        const char *days; /* replaces {0} in the label */
        int64_t count;
    } tiles[SUMMARY_TILES] = {
        {TEXT_TILE_CONTACTS, "", totals.contacts},
        {TEXT_TILE_NEW, "7", totals.new_7_days},
        {TEXT_TILE_ACTIVE, "30", totals.active_30_days},
        {TEXT_TILE_NEVER_ACTIVE, "", totals.never_active},
        {TEXT_TILE_BLOCKED, "", totals.blocked},
        {TEXT_TILE_EMAIL, "", totals.with_email},
        {TEXT_TILE_PHONE, "", totals.with_phone},
    };
    struct buffer label = {0};
    for (int i = 0; i < SUMMARY_TILES; i++) {
        buffer_clear(&label);
        language_fill(summary->book->language, tiles[i].label, &tiles[i].days, 1, &label);
        write_tile(summary, i, buffer_text(&label), tiles[i].count);
    }
    buffer_free(&label);
}

/* Writes the notes of all dimensions on one line. */
static void write_notes(struct summary *summary)
{
    struct buffer notes = {0};
    for (int i = 0; i < DIMENSIONS; i++) {
        const char *note = report_note(summary->book->report, (enum dimension)i);
        buffer_append_text(&notes, notes.length && *note ? " " : "");
        buffer_append_text(&notes, note);
    }
    sheet_text(summary->book, summary->sheet, SUMMARY_NOTES, 0, buffer_text(&notes), FORMAT_NOTE);
    buffer_free(&notes);
}

bool summary_write(struct book *book, lxw_worksheet *sheet, struct error *error)
{
    struct summary summary = {
        .book = book,
        .sheet = sheet,
        .sheet_name = language_text(book->language, TEXT_SHEET_SUMMARY),
    };
    const struct report *report = book->report;
    if (!tally_each(report->tally, BY_ACTIVITY, 0, count_bucket, &summary, error))
        return false;
    plan_grid(&summary);
    set_up_page(&summary);
    write_head(&summary);
    write_tiles(&summary);
    write_notes(&summary);
    return summary_draw_charts(&summary, error) && summary_write_heat(&summary, error);
}
