/* Countries by activity: the heat table. */
#include "base/buffer.h"
#include "base/memory.h"
#include "write/page/plot.h"
#include "write/page/view_parts.h"

#include <json-c/json.h>
#include <stdlib.h>

/* All rows have to be read before the first can be shaded. */
struct reading {
    const struct report *report;
    struct {
        char *name; /* cut */
        bool is_named;
        struct cross_row row; /* its texts are no longer valid */
    } items[VIEW_CHART_GROUPS + 1];
    size_t count;
    size_t highest_row, highest_bucket;
};

static int64_t highest(const struct reading *reading)
{
    return reading->items[reading->highest_row].row.contacts[reading->highest_bucket];
}

static bool add_row(void *context, const struct cross_row *row, struct error *error)
{
    struct reading *reading = context;
    struct buffer name = {0};
    struct buffer cut = {0};
    size_t at = reading->count;
    if (at == VIEW_CHART_GROUPS + 1)
        return error_set(error, EXIT_UNEXPECTED, "a cross with more than %zu rows", at);
    report_group_name(reading->report, &row->country, &name);
    report_cut(reading->report, buffer_text(&name), VIEW_LABEL_COLUMNS, &cut);
    reading->items[at].name = buffer_take(&cut);
    reading->items[at].is_named = row->country.name != NULL;
    reading->items[at].row = *row;
    reading->count++;
    for (size_t i = 0; i < row->buckets; i++) {
        if (row->contacts[i] > highest(reading)) {
            reading->highest_row = at;
            reading->highest_bucket = i;
        }
    }
    buffer_free(&name);
    return true;
}

static struct json_object *make_cells(const struct reading *reading, const struct cross_row *row)
{
    struct json_object *cells = json_object_new_array();
    for (size_t i = 0; i < row->buckets; i++) {
        struct json_object *cell = json_object_new_object();
        view_add_contacts(cell, reading->report, row->contacts[i]);
        view_add_number(cell, "shade", plot_shade(row->contacts[i], highest(reading)));
        json_object_array_add(cells, cell);
    }
    return cells;
}

static void add_rows(struct json_object *object, const struct reading *reading)
{
    struct json_object *rows = json_object_new_array();
    for (size_t i = 0; i < reading->count; i++) {
        struct json_object *row = json_object_new_object();
        view_add_text(row, "name", reading->items[i].name);
        view_add_flag(row, "is_named", reading->items[i].is_named);
        view_add_contacts(row, reading->report, reading->items[i].row.country.contacts);
        json_object_object_add(row, "cells", make_cells(reading, &reading->items[i].row));
        json_object_array_add(rows, row);
    }
    json_object_object_add(object, "rows", rows);
}

static void add_columns(struct json_object *object, const struct view_lines *buckets)
{
    struct json_object *columns = json_object_new_array();
    for (size_t i = 0; i < buckets->count; i++) {
        struct json_object *column = json_object_new_object();
        view_add_text(column, "name", buckets->items[i].name);
        json_object_array_add(columns, column);
    }
    json_object_object_add(object, "columns", columns);
}

static void add_texts(struct json_object *object, const struct reading *reading,
                      const struct view_lines *buckets)
{
    const struct language *language = reading->report->language;
    struct buffer where = {0};
    if (reading->count > 0) {
        const char *const names[] = {reading->items[reading->highest_row].name,
                                     buckets->items[reading->highest_bucket].name};
        language_fill(language, TEXT_JOIN_LIST, names, 2, &where);
    }
    view_add_text(object, "key", "cross");
    view_add_chart_texts(object, reading->report, TEXT_ALT_HEATMAP,
                         language_text(language, TEXT_CHART_COUNTRY_ACTIVITY), buffer_text(&where),
                         reading->count ? highest(reading) : 0);
    view_add_text(object, "caption", language_text(language, TEXT_CAPTION_COUNTRY_ACTIVITY));
    buffer_free(&where);
}

struct json_object *view_cross(const struct report *report, struct error *error)
{
    struct json_object *object = NULL;
    struct view_lines buckets = {0};
    struct reading reading = {.report = report};
    if (view_lines_read(&buckets, report, BY_ACTIVITY, VIEW_CHART_GROUPS, VIEW_LABEL_COLUMNS,
                        error) &&
        tally_cross(report->tally, VIEW_CHART_GROUPS, add_row, &reading, error)) {
        object = json_object_new_object();
        add_texts(object, &reading, &buckets);
        add_columns(object, &buckets);
        add_rows(object, &reading);
    }
    for (size_t i = 0; i < reading.count; i++)
        free(reading.items[i].name);
    view_lines_free(&buckets);
    return object;
}
