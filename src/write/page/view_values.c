/* The values that the view is made of. */
#include "base/buffer.h"
#include "base/memory.h"
#include "write/page/view_parts.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

void view_add_text(struct json_object *object, const char *name, const char *text)
{
    json_object_object_add(object, name, json_object_new_string(text));
}

void view_add_flag(struct json_object *object, const char *name, bool flag)
{
    json_object_object_add(object, name, json_object_new_boolean(flag));
}

void view_add_number(struct json_object *object, const char *name, int64_t number)
{
    json_object_object_add(object, name, json_object_new_int64(number));
}

void view_add_formatted(struct json_object *object, const struct report *report, const char *name,
                        int64_t number)
{
    char text[LANGUAGE_FORMAT_BYTES];
    char *full = memory_print("%s_text", name);
    language_number(report->language, number, text);
    view_add_text(object, full, text);
    free(full);
}

void view_add_contacts(struct json_object *object, const struct report *report, int64_t contacts)
{
    char percent[LANGUAGE_FORMAT_BYTES];
    double share = tally_share(report->tally, contacts);
    view_add_number(object, "contacts", contacts);
    view_add_formatted(object, report, "contacts", contacts);
    json_object_object_add(object, "share", json_object_new_double(share));
    language_percent(report->language, share, percent);
    view_add_text(object, "percent", percent);
}

void view_add_moment(struct json_object *object, const struct report *report, const char *name,
                     int64_t seconds)
{
    char text[LANGUAGE_FORMAT_BYTES];
    char iso[ISO8601_BYTES];
    struct json_object *moment = json_object_new_object();
    language_moment(report->language, seconds, report->zone, text);
    report_time(report, seconds, iso);
    view_add_text(moment, "shown", text);
    view_add_text(moment, "iso", iso);
    json_object_object_add(object, name, moment);
}

void view_add_filled(struct json_object *object, const struct report *report, const char *name,
                     enum text_id id, const char *const *values, size_t count)
{
    struct buffer text = {0};
    language_fill(report->language, id, values, count, &text);
    view_add_text(object, name, buffer_text(&text));
    buffer_free(&text);
}
