#include "write/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int64_t report_limit(const struct report *report, enum dimension dimension)
{
    return dimension == BY_COMPANY ? report->top_companies : REPORT_GROUPS_MAX;
}

const char *report_note(const struct report *report, enum dimension dimension)
{
    if (dimension != BY_INBOX)
        return "";
    return report->source->inboxes ? "A contact counts in each inbox that it has, so these can add "
                                     "up to more than the contacts."
                                   : "The inboxes were not asked for.";
}

void report_time(const struct report *report, int64_t seconds, char text[static ISO8601_BYTES])
{
    iso8601_write(seconds, zone_offset_seconds(report->zone, seconds), text);
}

static const char *activity_label(const struct group *group)
{
    static char label[40];
    const char *unit = group->id == 1 ? "day" : "days";
    if (group->name[0] == '<')
        snprintf(label, sizeof label, "up to %" PRId64 " %s", group->id, unit);
    else if (group->name[0] == '>')
        snprintf(label, sizeof label, "more than %" PRId64 " %s", group->id, unit);
    else
        return group->name;
    return label;
}

const char *report_group_name(const struct group *group)
{
    static char others[40];
    static const char *const nameless[DIMENSIONS] = {
        [BY_COUNTRY] = "unknown",
        [BY_COMPANY] = "no company",
        [BY_INBOX] = "no inbox",
        [BY_ACTIVITY] = "",
    };
    if (group->others > 0) {
        snprintf(others, sizeof others, "%" PRId64 " other%s", group->others,
                 group->others == 1 ? "" : "s");
        return others;
    }
    if (!group->name)
        return nameless[group->dimension];
    return group->dimension == BY_ACTIVITY ? activity_label(group) : group->name;
}
