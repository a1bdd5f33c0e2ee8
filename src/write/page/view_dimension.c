/* One dimension: its table and its chart. */
#include "write/page/view_parts.h"

#include <json-c/json.h>

static const struct layout {
    const char *key;
    enum text_id title;
    enum text_id heading; /* of the names */
    enum text_id caption;
    enum text_id chart;
} layouts[DIMENSIONS] = {
    [BY_COUNTRY] = {"countries", TEXT_SHEET_COUNTRIES, TEXT_HEADING_COUNTRY, TEXT_CAPTION_COUNTRIES,
                    TEXT_CHART_COUNTRIES},
    [BY_COMPANY] = {"companies", TEXT_SHEET_COMPANIES, TEXT_HEADING_COMPANY, TEXT_CAPTION_COMPANIES,
                    TEXT_CHART_COMPANIES},
    [BY_INBOX] = {"inboxes", TEXT_SHEET_INBOXES, TEXT_HEADING_INBOX, TEXT_CAPTION_INBOXES,
                  TEXT_CHART_INBOXES},
    [BY_ACTIVITY] = {"activity", TEXT_SHEET_ACTIVITY, TEXT_HEADING_LAST_ACTIVITY,
                     TEXT_CAPTION_ACTIVITY, TEXT_CHART_ACTIVITY},
};

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
    int64_t limit = dimension == BY_ACTIVITY ? ACTIVITY_BUCKETS_MAX : VIEW_TABLE_GROUPS;
    bool ok = view_lines_read(&lines, report, dimension, limit, VIEW_NAME_COLUMNS, error);
    if (ok)
        add_rows(object, report, &lines);
    view_lines_free(&lines);
    return ok;
}

static bool add_chart(struct json_object *object, const struct report *report,
                      enum dimension dimension, struct error *error)
{
    struct view_lines lines = {0};
    bool is_activity = dimension == BY_ACTIVITY;
    enum text_id heading = layouts[dimension].chart;
    bool ok = view_lines_read(&lines, report, dimension,
                              is_activity ? ACTIVITY_BUCKETS_MAX : VIEW_CHART_GROUPS,
                              VIEW_LABEL_COLUMNS, error);
    if (ok)
        json_object_object_add(object, "chart",
                               is_activity ? view_columns(report, heading, &lines)
                                           : view_bars(report, heading, &lines));
    view_lines_free(&lines);
    return ok;
}

struct json_object *view_dimension(const struct report *report, enum dimension dimension,
                                   struct error *error)
{
    const struct layout *layout = &layouts[dimension];
    const struct language *language = report->language;
    struct json_object *object = json_object_new_object();
    view_add_text(object, "key", layout->key);
    view_add_text(object, "title", language_text(language, layout->title));
    view_add_text(object, "heading", language_text(language, layout->heading));
    view_add_text(object, "caption", language_text(language, layout->caption));
    view_add_text(object, "note", report_note(report, dimension));
    if (!add_table(object, report, dimension, error) ||
        !add_chart(object, report, dimension, error)) {
        json_object_put(object);
        return NULL;
    }
    return object;
}
