#include "write/workbook/chart_data.h"

struct chart_data chart_data_begin(struct summary *summary, enum text_id title,
                                   enum text_id heading, enum text_id figures)
{
    struct chart_data data = {
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

void chart_data_add(struct chart_data *data, const char *name, int64_t count)
{
    struct workbook *workbook = data->summary->workbook;
    lxw_worksheet *sheet = data->summary->sheet;
    workbook_text(workbook, sheet, data->row, data->column, name, FORMAT_DATA_TEXT);
    workbook_number(workbook, sheet, data->row, (lxw_col_t)(data->column + 1), (double)count,
                    FORMAT_DATA_COUNT);
    workbook_widen(workbook, &data->width, name);
    if (count > data->largest)
        data->largest = count;
    data->row++;
}

bool chart_data_add_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    enum { COLUMNS_MAX = 26 }; /* leaves the chart room for its bars */
    struct chart_data *data = context;
    struct buffer name = {0};
    struct buffer cut = {0};
    bool never = group->dimension == BY_ACTIVITY && group->name[0] == 'n';
    data->quiet[data->row - DATA_FIRST] = !group->name || never;
    report_group_name(data->summary->workbook->report, group, &name);
    language_cut(data->summary->workbook->language, buffer_text(&name), COLUMNS_MAX, &cut);
    chart_data_add(data, buffer_text(&cut), group->contacts);
    buffer_free(&name);
    buffer_free(&cut);
    return true;
}

void chart_data_title(const struct chart_data *data, struct buffer *out)
{
    char weeks[LANGUAGE_FORMAT_BYTES];
    const char *const values[] = {weeks};
    language_number(data->summary->workbook->language, TALLY_WEEKS, weeks);
    language_fill(data->summary->workbook->language, data->title, values, 1, out);
}

void chart_data_finish(struct chart_data *data, enum text_id nothing)
{
    struct summary *summary = data->summary;
    struct workbook *workbook = summary->workbook;
    struct buffer title = {0};
    if (data->row == DATA_FIRST)
        chart_data_add(data, language_text(workbook->language, nothing), 0);
    chart_data_title(data, &title);
    workbook_text(workbook, summary->sheet, DATA_TITLE, data->column, buffer_text(&title),
                  FORMAT_DATA_TITLE);
    workbook_say(workbook, summary->sheet, DATA_HEADER, data->column, data->heading,
                 FORMAT_DATA_HEADER);
    workbook_say(workbook, summary->sheet, DATA_HEADER, (lxw_col_t)(data->column + 1),
                 data->figures, FORMAT_DATA_HEADER_FIGURE);
    workbook_widen(workbook, &data->width, buffer_text(&title));
    workbook_set_width(workbook, summary->sheet, data->column, data->width);
    buffer_free(&title);
}
