/* Bars and columns: the shapes and their labels. */
#include "base/buffer.h"
#include "write/page/plot.h"
#include "write/page/view_parts.h"

#include <json-c/json.h>
#include <stdio.h>

void view_add_chart_texts(struct json_object *chart, const struct report *report, enum text_id kind,
                          const char *heading, const char *highest, int64_t contacts)
{
    char number[LANGUAGE_FORMAT_BYTES];
    char percent[LANGUAGE_FORMAT_BYTES];
    language_number(report->language, contacts, number);
    language_percent(report->language, tally_share(report->tally, contacts), percent);
    view_add_text(chart, "heading", heading);
    view_add_filled(chart, report, "title", kind, &heading, 1);
    view_add_filled(chart, report, "description", TEXT_ALT_HIGHEST,
                    (const char *const[]){highest, number, percent}, 3);
}

void view_add_ticks(struct json_object *chart, const struct report *report, int64_t highest)
{
    struct plot_axis axis = plot_axis(highest);
    struct json_object *ticks = json_object_new_array();
    for (int i = axis.steps; i >= 0; i--) {
        struct json_object *tick = json_object_new_object();
        view_add_number(tick, "y", PLOT_SIZE - plot_length(i * axis.step, axis.top));
        view_add_number(tick, "count", i * axis.step);
        view_add_formatted(tick, report, "count", i * axis.step);
        json_object_array_add(ticks, tick);
    }
    json_object_object_add(chart, "ticks", ticks);
}

static void add_texts_of_lines(struct json_object *chart, const struct report *report,
                               enum text_id kind, enum text_id heading,
                               const struct view_lines *lines)
{
    const char *name = lines->count ? lines->items[lines->highest].name : "";
    view_add_chart_texts(chart, report, kind, language_text(report->language, heading), name,
                         view_lines_highest(lines));
}

static struct json_object *make_shape(const struct report *report, const struct view_line *line)
{
    struct json_object *shape = json_object_new_object();
    view_add_text(shape, "label", line->name);
    view_add_flag(shape, "is_named", line->is_named);
    view_add_contacts(shape, report, line->contacts);
    return shape;
}

/* Bars are measured in pixels from top to bottom, each below its label, and in percent from left to
   right, so they fit any width. */
struct json_object *view_bars(const struct report *report, enum text_id heading,
                              const struct view_lines *lines)
{
    enum { LABEL_HEIGHT = 22, BASELINE = 15, BAR_Y = 24, BAR_HEIGHT = 10, PITCH = 52 };
    struct json_object *chart = json_object_new_object();
    struct json_object *bars = json_object_new_array();
    for (size_t i = 0; i < lines->count; i++) {
        char width[16];
        struct json_object *bar = make_shape(report, &lines->items[i]);
        int length = plot_length(lines->items[i].contacts, view_lines_highest(lines));
        snprintf(width, sizeof width, "%d.%d%%", length / 10, length % 10);
        view_add_number(bar, "label_y", (int64_t)i * PITCH);
        view_add_number(bar, "baseline_y", (int64_t)i * PITCH + BASELINE);
        view_add_number(bar, "y", (int64_t)i * PITCH + BAR_Y);
        view_add_text(bar, "width", width);
        json_object_array_add(bars, bar);
    }
    add_texts_of_lines(chart, report, TEXT_ALT_BARS, heading, lines);
    view_add_number(chart, "height", (int64_t)lines->count * PITCH);
    view_add_number(chart, "bar_height", BAR_HEIGHT);
    view_add_number(chart, "label_height", LABEL_HEIGHT);
    view_add_number(chart, "label_baseline", BASELINE);
    json_object_object_add(chart, "bars", bars);
    return chart;
}

struct json_object *view_columns(const struct report *report, enum text_id heading,
                                 const struct view_lines *lines)
{
    enum { ROOMY_COLUMNS_MAX = 10 }; /* with more columns the labels stand upright */
    struct json_object *chart = json_object_new_object();
    struct json_object *columns = json_object_new_array();
    int64_t top = plot_axis(view_lines_highest(lines)).top;
    for (size_t i = 0; i < lines->count; i++) {
        struct json_object *shape = make_shape(report, &lines->items[i]);
        struct plot_column column = plot_column(i, lines->count, lines->items[i].contacts, top);
        view_add_number(shape, "x", column.x);
        view_add_number(shape, "y", column.y);
        view_add_number(shape, "width", column.width);
        view_add_number(shape, "height", column.height);
        json_object_array_add(columns, shape);
    }
    add_texts_of_lines(chart, report, TEXT_ALT_COLUMNS, heading, lines);
    view_add_number(chart, "size", PLOT_SIZE);
    view_add_flag(chart, "is_crowded", lines->count > ROOMY_COLUMNS_MAX);
    view_add_ticks(chart, report, view_lines_highest(lines));
    json_object_object_add(chart, "columns", columns);
    return chart;
}
