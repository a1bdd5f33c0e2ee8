#include "write/workbook/tables.h"

#include "write/workbook/sheet.h"

#include <inttypes.h>
#include <stdio.h>

enum { COLUMNS_MAX = 5 };

/* The headers end with TEXTS; the last two are the figures. */
static const struct layout {
    const char *name; /* of the table; the same in all languages, for formulas */
    enum text_id headers[COLUMNS_MAX + 1];
} layouts[DIMENSIONS] = {
    [BY_COUNTRY] = {"Countries",
                    {TEXT_HEADING_COUNTRY, TEXT_HEADING_CODE, TEXT_HEADING_CONTACTS,
                     TEXT_HEADING_SHARE, TEXTS}},
    [BY_COMPANY] = {"Companies",
                    {TEXT_HEADING_COMPANY, TEXT_HEADING_CONTACTS, TEXT_HEADING_SHARE, TEXTS}},
    [BY_INBOX] = {"Inboxes",
                  {TEXT_HEADING_INBOX, TEXT_HEADING_ID, TEXT_HEADING_CHANNEL, TEXT_HEADING_CONTACTS,
                   TEXT_HEADING_SHARE, TEXTS}},
    [BY_ACTIVITY] = {"Activity",
                     {TEXT_HEADING_LAST_ACTIVITY, TEXT_HEADING_CONTACTS, TEXT_HEADING_SHARE,
                      TEXTS}},
};

/* A table that is being written into its sheet. */
struct table {
    struct book *book;
    lxw_worksheet *sheet;
    const struct layout *layout;
    enum dimension dimension;
    lxw_col_t columns;
    lxw_row_t row;
    int64_t sum;
    int widths[COLUMNS_MAX];
};

static void write_text(struct table *table, lxw_col_t column, const char *text)
{
    sheet_text(table->book, table->sheet, table->row, column, text, FORMAT_TEXT);
    book_widen(table->book, &table->widths[column], text);
}

static bool write_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    struct table *table = context;
    struct book *book = table->book;
    struct buffer name = {0};
    lxw_col_t column = 0;
    report_group_name(book->report, group, &name);
    write_text(table, column++, buffer_text(&name));
    if (group->dimension == BY_COUNTRY)
        write_text(table, column++, group->code);
    if (group->dimension == BY_INBOX) {
        char id[24];
        snprintf(id, sizeof id, "%" PRId64, group->id);
        write_text(table, column++, group->name ? id : NULL);
        write_text(table, column++, group->channel_type);
    }
    sheet_number(book, table->sheet, table->row, column++, (double)group->contacts, FORMAT_COUNT);
    sheet_number(book, table->sheet, table->row, column,
                 tally_share(book->report->tally, group->contacts), FORMAT_SHARE);
    table->sum += group->contacts;
    table->row++;
    buffer_free(&name);
    return true;
}

/* The table's own formula for a sum, and what it comes to, for readers that do not reckon. */
static void write_sum(struct table *table, lxw_col_t column, double sum, enum book_format format)
{
    struct book *book = table->book;
    struct buffer formula = {0};
    buffer_print(&formula, "=SUBTOTAL(109,%s[%s])", table->layout->name,
                 language_text(book->language, table->layout->headers[column]));
    book_check(book,
               worksheet_write_formula_num(table->sheet, table->row, column, buffer_text(&formula),
                                           book->formats[format], sum));
    buffer_free(&formula);
}

/* Shares of inboxes have no sum: a contact may be in several. */
static bool has_share_sum(const struct table *table)
{
    return table->dimension != BY_INBOX;
}

/* The library writes the sums without a format; they are written over in the table's own. */
static void write_sums(struct table *table)
{
    struct book *book = table->book;
    lxw_col_t share = (lxw_col_t)(table->columns - 1);
    for (lxw_col_t i = 0; i < table->columns; i++)
        book_check(book, worksheet_write_blank(table->sheet, table->row, i,
                                               book->formats[FORMAT_SUM_TEXT]));
    sheet_say(book, table->sheet, table->row, 0, TEXT_HEADING_TOTAL, FORMAT_SUM_TEXT);
    write_sum(table, (lxw_col_t)(share - 1), (double)table->sum, FORMAT_SUM_COUNT);
    if (has_share_sum(table))
        write_sum(table, share, tally_share(book->report->tally, table->sum), FORMAT_SUM_SHARE);
}

static void make_table(struct table *table)
{
    struct book *book = table->book;
    lxw_table_column columns[COLUMNS_MAX] = {{0}};
    lxw_table_column *list[COLUMNS_MAX + 1] = {NULL};
    for (lxw_col_t i = 0; i < table->columns; i++) {
        bool is_figure = i >= table->columns - 2;
        const char *header = language_text(book->language, table->layout->headers[i]);
        columns[i].header = (char *)header;
        columns[i].header_format = book->formats[is_figure ? FORMAT_HEADER_FIGURE : FORMAT_HEADER];
        book_widen(book, &table->widths[i], header);
        list[i] = &columns[i];
    }
    columns[0].total_string = (char *)language_text(book->language, TEXT_HEADING_TOTAL);
    book_widen(book, &table->widths[0], columns[0].total_string);
    columns[table->columns - 2].total_function = LXW_TABLE_FUNCTION_SUM;
    if (has_share_sum(table))
        columns[table->columns - 1].total_function = LXW_TABLE_FUNCTION_SUM;
    lxw_table_options options = {
        .name = (char *)table->layout->name,
        .total_row = LXW_TRUE,
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 1,
        .columns = list,
    };
    book_check(book, worksheet_add_table(table->sheet, 0, 0, table->row,
                                         (lxw_col_t)(table->columns - 1), &options));
}

/* Bars from nothing to all contacts, so that they mean the same on every sheet. */
static void draw_bars(struct table *table)
{
    lxw_col_t share = (lxw_col_t)(table->columns - 1);
    lxw_conditional_format bars = {
        .type = LXW_CONDITIONAL_DATA_BAR,
        .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .min_value = 0,
        .max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
        .max_value = 1,
        .bar_color = COLOUR_ACCENT_PALE,
        .bar_solid = LXW_TRUE,
        .data_bar_2010 = LXW_TRUE,
    };
    book_check(table->book, worksheet_conditional_format_range(
                                table->sheet, 1, share, (lxw_row_t)(table->row - 1), share, &bars));
}

static void write_notes(struct table *table)
{
    struct book *book = table->book;
    lxw_row_t row = table->row + 2;
    sheet_say(book, table->sheet, row++, 0, TEXT_NOTE_SHARE, FORMAT_NOTE);
    sheet_text(book, table->sheet, row, 0, report_note(book->report, table->dimension),
               FORMAT_NOTE);
}

static void set_up_sheet(struct table *table)
{
    enum { FIGURE_WIDTH = 12, BAR_WIDTH = 22, ROW_POINTS = 18 };
    struct book *book = table->book;
    for (lxw_col_t i = 0; i < table->columns; i++) {
        int narrowest = i == table->columns - 1   ? BAR_WIDTH
                        : i == table->columns - 2 ? FIGURE_WIDTH
                                                  : 0;
        int width = table->widths[i];
        sheet_set_width(book, table->sheet, i, width < narrowest ? narrowest : width);
    }
    worksheet_set_default_row(table->sheet, ROW_POINTS, LXW_FALSE);
    worksheet_freeze_panes(table->sheet, 1, 0);
    worksheet_fit_to_pages(table->sheet, 1, 0);
    book_check(book, worksheet_repeat_rows(table->sheet, 0, 0));
    book_check(book, worksheet_ignore_errors(table->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
                                             "A1:E1048576"));
    sheet_paginate(book, table->sheet);
}

static bool write_table(struct book *book, lxw_worksheet *sheet, enum dimension dimension,
                        struct error *error)
{
    struct table table = {
        .book = book,
        .sheet = sheet,
        .layout = &layouts[dimension],
        .dimension = dimension,
        .row = 1,
    };
    while (table.layout->headers[table.columns] != TEXTS)
        table.columns++;
    if (!tally_each(book->report->tally, dimension, report_limit(book->report, dimension),
                    write_group, &table, error))
        return false;
    /* A table has one row of data at least; it may be an empty one. */
    if (table.row == 1)
        table.row++;
    make_table(&table);
    write_sums(&table);
    draw_bars(&table);
    write_notes(&table);
    set_up_sheet(&table);
    return true;
}

bool tables_add(struct tables *tables, struct book *book)
{
    static const enum text_id names[DIMENSIONS] = {
        [BY_COUNTRY] = TEXT_SHEET_COUNTRIES,
        [BY_COMPANY] = TEXT_SHEET_COMPANIES,
        [BY_INBOX] = TEXT_SHEET_INBOXES,
        [BY_ACTIVITY] = TEXT_SHEET_ACTIVITY,
    };
    bool ok = true;
    for (int i = 0; ok && i < DIMENSIONS; i++) {
        tables->sheets[i] = book_add_sheet(book, names[i]);
        ok = tables->sheets[i] != NULL;
    }
    return ok;
}

bool tables_write(const struct tables *tables, struct book *book, struct error *error)
{
    bool ok = true;
    for (int i = 0; ok && i < DIMENSIONS; i++)
        ok = write_table(book, tables->sheets[i], (enum dimension)i, error);
    return ok;
}
