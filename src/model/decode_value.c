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

/* Counts of seconds from here on would lie beyond the year 5138: they are finer units. */
static const int64_t least_milliseconds = 100000000000;
static const int64_t least_microseconds = 100000000000000;

static enum time_reading time_from_number(int64_t number, int64_t *seconds)
{
    int64_t in_a_second = number >= least_microseconds   ? 1000000
                          : number >= least_milliseconds ? 1000
                                                         : 1;
    *seconds = number / in_a_second;
    return in_a_second > 1 ? TIME_READ_FINER : TIME_READ;
}

static enum time_reading time_from_double(double number, int64_t *seconds)
{
    const double most = 1e18; /* still fits in 64 bits */
    return fabs(number) < most ? time_from_number((int64_t)floor(number), seconds)
                               : TIME_UNREADABLE;
}

static enum time_reading time_from_text(const char *text, int64_t *seconds)
{
    struct iso8601 time;
    int64_t number;
    if (iso8601_parse(text, &time)) {
        /* Some systems write the year 1 for no time, in any time zone. */
        *seconds = time.civil.year > 1 ? civil_to_seconds(&time.civil) - time.offset_seconds : 0;
        return TIME_READ;
    }
    if (text[strspn(text, "+-.0123456789eE")] != '\0')
        return TIME_UNREADABLE; /* strtod reads blanks, hexadecimal digits and words as well */
    if (integer_from_text(text, &number))
        return time_from_number(number, seconds);
    char *end;
    double inexact = strtod(text, &end);
    return end != text && *end == '\0' ? time_from_double(inexact, seconds) : TIME_UNREADABLE;
}

static enum time_reading time_from_any(struct json_object *value, int64_t *seconds)
{
    int64_t number;
    switch (json_object_get_type(value)) {
    case json_type_null:
        return TIME_READ;
    case json_type_string:
        if (json_object_get_string_len(value) == 0)
            return TIME_READ;
        return has_no_nul(value) ? time_from_text(json_object_get_string(value), seconds)
                                 : TIME_UNREADABLE;
    case json_type_double:
        return time_from_double(json_object_get_double(value), seconds);
    default:
        return decode_integer(value, &number) ? time_from_number(number, seconds) : TIME_UNREADABLE;
    }
}

enum time_reading decode_time(struct json_object *value, int64_t *seconds)
{
    const int64_t second_year = iso8601_first_second + 365 * (int64_t)DAY_SECONDS;
    *seconds = 0;
    enum time_reading reading = time_from_any(value, seconds);
    if (*seconds < iso8601_first_second || *seconds > iso8601_last_second)
        reading = TIME_UNREADABLE;
    if (reading == TIME_UNREADABLE || *seconds == 0 || *seconds < second_year)
        *seconds = TIME_NONE;
    return reading;
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
