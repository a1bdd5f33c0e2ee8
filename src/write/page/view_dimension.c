/* One dimension: its table and its chart. */
#include "report/dimension.h"
#include "write/page/view_parts.h"

#include <json-c/json.h>

static void add_rows(struct json_object *object, const struct report *report,
                     const struct view_lines *lines)
{
    struct json_object *rows = json_object_new_array();
    for (size_t i = 0; i < lines->count; i++) {
        const struct view_line *line = &lines->items[i];
        struct json_object *row = json_object_new_object();
        view_add_text(row, "name", line->name);
        view_add_text(row, "code", line->code);
        view_add_text(row, "channel", line->channel);
        view_add_flag(row, "is_named", line->is_named);
        view_add_contacts(row, report, line->contacts);
        json_object_array_add(rows, row);
    }
    json_object_object_add(object, "rows", rows);
}

static bool add_table(struct json_object *object, const struct report *report,
                      enum dimension dimension, struct error *error)
{
    struct view_lines lines = {0};
    bool ok =
        view_lines_read(&lines, report, dimension, VIEW_TABLE_GROUPS, VIEW_NAME_COLUMNS, error);
    if (ok)
        add_rows(object, report, &lines);
    view_lines_free(&lines);
    return ok;
}

static bool add_chart(struct json_object *object, const struct report *report,
                      enum dimension dimension, struct error *error)
{
    struct view_lines lines = {0};
    enum text_id heading = dimensions[dimension].chart;
    bool ok =
        view_lines_read(&lines, report, dimension, VIEW_CHART_GROUPS, VIEW_LABEL_COLUMNS, error);
    if (ok)
        json_object_object_add(object, "chart",
                               dimensions[dimension].is_scale
                                   ? view_columns(report, heading, &lines)
                                   : view_bars(report, heading, &lines));
    view_lines_free(&lines);
    return ok;
}

struct json_object *view_dimension(const struct report *report, enum dimension dimension,
                                   struct error *error)
{
    const struct descriptor *is = &dimensions[dimension];
    const struct language *language = report->language;
    struct json_object *object = json_object_new_object();
    view_add_text(object, "key", is->key);
    view_add_text(object, "title", language_text(language, is->title));
    view_add_text(object, "heading", language_text(language, is->heading));
    view_add_text(object, "caption", language_text(language, is->caption));
    view_add_flag(object, "is_scale", is->is_scale);
    view_add_text(object, "note", report_note(report, dimension));
    if (!add_table(object, report, dimension, error) ||
        !add_chart(object, report, dimension, error)) {
        json_object_put(object);
        return NULL;
    }
    return object;
}
