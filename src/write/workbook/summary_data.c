#include "write/workbook/summary_data.h"

struct summary_data summary_data_begin(struct summary *summary, enum text_id title,
                                       enum text_id heading, enum text_id figures)
{
    struct summary_data data = {
        .summary = summary,
        .title = title,
        .heading = heading,
        .figures = figures,
        .column = summary->data_column,
        .row = DATA_FIRST,
    };
    summary->data_column = (lxw_col_t)(summary->data_column + 3);
    return data;
}

void summary_data_add(struct summary_data *data, const char *name, int64_t count)
{
    struct book *book = data->summary->book;
    lxw_worksheet *sheet = data->summary->sheet;
    sheet_text(book, sheet, data->row, data->column, name, FORMAT_DATA_TEXT);
    sheet_number(book, sheet, data->row, (lxw_col_t)(data->column + 1), (double)count,
                 FORMAT_DATA_COUNT);
    book_widen(book, &data->width, name);
    if (count > data->largest)
        data->largest = count;
    data->row++;
}

bool summary_data_add_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    enum { COLUMNS_MAX = 26 }; /* leaves room for the chart's bars */
    struct summary_data *data = context;
    struct buffer name = {0};
    struct buffer cut = {0};
    data->quiet[data->row - DATA_FIRST] = !group->name || group->bucket.kind == BUCKET_NEVER ||
                                          group->bucket.kind == BUCKET_UNREADABLE;
    report_group_name(data->summary->book->report, group, &name);
    language_cut(data->summary->book->language, buffer_text(&name), COLUMNS_MAX, &cut);
    summary_data_add(data, buffer_text(&cut), group->contacts);
    buffer_free(&name);
    buffer_free(&cut);
    return true;
}

void summary_data_title(const struct summary_data *data, struct buffer *out)
{
    char weeks[LANGUAGE_FORMAT_BYTES];
    const char *const values[] = {weeks};
    language_number(data->summary->book->language, TALLY_WEEKS, weeks);
    language_fill(data->summary->book->language, data->title, values, 1, out);
}

void summary_data_finish(struct summary_data *data, enum text_id nothing)
{
    struct summary *summary = data->summary;
    struct book *book = summary->book;
    struct buffer title = {0};
    if (data->row == DATA_FIRST)
        summary_data_add(data, language_text(book->language, nothing), 0);
    summary_data_title(data, &title);
    sheet_text(book, summary->sheet, DATA_TITLE, data->column, buffer_text(&title),
               FORMAT_DATA_TITLE);
    sheet_say(book, summary->sheet, DATA_HEADER, data->column, data->heading, FORMAT_DATA_HEADER);
    sheet_say(book, summary->sheet, DATA_HEADER, (lxw_col_t)(data->column + 1), data->figures,
              FORMAT_DATA_HEADER_FIGURE);
    book_widen(book, &data->width, buffer_text(&title));
    sheet_set_width(book, summary->sheet, data->column, data->width);
    buffer_free(&title);
}
