#include "write/report.h"

#include "base/buffer.h"

int64_t report_limit(const struct report *report, enum dimension dimension)
{
    return dimension == BY_COMPANY ? report->top_companies : REPORT_GROUPS_MAX;
}

const char *report_note(const struct report *report, enum dimension dimension)
{
    if (dimension != BY_INBOX)
        return "";
    return language_text(report->language,
                         report->source->inboxes ? TEXT_NOTE_INBOXES : TEXT_NOTE_INBOXES_LEFT_OUT);
}

void report_time(const struct report *report, int64_t seconds, char text[static ISO8601_BYTES])
{
    iso8601_write(seconds, zone_offset_seconds(report->zone, seconds), text);
}

static void append_activity(const struct language *language, const struct group *group,
                            struct buffer *out)
{
    if (group->name[0] == '<')
        language_count(language, TEXT_GROUP_UP_TO_DAYS_ONE, group->id, out);
    else if (group->name[0] == '>')
        language_count(language, TEXT_GROUP_OVER_DAYS_ONE, group->id, out);
    else
        buffer_append_text(out, language_text(language, TEXT_GROUP_NEVER_ACTIVE));
}

void report_group_name(const struct report *report, const struct group *group, struct buffer *out)
{
    static const enum text_id nameless[] = {
        [BY_COUNTRY] = TEXT_GROUP_UNKNOWN_COUNTRY,
        [BY_COMPANY] = TEXT_GROUP_NO_COMPANY,
        [BY_INBOX] = TEXT_GROUP_NO_INBOX,
    };
    if (group->others > 0)
        language_count(report->language, TEXT_GROUP_OTHERS_COUNT_ONE, group->others, out);
    else if (group->dimension == BY_ACTIVITY)
        append_activity(report->language, group, out);
    else if (!group->name)
        buffer_append_text(out, language_text(report->language, nameless[group->dimension]));
    else if (group->code)
        buffer_append_text(out, language_country(report->language, group->code));
    else
        buffer_append_text(out, group->name);
}
