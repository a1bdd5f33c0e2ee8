#include "report/report.h"

#include "base/buffer.h"
#include "base/shown.h"
#include "report/dimension.h"

#include <stdlib.h>
#include <string.h>

int64_t report_limit(const struct report *report, enum dimension dimension)
{
    return dimensions[dimension].has_top ? report->top_companies : REPORT_GROUPS_MAX;
}

int64_t report_limit_within(const struct report *report, enum dimension dimension, int64_t room)
{
    int64_t allowed = report_limit(report, dimension);
    return dimensions[dimension].is_scale || allowed < room ? allowed : room;
}

enum text_id report_left_out(const struct report *report, enum dimension dimension)
{
    return report->source->inboxes ? TEXTS : dimensions[dimension].left_out;
}

const char *report_note(const struct report *report, enum dimension dimension)
{
    enum text_id left_out = report_left_out(report, dimension);
    enum text_id note = left_out != TEXTS ? left_out : dimensions[dimension].note;
    return note != TEXTS ? language_text(report->language, note) : "";
}

/* Appends the text after those that are already there. */
static void join(const struct language *language, const char *text, struct buffer *out)
{
    char *before = buffer_take(out);
    const char *const values[] = {before, text};
    if (*before)
        language_fill(language, TEXT_JOIN_LIST, values, 2, out);
    else
        buffer_append_text(out, text);
    free(before);
}

static void join_filter(const struct report *report, enum text_id id, const char *value,
                        int columns, struct buffer *out)
{
    struct buffer cut = {0};
    struct buffer filter = {0};
    language_cut(report->language, value, columns, &cut);
    language_fill(report->language, id, (const char *const[]){buffer_text(&cut)}, 1, &filter);
    join(report->language, buffer_text(&filter), out);
    buffer_free(&cut);
    buffer_free(&filter);
}

void report_filters(const struct report *report, int columns, struct buffer *out)
{
    enum { LABELS_MAX = 8 };
    const struct source *source = report->source;
    struct buffer filters = {0};
    size_t shown = source->label_count < LABELS_MAX ? source->label_count : LABELS_MAX;
    for (size_t i = 0; i < shown; i++)
        join_filter(report, TEXT_FILTER_LABEL, source->labels[i], columns, &filters);
    if (shown < source->label_count) {
        struct buffer others = {0};
        language_count(report->language, TEXT_GROUP_OTHERS_COUNT_ONE,
                       (int64_t)(source->label_count - shown), &others);
        join(report->language, buffer_text(&others), &filters);
        buffer_free(&others);
    }
    if (source->q)
        join_filter(report, TEXT_FILTER_SEARCH, source->q, columns, &filters);
    buffer_append_text(out, filters.length ? buffer_text(&filters)
                                           : language_text(report->language, TEXT_FILTER_ALL));
    buffer_free(&filters);
}

/* The bytes have a ceiling because combining characters take no column. */
void report_cut(const struct report *report, const char *text, int columns, struct buffer *out)
{
    static const char ellipsis[] = "…";
    enum { BYTES_A_COLUMN = 4 };
    struct buffer most = {0};
    size_t length = shown_whole_bytes(text, (size_t)columns * BYTES_A_COLUMN - strlen(ellipsis));
    buffer_append(&most, text, length);
    if (text[length])
        buffer_append_text(&most, ellipsis);
    language_cut(report->language, buffer_text(&most), columns, out);
    buffer_free(&most);
}

void report_time(const struct report *report, int64_t seconds, char text[static ISO8601_BYTES])
{
    iso8601_write(seconds, zone_offset_seconds(report->zone, seconds), text);
}

static void append_bucket(const struct language *language, struct bucket bucket, struct buffer *out)
{
    switch (bucket.kind) {
    case BUCKET_WITHIN:
        language_count(language, TEXT_GROUP_UP_TO_DAYS_ONE, bucket.days, out);
        break;
    case BUCKET_OLDER:
        language_count(language, TEXT_GROUP_OVER_DAYS_ONE, bucket.days, out);
        break;
    case BUCKET_UNREADABLE:
        buffer_append_text(out, language_text(language, TEXT_GROUP_UNREADABLE_ACTIVITY));
        break;
    case BUCKET_NEVER:
    case BUCKET_NONE:
        buffer_append_text(out, language_text(language, TEXT_GROUP_NEVER_ACTIVE));
        break;
    }
}

void report_group_name(const struct report *report, const struct group *group, struct buffer *out)
{
    const struct language *language = report->language;
    if (group->others > 0)
        language_count(language, TEXT_GROUP_OTHERS_COUNT_ONE, group->others, out);
    else if (group->bucket.kind != BUCKET_NONE)
        append_bucket(language, group->bucket, out);
    else if (!group->name)
        buffer_append_text(out, language_text(language, dimensions[group->dimension].nameless));
    else if (group->code)
        buffer_append_text(out, language_country(language, group->code));
    else
        buffer_append_text(out, group->name);
}
