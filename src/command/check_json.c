#include "base/buffer.h"
#include "base/iso8601.h"
#include "command/check_text.h"
#include "model/ledger.h"

#include <json-c/json.h>

/* These take the value. */

static void add(struct json_object *object, const char *key, struct json_object *value)
{
    json_object_object_add(object, key, value);
}

static void add_text(struct json_object *object, const char *key, const char *text)
{
    add(object, key, json_object_new_string(text));
}

static void add_number(struct json_object *object, const char *key, int64_t number)
{
    add(object, key, json_object_new_int64(number));
}

static void add_count(struct json_object *object, const char *key, int64_t count)
{
    add(object, key, count == COUNT_UNKNOWN ? NULL : json_object_new_int64(count));
}

static void add_status(struct json_object *object, int status)
{
    add(object, "status", status ? json_object_new_int(status) : NULL);
}

static struct json_object *finding(const char *word, int status)
{
    struct json_object *object = json_object_new_object();
    add_text(object, "finding", word);
    add_status(object, status);
    return object;
}

static struct json_object *order(struct order_finding found)
{
    static const char *const words[] = {
        [ORDER_OBEYED] = "obeyed", [ORDER_IGNORED] = "ignored", [ORDER_REFUSED] = "refused",
        [ORDER_FAILED] = "failed", [ORDER_OPEN] = "open",
    };
    return finding(words[found.kind], found.status);
}

static struct json_object *orders(const struct check *check)
{
    struct json_object *object = json_object_new_object();
    add(object, "created_at", order(check->by_created_at));
    add(object, "email", order(check->by_email));
    add(object, "direction_desc", order(check->by_direction));
    add(object, "minus_key", order(check->by_minus));
    add(object, "several_keys", order(check->by_several));
    add(object, "unknown_key", order(check->by_unknown));
    return object;
}

static struct json_object *page_size(const struct checked *checked)
{
    static const char *const words[] = {
        [PAGE_SIZE_HONOURED] = "honoured", [PAGE_SIZE_CAPPED] = "capped",
        [PAGE_SIZE_IGNORED] = "ignored",   [PAGE_SIZE_REFUSED] = "refused",
        [PAGE_SIZE_OPEN] = "open",
    };
    struct json_object *object = json_object_new_object();
    add_text(object, "finding", words[checked->check->page_size]);
    add_number(object, "asked", checked->source->page_size);
    add_number(object, "received", checked->check->page_records);
    return object;
}

static struct json_object *beyond(struct beyond_finding found)
{
    static const char *const words[] = {
        [BEYOND_EMPTY_LIST] = "empty",      [BEYOND_NULL_LIST] = "null",
        [BEYOND_LAST_PAGE] = "last_page",   [BEYOND_FIRST_PAGE] = "first_page",
        [BEYOND_CONTACTS] = "contacts",     [BEYOND_STATUS] = "status",
        [BEYOND_UNREADABLE] = "unreadable",
    };
    return finding(words[found.kind], found.status);
}

static struct json_object *count(const struct check *check)
{
    static const char *const words[] = {
        [COUNTS_ALL] = "all",      [COUNTS_PAGE] = "page", [COUNTS_TOO_FEW] = "too_few",
        [COUNTS_NOTHING] = "none", [COUNTS_OPEN] = "open",
    };
    struct json_object *object = json_object_new_object();
    add_text(object, "finding", words[check->counts]);
    add_count(object, "first", check->count);
    add_count(object, "last", check->count_last);
    return object;
}

static struct json_object *tie(const struct check *check)
{
    char time[ISO8601_BYTES];
    struct json_object *object = json_object_new_object();
    add_number(object, "contacts", check->tie.contacts);
    add_number(object, "of", check->page_records);
    iso8601_write(check->tie.created_at, 0, time);
    add(object, "created_at", check->tie.contacts > 0 ? json_object_new_string(time) : NULL);
    return object;
}

static struct json_object *list(struct list_finding found)
{
    struct json_object *object = json_object_new_object();
    add_status(object, found.status);
    add(object, "entries", found.is_list ? json_object_new_int64(found.entries) : NULL);
    return object;
}

static struct json_object *limits(const struct check *check)
{
    struct json_object *object = json_object_new_object();
    for (size_t i = 0; i < CHECK_LIMITS; i++) {
        if (check->limits[i][0])
            add_text(object, check_limit_headers[i], check->limits[i]);
    }
    return object;
}

static struct json_object *answers(const struct check *check)
{
    struct json_object *object = json_object_new_object();
    add_number(object, "least", check->least_ms);
    add_number(object, "median", check->median_ms);
    add_number(object, "most", check->most_ms);
    return object;
}

void check_append_json(const struct checked *checked, struct buffer *out)
{
    const struct check *check = checked->check;
    struct json_object *object = json_object_new_object();
    add_number(object, "format", 1);
    add_text(object, "server", checked->source->base_url);
    add_text(object, "credentials_from", checked->credentials_origin);
    add(object, "count", count(check));
    add(object, "page_size", page_size(checked));
    add(object, "sorts", orders(check));
    add(object, "beyond_last_page", beyond(check->beyond));
    add(object, "largest_tie", tie(check));
    add(object, "labels", list(check->labels));
    add(object, "inboxes", list(check->inboxes));
    add(object, "rate_limit", limits(check));
    add(object, "answers_ms", answers(check));
    add(object, "requests", json_object_new_int(check->requests));
    add(object, "clock_ahead_s",
        check->has_clock ? json_object_new_int64(check->clock_ahead_s) : NULL);
    buffer_append_text(out, json_object_to_json_string_ext(
                                object, JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_PRETTY |
                                            JSON_C_TO_STRING_NOSLASHESCAPE));
    buffer_append_char(out, '\n');
    json_object_put(object);
}
