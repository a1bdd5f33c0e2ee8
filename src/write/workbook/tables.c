#include "write/workbook/tables.h"

#include "report/dimension.h"
#include "write/workbook/sheet.h"

enum { COLUMNS_MAX = SLOTS_MAX + 2 };

/* A table that is being written into its sheet. */
struct table {
    struct book *book;
    lxw_worksheet *sheet;
    enum dimension dimension;
    enum text_id headings[COLUMNS_MAX]; /* the last two are for the figures */
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

/* People read the name in the first column; the other parts follow it. */
static bool is_name(const struct slot *slot)
{
    return slot->part == PART_NAME || slot->part == PART_BUCKET;
}

static void set_headings(struct table *table)
{
    const struct descriptor *is = &dimensions[table->dimension];
    table->headings[table->columns++] = is->heading;
    for (const struct slot *slot = is->slots; slot->key; slot++) {
        if (!is_name(slot))
            table->headings[table->columns++] = slot->heading;
    }
    table->headings[table->columns++] = TEXT_HEADING_CONTACTS;
    table->headings[table->columns++] = TEXT_HEADING_SHARE;
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
    for (const struct slot *slot = dimensions[table->dimension].slots; slot->key; slot++) {
        char room[GROUP_PART_BYTES];
        if (!is_name(slot))
            write_text(table, column++, group_part(group, slot->part, room));
    }
    sheet_number(book, table->sheet, table->row, column++, (double)group->contacts, FORMAT_COUNT);
    sheet_number(book, table->sheet, table->row, column,
                 tally_share(book->report->tally, group->contacts), FORMAT_SHARE);
    table->sum += group->contacts;
    table->row++;
    buffer_free(&name);
    return true;
}

/* Writes the table's own formula for a sum, and its result for readers that do not calculate. */
static void write_sum(struct table *table, lxw_col_t column, double sum, enum book_format format)
{
    struct book *book = table->book;
    struct buffer formula = {0};
    buffer_print(&formula, "=SUBTOTAL(109,%s[%s])", dimensions[table->dimension].table,
                 language_text(book->language, table->headings[column]));
    book_check(book,
               worksheet_write_formula_num(table->sheet, table->row, column, buffer_text(&formula),
                                           book->formats[format], sum));
    buffer_free(&formula);
}

static bool has_share_sum(const struct table *table)
{
    return !dimensions[table->dimension].overlaps;
}

/* The library writes the sums without a format, so this writes them again with the table's own. */
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
        const char *header = language_text(book->language, table->headings[i]);
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
        .name = (char *)dimensions[table->dimension].table,
        .total_row = LXW_TRUE,
        .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
        .style_type_number = 1,
        .columns = list,
    };
    book_check(book, worksheet_add_table(table->sheet, 0, 0, table->row,
                                         (lxw_col_t)(table->columns - 1), &options));
}

/* Bars range from 0 to all contacts, so they mean the same on every sheet. */
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
        .dimension = dimension,
        .row = 1,
    };
    set_headings(&table);
    if (!tally_each(book->report->tally, dimension, report_limit(book->report, dimension),
                    write_group, &table, error))
        return false;
    /* A table needs at least one row of data, even if it is empty. */
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
    bool ok = true;
    for (int i = 0; ok && i < DIMENSIONS; i++) {
        tables->sheets[i] = book_add_sheet(book, dimensions[i].title);
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
