/* New contacts a week: a line, and the numbers behind it. */
#include "base/buffer.h"
#include "write/page/plot.h"
#include "write/page/view_parts.h"

#include <json-c/json.h>

static struct json_object *make_row(const struct report *report, const struct week *week)
{
    char date[LANGUAGE_FORMAT_BYTES];
    char iso[ISO8601_BYTES];
    struct json_object *row = json_object_new_object();
    language_date(report->language, week->starts_at, report->zone, date);
    report_time(report, week->starts_at, iso);
    view_add_text(row, "date", date);
    view_add_text(row, "iso", iso);
    view_add_contacts(row, report, week->contacts);
    return row;
}

/* Appends the line from one week to another. */
static void draw(const struct week *weeks, size_t from, size_t to, int64_t top, struct buffer *path)
{
    for (size_t i = from; i <= to; i++) {
        struct plot_point point = plot_point(i, TALLY_WEEKS, weeks[i].contacts, top);
        buffer_print(path, "%s%d %d", i > from ? "L" : "M", point.x, point.y);
    }
}

static void add_path(struct json_object *chart, const char *name, struct buffer *path)
{
    view_add_text(chart, name, buffer_text(path));
    buffer_clear(path);
}

/* The line ends before the last week: that week is not over, and its count would look like a
   fall. */
static void add_paths(struct json_object *chart, const struct week *weeks, int64_t top)
{
    enum { LAST = TALLY_WEEKS - 1 };
    struct buffer path = {0};
    draw(weeks, 0, LAST - 1, top, &path);
    add_path(chart, "line", &path);
    draw(weeks, LAST - 1, LAST, top, &path);
    add_path(chart, "running", &path);
    draw(weeks, 0, LAST, top, &path);
    buffer_print(&path, "L%d %dL0 %dZ", PLOT_SIZE, PLOT_SIZE, PLOT_SIZE);
    add_path(chart, "area", &path);
    buffer_free(&path);
}

static void add_points(struct json_object *chart, const struct report *report,
                       const struct week *weeks, int64_t top)
{
    struct json_object *points = json_object_new_array();
    for (size_t i = 0; i < TALLY_WEEKS; i++) {
        struct plot_point place = plot_point(i, TALLY_WEEKS, weeks[i].contacts, top);
        struct json_object *point = make_row(report, &weeks[i]);
        view_add_number(point, "x", place.x);
        view_add_number(point, "y", place.y);
        json_object_array_add(points, point);
    }
    json_object_object_add(chart, "points", points);
}

/* The dates below the line: at its ends and its middle. */
static void add_labels(struct json_object *chart, const struct report *report,
                       const struct week *weeks)
{
    static const size_t places[] = {0, (TALLY_WEEKS - 1) / 2, TALLY_WEEKS - 1};
    struct json_object *labels = json_object_new_array();
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char date[LANGUAGE_FORMAT_BYTES];
        struct json_object *label = json_object_new_object();
        language_date(report->language, weeks[places[i]].starts_at, report->zone, date);
        view_add_text(label, "date", date);
        json_object_array_add(labels, label);
    }
    json_object_object_add(chart, "labels", labels);
}

static struct json_object *make_chart(const struct report *report, const struct week *weeks)
{
    size_t highest = 0;
    for (size_t i = 1; i < TALLY_WEEKS; i++)
        highest = weeks[i].contacts > weeks[highest].contacts ? i : highest;

    char number[LANGUAGE_FORMAT_BYTES];
    char date[LANGUAGE_FORMAT_BYTES];
    struct buffer heading = {0};
    struct json_object *chart = json_object_new_object();
    int64_t top = plot_axis(weeks[highest].contacts).top;
    language_number(report->language, TALLY_WEEKS, number);
    language_fill(report->language, TEXT_CHART_WEEKS, (const char *const[]){number}, 1, &heading);
    language_date(report->language, weeks[highest].starts_at, report->zone, date);
    view_add_chart_texts(chart, report, TEXT_ALT_LINE, buffer_text(&heading), date,
                         weeks[highest].contacts);
    view_add_number(chart, "size", PLOT_SIZE);
    view_add_ticks(chart, report, weeks[highest].contacts);
    add_paths(chart, weeks, top);
    add_points(chart, report, weeks, top);
    add_labels(chart, report, weeks);
    buffer_free(&heading);
    return chart;
}

struct json_object *view_weeks(const struct report *report, struct error *error)
{
    struct week weeks[TALLY_WEEKS];
    if (!tally_weeks(report->tally, report->zone, weeks, error))
        return NULL;
    const struct language *language = report->language;
    struct json_object *object = json_object_new_object();
    struct json_object *rows = json_object_new_array();
    for (size_t i = 0; i < TALLY_WEEKS; i++)
        json_object_array_add(rows, make_row(report, &weeks[i]));
    view_add_text(object, "key", "weeks");
    view_add_text(object, "title", language_text(language, TEXT_HEADING_NEW_CONTACTS));
    view_add_text(object, "heading", language_text(language, TEXT_HEADING_WEEK));
    view_add_text(object, "caption", language_text(language, TEXT_CAPTION_WEEKS));
    json_object_object_add(object, "rows", rows);
    json_object_object_add(object, "chart", make_chart(report, weeks));
    return object;
}
