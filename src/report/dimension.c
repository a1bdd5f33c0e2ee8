#include "report/dimension.h"

#include <inttypes.h>
#include <stdio.h>

const char *const dimension_files[DIMENSIONS + 1] = {
    [BY_COUNTRY] = "countries.csv",
    [BY_COMPANY] = "companies.csv",
    [BY_INBOX] = "inboxes.csv",
    [BY_ACTIVITY] = "activity.csv",
};

const struct descriptor dimensions[DIMENSIONS] = {
    [BY_COUNTRY] =
        {
            .key = "countries",
            .table = "Countries",
            .slots = {{"code", PART_CODE, TEXT_HEADING_CODE},
                      {"name", PART_NAME, TEXT_HEADING_COUNTRY}},
            .title = TEXT_SHEET_COUNTRIES,
            .heading = TEXT_HEADING_COUNTRY,
            .caption = TEXT_CAPTION_COUNTRIES,
            .chart = TEXT_CHART_COUNTRIES,
            .meaning = TEXT_MEANING_COUNTRY,
            .nameless = TEXT_GROUP_UNKNOWN_COUNTRY,
            .note = TEXTS,
            .left_out = TEXTS,
            .place = 1,
            .is_leading = true,
        },
    [BY_COMPANY] =
        {
            .key = "companies",
            .table = "Companies",
            .slots = {{"name", PART_NAME, TEXT_HEADING_COMPANY}},
            .title = TEXT_SHEET_COMPANIES,
            .heading = TEXT_HEADING_COMPANY,
            .caption = TEXT_CAPTION_COMPANIES,
            .chart = TEXT_CHART_COMPANIES,
            .meaning = TEXT_MEANING_COMPANY,
            .nameless = TEXT_GROUP_NO_COMPANY,
            .note = TEXTS,
            .left_out = TEXTS,
            .has_top = true,
        },
    [BY_INBOX] =
        {
            .key = "inboxes",
            .table = "Inboxes",
            .slots = {{"id", PART_ID, TEXT_HEADING_ID},
                      {"name", PART_NAME, TEXT_HEADING_INBOX},
                      {"channel_type", PART_CHANNEL_TYPE, TEXT_HEADING_CHANNEL}},
            .title = TEXT_SHEET_INBOXES,
            .heading = TEXT_HEADING_INBOX,
            .caption = TEXT_CAPTION_INBOXES,
            .chart = TEXT_CHART_INBOXES,
            .meaning = TEXT_MEANING_INBOX,
            .nameless = TEXT_GROUP_NO_INBOX,
            .note = TEXT_NOTE_INBOXES,
            .left_out = TEXT_NOTE_INBOXES_LEFT_OUT,
            .place = 3,
            .overlaps = true,
        },
    [BY_ACTIVITY] =
        {
            .key = "activity",
            .table = "Activity",
            .slots = {{"bucket", PART_BUCKET, TEXT_HEADING_LAST_ACTIVITY}},
            .title = TEXT_SHEET_ACTIVITY,
            .heading = TEXT_HEADING_LAST_ACTIVITY,
            .caption = TEXT_CAPTION_ACTIVITY,
            .chart = TEXT_CHART_ACTIVITY,
            .meaning = TEXT_MEANING_ACTIVITY,
            .nameless = TEXTS,
            .note = TEXTS,
            .left_out = TEXTS,
            .place = 2,
            .is_scale = true,
            .is_leading = true,
        },
};

const char *group_part(const struct group *group, enum group_part part,
                       char room[static GROUP_PART_BYTES])
{
    switch (part) {
    case PART_CODE:
        return group->code;
    case PART_NAME:
    case PART_BUCKET:
        return group->name;
    case PART_CHANNEL_TYPE:
        return group->channel_type;
    case PART_ID:
        snprintf(room, GROUP_PART_BYTES, "%" PRId64, group->id);
        return group->name ? room : NULL;
    }
    return NULL;
}
