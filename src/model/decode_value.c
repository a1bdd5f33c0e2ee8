#include "model/decode_value.h"

#include "base/iso8601.h"
#include "model/contact.h"

#include <errno.h>
#include <json-c/json.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Blanks at both ends are allowed; nothing else beside the digits and a sign. */
static bool integer_from_text(const char *text, int64_t *number)
{
    if (text[strspn(text, " \t\r\n")] == '\0')
        return false;
    char *end;
    errno = 0;
    long long parsed = strtoll(text, &end, 10);
    if (errno != 0 || end == text || end[strspn(end, " \t\r\n")] != '\0')
        return false;
    *number = parsed;
    return true;
}

static bool has_no_nul(struct json_object *text)
{
    return strlen(json_object_get_string(text)) == (size_t)json_object_get_string_len(text);
}

bool decode_integer(struct json_object *value, int64_t *number)
{
    const double limit = 9007199254740992.0; /* 2^53: above it a double is no exact integer */
    switch (json_object_get_type(value)) {
    case json_type_int:
        /* json-c turns a number beyond 64 bits into the nearest one that fits. */
        if (json_object_get_uint64(value) > INT64_MAX || json_object_get_int64(value) == INT64_MIN)
            return false;
        *number = json_object_get_int64(value);
        return true;
    case json_type_double: {
        double exact = json_object_get_double(value);
        if (!(fabs(exact) < limit) || floor(exact) != exact)
            return false;
        *number = (int64_t)exact;
        return true;
    }
    case json_type_string:
        return has_no_nul(value) && integer_from_text(json_object_get_string(value), number);
    default:
        return false;
    }
}

static bool time_from_text(const char *text, int64_t *seconds)
{
    struct iso8601 time;
    if (iso8601_parse(text, &time)) {
        *seconds = civil_to_seconds(&time.civil) - time.offset_seconds;
        return true;
    }
    if (text[strspn(text, "+-.0123456789eE")] != '\0')
        return false; /* strtod reads blanks, hexadecimal digits and words as well */
    char *end;
    double number = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(number) || fabs(number) > 1e15)
        return false;
    *seconds = (int64_t)floor(number);
    return true;
}

bool decode_time(struct json_object *value, int64_t *seconds)
{
    *seconds = 0;
    bool ok = true;
    switch (json_object_get_type(value)) {
    case json_type_null:
        break;
    case json_type_string:
        ok = json_object_get_string_len(value) == 0 ||
             (has_no_nul(value) && time_from_text(json_object_get_string(value), seconds));
        break;
    case json_type_double:
        ok = fabs(json_object_get_double(value)) < 1e15;
        *seconds = ok ? (int64_t)floor(json_object_get_double(value)) : 0;
        break;
    default:
        ok = decode_integer(value, seconds);
    }
    ok = ok && *seconds >= iso8601_first_second && *seconds <= iso8601_last_second;
    if (!ok || *seconds == 0)
        *seconds = TIME_NONE;
    return ok;
}

static bool is_word(const char *text, const char *const *words)
{
    while (*words && strcmp(text, *words) != 0)
        words++;
    return *words != NULL;
}

bool decode_truth(struct json_object *value, bool *truth)
{
    static const char *const yes[] = {"true", "1", NULL};
    static const char *const no[] = {"false", "0", "", NULL};
    if (json_object_is_type(value, json_type_boolean)) {
        *truth = json_object_get_boolean(value);
        return true;
    }
    const char *text = value ? json_object_get_string(value) : "";
    *truth = is_word(text, yes);
    return *truth || is_word(text, no);
}
