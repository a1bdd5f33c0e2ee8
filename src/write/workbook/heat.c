#include "write/workbook/heat.h"

#include "write/workbook/summary_grid.h"

struct heat {
    struct summary *summary;
    lxw_row_t row;
    lxw_col_t column; /* of the bucket to be written */
};

/* The table stands right of three tiles; its names take one tile. */
static lxw_col_t first_column(const struct summary *summary)
{
    return (lxw_col_t)(3 * summary->tile_columns);
}

static lxw_col_t first_bucket(const struct summary *summary)
{
    return (lxw_col_t)(4 * summary->tile_columns);
}

static lxw_col_t total_column(const struct summary *summary)
{
    return (lxw_col_t)(first_bucket(summary) + summary->buckets);
}

/* Writes a name and formats all columns that it may take. */
static void write_name(const struct heat *heat, const char *name, enum book_format format)
{
    const struct summary *summary = heat->summary;
    struct book *book = summary->book;
    struct buffer cut = {0};
    language_cut(book->language, name, 30, &cut);
    for (lxw_col_t i = first_column(summary); i < first_bucket(summary); i++)
        book_check(book,
                   worksheet_write_blank(summary->sheet, heat->row, i, book->formats[format]));
    sheet_text(book, summary->sheet, heat->row, first_column(summary), buffer_text(&cut), format);
    buffer_free(&cut);
}

static void write_count(const struct heat *heat, lxw_col_t column, int64_t count,
                        enum book_format format)
{
    sheet_number(heat->summary->book, heat->summary->sheet, heat->row, column, (double)count,
                 format);
}

static bool write_country(void *context, const struct cross_row *row, struct error *error)
{
    (void)error;
    struct heat *heat = context;
    struct buffer name = {0};
    report_group_name(heat->summary->book->report, &row->country, &name);
    write_name(heat, buffer_text(&name), FORMAT_HEAT_NAME);
    for (size_t i = 0; i < row->buckets; i++)
        write_count(heat, (lxw_col_t)(first_bucket(heat->summary) + i), row->contacts[i],
                    FORMAT_HEAT_COUNT);
    write_count(heat, total_column(heat->summary), row->country.contacts, FORMAT_HEAT_TOTAL);
    heat->row++;
    buffer_free(&name);
    return true;
}

/* Writes the bucket's header above the countries and its sum below them. */
static bool write_bucket(void *context, const struct group *group, struct error *error)
{
    (void)error;
    struct heat *heat = context;
    struct book *book = heat->summary->book;
    struct buffer name = {0};
    report_group_name(book->report, group, &name);
    sheet_text(book, heat->summary->sheet, SUMMARY_HEAT_HEADER, heat->column, buffer_text(&name),
               FORMAT_HEAT_HEADER);
    write_count(heat, heat->column, group->contacts, FORMAT_HEAT_SUM);
    heat->column++;
    buffer_free(&name);
    return true;
}

static void colour(const struct heat *heat)
{
    const struct summary *summary = heat->summary;
    if (heat->row == SUMMARY_HEAT)
        return;
    lxw_conditional_format scale = {
        .type = LXW_CONDITIONAL_3_COLOR_SCALE,
        .min_color = COLOUR_HEAT_LOW,
        .mid_color = COLOUR_HEAT_MIDDLE,
        .max_color = COLOUR_HEAT_HIGH,
    };
    book_check(summary->book,
               worksheet_conditional_format_range(summary->sheet, SUMMARY_HEAT,
                                                  first_bucket(summary), (lxw_row_t)(heat->row - 1),
                                                  (lxw_col_t)(total_column(summary) - 1), &scale));
}

static void write_titles(struct heat *heat)
{
    struct summary *summary = heat->summary;
    struct book *book = summary->book;
    sheet_say(book, summary->sheet, SUMMARY_HEAT_TITLE, first_column(summary),
              TEXT_CHART_COUNTRY_ACTIVITY, FORMAT_SECTION);
    heat->row = SUMMARY_HEAT_HEADER;
    write_name(heat, language_text(book->language, TEXT_HEADING_COUNTRY), FORMAT_HEAT_CORNER);
    sheet_say(book, summary->sheet, SUMMARY_HEAT_HEADER, total_column(summary), TEXT_HEADING_TOTAL,
              FORMAT_HEAT_HEADER);
}

bool summary_write_heat(struct summary *summary, struct error *error)
{
    struct book *book = summary->book;
    const struct tally *tally = book->report->tally;
    struct heat heat = {.summary = summary, .column = first_bucket(summary)};
    write_titles(&heat);
    heat.row = SUMMARY_HEAT;
    if (!tally_cross(tally, SUMMARY_TOP, write_country, &heat, error))
        return false;
    colour(&heat);
    write_name(&heat, language_text(book->language, TEXT_HEADING_TOTAL), FORMAT_HEAT_SUM_NAME);
    write_count(&heat, total_column(summary), tally_totals(tally).contacts, FORMAT_HEAT_SUM);
    return tally_each(tally, BY_ACTIVITY, 0, write_bucket, &heat, error);
}
