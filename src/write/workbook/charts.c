#include "write/workbook/charts.h"

#include "report/dimension.h"
#include "write/workbook/summary_data.h"

static lxw_chart_font font_of(double size, lxw_color_t colour, bool bold)
{
    /* No name: the reader's own font has the language's characters. */
    return (lxw_chart_font){
        .size = size,
        .color = colour,
        .bold = bold ? LXW_TRUE : LXW_EXPLICIT_FALSE,
    };
}

/* The library calls the horizontal axis x, whatever it shows. */
static lxw_chart_axis *axis_of_names(lxw_chart *chart)
{
    return chart->type == LXW_CHART_BAR ? chart->y_axis : chart->x_axis;
}

static lxw_chart_axis *axis_of_figures(lxw_chart *chart)
{
    return chart->type == LXW_CHART_BAR ? chart->x_axis : chart->y_axis;
}

/* What all charts share: a title, no legend, only lines that say something. */
static lxw_chart *make_chart(const struct summary_data *data, uint8_t type,
                             lxw_chart_series **series)
{
    struct book *book = data->summary->book;
    lxw_chart *chart = workbook_add_chart(book->lxw, type);
    lxw_chart_font title_font = font_of(12, COLOUR_INK, true);
    lxw_chart_font axis_font = font_of(9, COLOUR_TEXT_QUIET, false);
    lxw_chart_line rule = {.color = COLOUR_RULE, .width = 0.75F};
    const char *sheet = data->summary->sheet_name;
    lxw_row_t last = (lxw_row_t)(data->row - 1);
    lxw_col_t figures = (lxw_col_t)(data->column + 1);

    *series = chart_add_series(chart, NULL, NULL);
    chart_series_set_categories(*series, sheet, DATA_FIRST, data->column, last, data->column);
    chart_series_set_values(*series, sheet, DATA_FIRST, figures, last, figures);
    chart_series_set_name_range(*series, sheet, DATA_HEADER, figures);
    chart_title_set_name_range(chart, sheet, DATA_TITLE, data->column);
    chart_title_set_name_font(chart, &title_font);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_chartarea_set_line(chart, &rule);
    chart_axis_set_num_font(axis_of_names(chart), &axis_font);
    chart_axis_set_num_font(axis_of_figures(chart), &axis_font);
    chart_axis_set_line(axis_of_names(chart), &rule);
    chart_axis_set_major_tick_mark(axis_of_names(chart), LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_set_min(axis_of_figures(chart), 0);
    return chart;
}

static void colour_points(const struct summary_data *data, lxw_chart_series *series)
{
    lxw_chart_fill named = {.color = COLOUR_ACCENT};
    lxw_chart_fill quiet = {.color = COLOUR_QUIET};
    lxw_chart_point points[ACTIVITY_BUCKETS_MAX] = {{0}};
    lxw_chart_point *list[ACTIVITY_BUCKETS_MAX + 1] = {NULL};
    for (size_t i = 0; i < data->row - DATA_FIRST; i++) {
        points[i].fill = data->quiet[i] ? &quiet : &named;
        list[i] = &points[i];
    }
    chart_series_set_fill(series, &named);
    book_check(data->summary->book, chart_series_set_points(series, list));
}

/* Bars and columns show their numbers, so they need no axis for them. */
static lxw_chart *make_bars(const struct summary_data *data, uint8_t type)
{
    enum { GAP_PERCENT = 45 };
    lxw_chart_series *series;
    lxw_chart *chart = make_chart(data, type, &series);
    lxw_chart_font label_font = font_of(9, COLOUR_INK, false);
    chart_series_set_labels(series);
    chart_series_set_labels_position(series, LXW_CHART_LABEL_POSITION_OUTSIDE_END);
    chart_series_set_labels_num_format(series, "#,##0");
    chart_series_set_labels_font(series, &label_font);
    colour_points(data, series);
    chart_set_series_gap(chart, GAP_PERCENT);
    chart_axis_major_gridlines_set_visible(axis_of_names(chart), LXW_FALSE);
    chart_axis_major_gridlines_set_visible(axis_of_figures(chart), LXW_FALSE);
    chart_axis_off(axis_of_figures(chart));
    if (type == LXW_CHART_BAR)
        chart_axis_set_reverse(axis_of_names(chart)); /* the first at the top */
    if (data->largest == 0)
        chart_axis_set_max(axis_of_figures(chart), 1);
    return chart;
}

static lxw_chart *make_line(const struct summary_data *data)
{
    enum { LABEL_EVERY = 5, SMALL = 5 };
    lxw_chart_series *series;
    lxw_chart *chart = make_chart(data, LXW_CHART_LINE, &series);
    lxw_chart_line line = {.color = COLOUR_ACCENT, .width = 2.25F};
    lxw_chart_line rule = {.color = COLOUR_RULE, .width = 0.5F};
    lxw_chart_line none = {.none = LXW_TRUE};
    lxw_chart_fill fill = {.color = COLOUR_ACCENT};
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
    chart_series_set_marker_size(series, 4);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &none);
    chart_axis_set_interval_unit(axis_of_names(chart), LABEL_EVERY);
    chart_axis_set_num_format(axis_of_figures(chart), "#,##0");
    chart_axis_set_line(axis_of_figures(chart), &none);
    chart_axis_set_major_tick_mark(axis_of_figures(chart), LXW_CHART_AXIS_TICK_MARK_NONE);
    chart_axis_major_gridlines_set_line(axis_of_figures(chart), &rule);
    /* Else the axis would count fractions of contacts. */
    if (data->largest < SMALL) {
        chart_axis_set_max(axis_of_figures(chart), SMALL);
        chart_axis_set_major_unit(axis_of_figures(chart), 1);
    }
    return chart;
}

/* The chart in words, for people who cannot see it. */
static void append_description(const struct summary_data *data, const lxw_chart *chart,
                               struct buffer *out)
{
    struct buffer title = {0};
    summary_data_title(data, &title);
    const char *const values[] = {buffer_text(&title)};
    if (chart->type == LXW_CHART_LINE)
        buffer_append_text(out, values[0]);
    else
        language_fill(data->summary->book->language,
                      chart->type == LXW_CHART_BAR ? TEXT_ALT_BARS : TEXT_ALT_COLUMNS, values, 1,
                      out);
    buffer_free(&title);
}

struct place {
    lxw_row_t row;
    int left_px;
    int width_px;
    int height_px;
};

static void place_chart(const struct summary_data *data, lxw_chart *chart,
                        const struct place *place)
{
    const struct summary *summary = data->summary;
    struct buffer description = {0};
    append_description(data, chart, &description);
    lxw_chart_options options = {
        .x_offset = place->left_px % summary->column_px,
        .x_scale = place->width_px / 480.0, /* the library's own size is 480 × 288 */
        .y_scale = place->height_px / 288.0,
        .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
        .description = description.bytes,
    };
    book_check(summary->book,
               worksheet_insert_chart_opt(summary->sheet, place->row,
                                          (lxw_col_t)(place->left_px / summary->column_px), chart,
                                          &options));
    buffer_free(&description);
}

/* One of the three charts side by side. */
static struct place third(const struct summary *summary, int number)
{
    enum { GAP_PX = 12 };
    int width = summary_columns(summary) * summary->column_px;
    int chart = (width - (SUMMARY_THIRDS - 1) * GAP_PX) / SUMMARY_THIRDS;
    return (struct place){SUMMARY_CHARTS, number * (chart + GAP_PX), chart,
                          SUMMARY_CHART_ROWS * SUMMARY_CHART_ROW_PX};
}

static bool draw_groups(struct summary *summary, enum dimension dimension, struct error *error)
{
    const struct descriptor *is = &dimensions[dimension];
    const struct report *report = summary->book->report;
    enum text_id left_out = report_left_out(report, dimension);
    const struct place place = third(summary, is->place - 1);
    struct summary_data data =
        summary_data_begin(summary, is->chart, is->heading, TEXT_HEADING_CONTACTS);
    if (!tally_each(report->tally, dimension, report_limit_within(report, dimension, SUMMARY_TOP),
                    summary_data_add_group, &data, error))
        return false;
    summary_data_finish(&data, left_out != TEXTS ? left_out : TEXT_REPORT_EMPTY);
    place_chart(&data, make_bars(&data, is->is_scale ? LXW_CHART_COLUMN : LXW_CHART_BAR), &place);
    return true;
}

/* From left to right. */
static bool draw_thirds(struct summary *summary, struct error *error)
{
    bool ok = true;
    for (int place = 1; ok && place <= SUMMARY_THIRDS; place++) {
        for (int i = 0; ok && i < DIMENSIONS; i++)
            ok = dimensions[i].place != place || draw_groups(summary, (enum dimension)i, error);
    }
    return ok;
}

static bool draw_weeks(struct summary *summary, struct error *error)
{
    enum { GAP_PX = 24 };
    struct book *book = summary->book;
    const struct report *report = book->report;
    struct week weeks[TALLY_WEEKS];
    struct summary_data data =
        summary_data_begin(summary, TEXT_CHART_WEEKS, TEXT_HEADING_WEEK, TEXT_HEADING_NEW_CONTACTS);
    if (!tally_weeks(report->tally, report->zone, weeks, error))
        return false;
    for (size_t i = 0; i < TALLY_WEEKS; i++) {
        /* As text: from dates, charts would make a date axis. */
        char date[LANGUAGE_FORMAT_BYTES];
        language_date(book->language, weeks[i].starts_at, report->zone, date);
        summary_data_add(&data, date, weeks[i].contacts);
    }
    summary_data_finish(&data, TEXT_REPORT_EMPTY);
    const struct place place = {
        SUMMARY_HEAT_TITLE,
        0,
        3 * summary->tile_columns * summary->column_px - GAP_PX,
        SUMMARY_HEAT_TITLE_PX + SUMMARY_HEAT_HEADER_PX + (SUMMARY_TOP + 2) * SUMMARY_HEAT_PX,
    };
    place_chart(&data, make_line(&data), &place);
    return true;
}

bool summary_draw_charts(struct summary *summary, struct error *error)
{
    return draw_thirds(summary, error) && draw_weeks(summary, error);
}
