#include "write/page/view.h"

#include "base/buffer.h"
#include "base/version.h"
#include "report/dimension.h"
#include "report/ledger_text.h"
#include "write/page/view_parts.h"

#include <json-c/json.h>

static void add_cut(struct json_object *object, const struct report *report, const char *name,
                    const char *text)
{
    struct buffer cut = {0};
    report_cut(report, text, VIEW_LINE_COLUMNS, &cut);
    view_add_text(object, name, buffer_text(&cut));
    buffer_free(&cut);
}

static void add_source(struct json_object *view, const struct report *report)
{
    const struct source *source = report->source;
    struct json_object *object = json_object_new_object();
    struct buffer filters = {0};
    report_filters(report, VIEW_NAME_COLUMNS, &filters);
    if (source->account)
        add_cut(object, report, "account", source->account);
    add_cut(object, report, "base_url", source->base_url);
    add_cut(object, report, "filters", buffer_text(&filters));
    view_add_flag(object, "is_filtered", source->label_count > 0 || source->q);
    view_add_flag(object, "has_inboxes", source->inboxes);
    view_add_moment(object, report, "fetched_at", source->started_at);
    json_object_object_add(view, "source", object);
    buffer_free(&filters);
}

static void add_ledger(struct json_object *view, const struct report *report)
{
    const struct ledger *ledger = report->ledger;
    struct json_object *object = json_object_new_object();
    struct buffer text = {0};
    ledger_append(ledger, report->language, &text);
    view_add_flag(object, "is_complete", ledger->complete);
    view_add_text(object, "verdict",
                  language_text(report->language,
                                ledger->complete ? TEXT_VERDICT_COMPLETE : TEXT_VERDICT_UNPROVEN));
    view_add_text(object, "words", buffer_text(&text));
    view_add_number(object, "passes", ledger->passes);
    view_add_formatted(object, report, "passes", ledger->passes);
    view_add_number(object, "requests", ledger->requests);
    view_add_formatted(object, report, "requests", ledger->requests);
    view_add_number(object, "duplicates", ledger->duplicates);
    view_add_formatted(object, report, "duplicates", ledger->duplicates);
    json_object_object_add(view, "ledger", object);
    buffer_free(&text);
}

static void add_warnings(struct json_object *view, const struct report *report)
{
    struct json_object *warnings = json_object_new_array();
    for (int i = 0; i < WARNINGS; i++) {
        int64_t count = report->warnings.counts[i];
        if (count == 0)
            continue;
        struct buffer text = {0};
        struct json_object *warning = json_object_new_object();
        language_warning(report->language, (enum warning)i, count, &text);
        view_add_text(warning, "key", warning_name((enum warning)i));
        view_add_text(warning, "message", buffer_text(&text));
        view_add_number(warning, "count", count);
        json_object_array_add(warnings, warning);
        buffer_free(&text);
    }
    view_add_flag(view, "has_warnings", json_object_array_length(warnings) > 0);
    json_object_object_add(view, "warnings", warnings);
}

static void add_head(struct json_object *view, const struct report *report)
{
    char as_of[LANGUAGE_FORMAT_BYTES];
    char made[LANGUAGE_FORMAT_BYTES];
    language_moment(report->language, report->as_of, report->zone, as_of);
    language_moment(report->language, report->generated_at, report->zone, made);
    const char *const as_of_values[] = {as_of, zone_name(report->zone)};
    const char *const made_values[] = {made};
    const char *const version[] = {ROLLCALL_VERSION};
    view_add_text(view, "lang", language_code(report->language));
    view_add_text(view, "version", ROLLCALL_VERSION);
    view_add_text(view, "timezone", zone_name(report->zone));
    view_add_moment(view, report, "as_of", report->as_of);
    view_add_moment(view, report, "made_at", report->generated_at);
    view_add_filled(view, report, "as_of_line", TEXT_REPORT_AS_OF, as_of_values, 2);
    view_add_filled(view, report, "made_on_line", TEXT_REPORT_MADE_ON, made_values, 1);
    view_add_filled(view, report, "made_by_line", TEXT_REPORT_MADE_BY, version, 1);
    view_add_flag(view, "is_empty", tally_totals(report->tally).contacts == 0);
}

/* Takes the part. */
static bool add_part(struct json_object *view, const char *name, struct json_object *part)
{
    if (part)
        json_object_object_add(view, name, part);
    return part != NULL;
}

/* Adds each dimension twice: by its name, and in the list of leading or of further dimensions. */
static bool add_dimensions(struct json_object *view, const struct report *report,
                           struct error *error)
{
    struct json_object *leading = json_object_new_array();
    struct json_object *further = json_object_new_array();
    bool ok = true;
    for (int i = 0; ok && i < DIMENSIONS; i++) {
        struct json_object *part = view_dimension(report, (enum dimension)i, error);
        ok = add_part(view, dimensions[i].key, part);
        if (ok)
            json_object_array_add(dimensions[i].is_leading ? leading : further,
                                  json_object_get(part));
    }
    json_object_object_add(view, "leading", leading);
    json_object_object_add(view, "further", further);
    return ok;
}

struct json_object *view_make(const struct report *report, struct error *error)
{
    struct json_object *view = json_object_new_object();
    add_head(view, report);
    add_source(view, report);
    add_ledger(view, report);
    add_warnings(view, report);
    view_add_tiles(view, report);
    if (add_part(view, "text", view_texts(report)) && add_dimensions(view, report, error) &&
        add_part(view, "weeks", view_weeks(report, error)) &&
        add_part(view, "cross", view_cross(report, error)))
        return view;
    json_object_put(view);
    return NULL;
}
