#include "write/view.h"

#include "base/buffer.h"
#include "version.h"
#include "write/ledger_text.h"
#include "write/number.h"
#include "write/report.h"

#include <json-c/json.h>
#include <stdio.h>

static void add_text(struct json_object *object, const char *name, const char *text)
{
    json_object_object_add(object, name, json_object_new_string(text));
}

static void add_flag(struct json_object *object, const char *name, bool flag)
{
    json_object_object_add(object, name, json_object_new_boolean(flag));
}

static void add_grouped(struct json_object *object, const char *name, int64_t number)
{
    char text[NUMBER_BYTES];
    number_grouped(number, text);
    add_text(object, name, text);
}

static void add_percent(struct json_object *object, const char *name, double share)
{
    char text[NUMBER_BYTES];
    number_percent(share, text);
    add_text(object, name, text);
}

/* `2026-11-22 16:04` in the report's zone. */
static void add_moment(struct json_object *object, const char *name, const struct report *report,
                       int64_t seconds)
{
    struct civil civil = civil_from_seconds(seconds + zone_offset_seconds(report->zone, seconds));
    char text[64];
    snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d", civil.year, civil.month, civil.day,
             civil.hour, civil.minute);
    add_text(object, name, text);
}

static struct json_object *make_tile(const struct report *report, const char *label, int64_t count)
{
    struct json_object *tile = json_object_new_object();
    add_text(tile, "label", label);
    add_grouped(tile, "value", count);
    if (count != tally_totals(report->tally).contacts)
        add_percent(tile, "percent", tally_share(report->tally, count));
    else
        add_text(tile, "percent", "");
    return tile;
}

static struct json_object *make_tiles(const struct report *report)
{
    struct totals totals = tally_totals(report->tally);
    struct json_object *tiles = json_object_new_array();
    json_object_array_add(tiles, make_tile(report, "Contacts", totals.contacts));
    json_object_array_add(tiles, make_tile(report, "With email", totals.with_email));
    json_object_array_add(tiles, make_tile(report, "With phone", totals.with_phone));
    json_object_array_add(tiles, make_tile(report, "Blocked", totals.blocked));
    return tiles;
}

struct table {
    const struct report *report;
    struct json_object *rows;
};

static bool add_row(void *context, const struct group *group, struct error *error)
{
    (void)error;
    const struct table *table = context;
    struct json_object *row = json_object_new_object();
    double share = tally_share(table->report->tally, group->contacts);
    char width[NUMBER_BYTES];
    struct buffer name = {0};
    report_group_name(table->report, group, &name);
    snprintf(width, sizeof width, "%.2f", share * 100);
    add_text(row, "name", buffer_text(&name));
    add_flag(row, "quiet", group->name == NULL);
    add_grouped(row, "contacts", group->contacts);
    add_percent(row, "percent", share);
    add_text(row, "width", width);
    json_object_array_add(table->rows, row);
    buffer_free(&name);
    return true;
}

static bool add_tally(struct json_object *tallies, const struct report *report,
                      enum dimension dimension, struct error *error)
{
    enum { PAGE_GROUPS_MAX = 20 };
    static const char *const titles[DIMENSIONS][2] = {
        [BY_COUNTRY] = {"Countries", "Country"},
        [BY_COMPANY] = {"Companies", "Company"},
        [BY_INBOX] = {"Inboxes", "Inbox"},
        [BY_ACTIVITY] = {"Last activity", "Before as-of"},
    };
    struct table table = {report, json_object_new_array()};
    struct json_object *tally = json_object_new_object();
    add_text(tally, "title", titles[dimension][0]);
    add_text(tally, "heading", titles[dimension][1]);
    add_text(tally, "note", report_note(report, dimension));
    json_object_object_add(tally, "rows", table.rows);
    json_object_array_add(tallies, tally);
    int64_t limit = dimension == BY_COMPANY ? report->top_companies : PAGE_GROUPS_MAX;
    return tally_each(report->tally, dimension, dimension == BY_ACTIVITY ? 0 : limit, add_row,
                      &table, error);
}

static void add_warnings(struct json_object *view, const struct report *report)
{
    struct json_object *warnings = json_object_new_array();
    for (int i = 0; i < WARNINGS; i++) {
        char text[200];
        if (report->warnings.counts[i] == 0)
            continue;
        warning_describe((enum warning)i, report->warnings.counts[i], text, sizeof text);
        json_object_array_add(warnings, json_object_new_string(text));
    }
    add_flag(view, "has_warnings", json_object_array_length(warnings) > 0);
    json_object_object_add(view, "warnings", warnings);
}

static void add_source(struct json_object *view, const struct report *report)
{
    const struct source *source = report->source;
    struct json_object *labels = json_object_new_array();
    for (size_t i = 0; i < source->label_count; i++)
        json_object_array_add(labels, json_object_new_string(source->labels[i]));
    add_text(view, "base_url", source->base_url);
    json_object_object_add(view, "labels", labels);
    add_text(view, "q", source->q ? source->q : "");
}

static void add_head(struct json_object *view, const struct report *report)
{
    char text[LEDGER_TEXT_BYTES];
    add_text(view, "lang", "en");
    add_text(view, "title", "Contacts");
    add_text(view, "program", "rollcall " ROLLCALL_VERSION);
    add_moment(view, "as_of", report, report->as_of);
    add_moment(view, "generated_at", report, report->generated_at);
    report_time(report, report->as_of, text);
    add_text(view, "as_of_iso", text);
    add_text(view, "timezone", zone_name(report->zone));
    ledger_describe(report->ledger, text);
    add_text(view, "ledger", text);
    add_flag(view, "complete", report->ledger->complete);
    add_flag(view, "empty", tally_totals(report->tally).contacts == 0);
}

struct json_object *view_make(const struct report *report, struct error *error)
{
    struct json_object *view = json_object_new_object();
    struct json_object *tallies = json_object_new_array();
    add_head(view, report);
    add_source(view, report);
    add_warnings(view, report);
    json_object_object_add(view, "tiles", make_tiles(report));
    json_object_object_add(view, "tallies", tallies);
    for (int i = 0; i < DIMENSIONS; i++) {
        if (!add_tally(tallies, report, (enum dimension)i, error)) {
            json_object_put(view);
            return NULL;
        }
    }
    return view;
}
