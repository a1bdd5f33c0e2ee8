/* The lines of a tally as charts and tables show them. */
#include "base/buffer.h"
#include "base/memory.h"
#include "write/page/view_parts.h"

#include <stdlib.h>

struct reading {
    struct view_lines *lines;
    const struct report *report;
    int columns;
};

static char *cut(const struct report *report, const char *text, int columns)
{
    struct buffer out = {0};
    report_cut(report, text ? text : "", columns, &out);
    return buffer_take(&out);
}

static bool add_line(void *context, const struct group *group, struct error *error)
{
    const struct reading *reading = context;
    struct view_lines *lines = reading->lines;
    if (lines->count == VIEW_LINES_MAX)
        return error_set(error, EXIT_UNEXPECTED, "a tally with more than %d lines", VIEW_LINES_MAX);
    struct buffer name = {0};
    report_group_name(reading->report, group, &name);
    lines->items[lines->count] = (struct view_line){
        .name = cut(reading->report, buffer_text(&name), reading->columns),
        .code = cut(reading->report, group->code, VIEW_LABEL_COLUMNS),
        .channel = cut(reading->report, group->channel_type, VIEW_LABEL_COLUMNS),
        .contacts = group->contacts,
        .is_named = group->name != NULL,
    };
    if (group->contacts > view_lines_highest(lines))
        lines->highest = lines->count;
    lines->count++;
    buffer_free(&name);
    return true;
}

bool view_lines_read(struct view_lines *lines, const struct report *report,
                     enum dimension dimension, int64_t room, int columns, struct error *error)
{
    struct reading reading = {lines, report, columns};
    return tally_each(report->tally, dimension, report_limit_within(report, dimension, room),
                      add_line, &reading, error);
}

void view_lines_free(struct view_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->items[i].name);
        free(lines->items[i].code);
        free(lines->items[i].channel);
    }
    *lines = (struct view_lines){0};
}

int64_t view_lines_highest(const struct view_lines *lines)
{
    return lines->count ? lines->items[lines->highest].contacts : 0;
}
