#include "write/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int64_t report_limit(const struct report *report, enum dimension dimension)
{
    return dimension == BY_COMPANY ? report->top_companies : REPORT_GROUPS_MAX;
}

void report_time(const struct report *report, int64_t seconds, char text[static ISO8601_BYTES])
{
    iso8601_write(seconds, zone_offset_seconds(report->zone, seconds), text);
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
        snprintf(others, sizeof others, "%" PRId64 " others", group->others);
        return others;
    }
    return group->name ? group->name : nameless[group->dimension];
}
