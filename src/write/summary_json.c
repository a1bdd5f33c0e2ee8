/* summary.json: the numbers for programs. Writes the tallies line by line, as they may be very
   long. */
#include "base/file/outfile.h"
#include "base/number.h"
#include "model/ledger.h"
#include "report/dimension.h"
#include "write/writer.h"

#include <json-c/json.h>
#include <stdlib.h>

static const char *const files[] = {"summary.json", NULL};

struct writing {
    const struct report *report;
    struct outfile *file;
    bool has_members; /* whether the object, or the array, being written has any yet */
    bool has_items;
};

static void write_value(struct outfile *file, struct json_object *value)
{
    size_t length;
    const char *text = json_object_to_json_string_length(
        value, JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE, &length);
    outfile_write(file, text, length);
}

static void write_name(struct writing *writing, const char *name)
{
    outfile_write_text(writing->file, writing->has_members ? ",\n  \"" : "\n  \"");
    outfile_write_text(writing->file, name);
    outfile_write_text(writing->file, "\": ");
    writing->has_members = true;
}

/* Takes the value. */
static void write_member(struct writing *writing, const char *name, struct json_object *value)
{
    write_name(writing, name);
    write_value(writing->file, value);
    json_object_put(value);
}

static struct json_object *text_or_null(const char *text)
{
    return text ? json_object_new_string(text) : NULL;
}

static struct json_object *count_or_null(int64_t count)
{
    return count == COUNT_UNKNOWN ? NULL : json_object_new_int64(count);
}

static struct json_object *time_value(const struct report *report, int64_t seconds)
{
    char text[ISO8601_BYTES];
    report_time(report, seconds, text);
    return json_object_new_string(text);
}

static void add_count(struct json_object *object, const char *name, int64_t count)
{
    json_object_object_add(object, name, json_object_new_int64(count));
}

static struct json_object *source_value(const struct report *report)
{
    const struct source *source = report->source;
    struct json_object *object = json_object_new_object();
    struct json_object *labels = json_object_new_array();
    for (size_t i = 0; i < source->label_count; i++)
        json_object_array_add(labels, json_object_new_string(source->labels[i]));
    json_object_object_add(object, "base_url", json_object_new_string(source->base_url));
    if (source->account)
        json_object_object_add(object, "account", json_object_new_string(source->account));
    json_object_object_add(object, "labels", labels);
    json_object_object_add(object, "q", text_or_null(source->q));
    if (report->country_from)
        json_object_object_add(object, "country_from",
                               json_object_new_string(report->country_from));
    if (report->company_from)
        json_object_object_add(object, "company_from",
                               json_object_new_string(report->company_from));
    return object;
}

static struct json_object *completeness_value(const struct ledger *ledger)
{
    struct json_object *object = json_object_new_object();
    json_object_object_add(object, "status",
                           json_object_new_string(ledger->complete ? "complete" : "unproven"));
    json_object_object_add(object, "count_first", count_or_null(ledger->count_first));
    json_object_object_add(object, "count_last", count_or_null(ledger->count_last));
    add_count(object, "unique", ledger->unique);
    add_count(object, "duplicates", ledger->duplicates);
    add_count(object, "created_during", ledger->created_during);
    add_count(object, "removed_during", ledger->removed_during);
    add_count(object, "left_out", ledger->left_out);
    add_count(object, "passes", ledger->passes);
    add_count(object, "requests", ledger->requests);
    return object;
}

static struct json_object *totals_value(struct totals totals)
{
    struct json_object *object = json_object_new_object();
    add_count(object, "contacts", totals.contacts);
    add_count(object, "blocked", totals.blocked);
    add_count(object, "with_email", totals.with_email);
    add_count(object, "with_phone", totals.with_phone);
    return object;
}

static struct json_object *part_value(const struct group *group, enum group_part part)
{
    char room[GROUP_PART_BYTES];
    const char *text = group_part(group, part, room);
    return text && part == PART_ID ? json_object_new_int64(group->id) : text_or_null(text);
}

static bool write_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    struct writing *writing = context;
    struct json_object *object = json_object_new_object();
    for (const struct slot *slot = dimensions[group->dimension].slots; slot->key; slot++)
        json_object_object_add(object, slot->key, part_value(group, slot->part));
    add_count(object, "contacts", group->contacts);
    double share = tally_share(writing->report->tally, group->contacts);
    char exact[NUMBER_BYTES];
    number_exact(share, exact);
    json_object_object_add(object, "share", json_object_new_double_s(share, exact));
    outfile_write_text(writing->file, writing->has_items ? ",\n    " : "\n    ");
    write_value(writing->file, object);
    json_object_put(object);
    writing->has_items = true;
    return true;
}

static bool write_tally(struct writing *writing, enum dimension dimension, struct error *error)
{
    write_name(writing, dimensions[dimension].key);
    outfile_write_text(writing->file, "[");
    writing->has_items = false;
    bool ok = tally_each(writing->report->tally, dimension, 0, write_group, writing, error);
    outfile_write_text(writing->file, writing->has_items ? "\n  ]" : "]");
    return ok;
}

static bool write_all(struct writing *writing, struct error *error)
{
    const struct report *report = writing->report;
    outfile_write_text(writing->file, "{");
    write_member(writing, "format", json_object_new_int(1));
    write_member(writing, "generated_at", time_value(report, report->generated_at));
    write_member(writing, "as_of", time_value(report, report->as_of));
    write_member(writing, "timezone", json_object_new_string(zone_name(report->zone)));
    write_member(writing, "source", source_value(report));
    write_member(writing, "completeness", completeness_value(report->ledger));
    write_member(writing, "totals", totals_value(tally_totals(report->tally)));
    bool ok = true;
    for (int i = 0; ok && i < DIMENSIONS; i++)
        ok = write_tally(writing, (enum dimension)i, error);
    outfile_write_text(writing->file, "\n}\n");
    return ok;
}

static bool begin(void **state, struct report *report, struct error *error)
{
    (void)error;
    *state = report;
    return true;
}

static bool end(void *state, struct error *error)
{
    struct writing writing = {.report = state};
    char *path = outdir_work_path(writing.report->outdir, files[0]);
    bool ok = outfile_create(&writing.file, path, error);
    free(path);
    if (!ok)
        return false;
    if (!write_all(&writing, error)) {
        outfile_free(writing.file);
        return false;
    }
    return outfile_close(writing.file, error);
}

static void discard(void *state)
{
    (void)state;
}

const struct writer summary_json_writer = {OUTPUT_JSON, files, begin, NULL, end, discard};
