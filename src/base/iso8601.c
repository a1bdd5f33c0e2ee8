#include "base/iso8601.h"

#include <stdlib.h>
#include <string.h>

const int64_t iso8601_first_second = -62135596800; /* 0001-01-01T00:00:00Z */
const int64_t iso8601_last_second = 253402300799;  /* 9999-12-31T23:59:59Z */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads exactly `digits` digits and moves on. */
static bool read_number(const char **text, int digits, int *number)
{
    *number = 0;
    for (int i = 0; i < digits; i++) {
        if (!is_digit(**text))
            return false;
        *number = *number * 10 + *(*text)++ - '0';
    }
    return true;
}

static bool read_char(const char **text, char expected)
{
    if (**text != expected)
        return false;
    ++*text;
    return true;
}

static bool read_clock(const char **text, struct civil *civil)
{
    if (!read_number(text, 2, &civil->hour) || !read_char(text, ':') ||
        !read_number(text, 2, &civil->minute))
        return false;
    if (!read_char(text, ':'))
        return true;
    if (!read_number(text, 2, &civil->second))
        return false;
    if (read_char(text, '.') || read_char(text, ',')) {
        if (!is_digit(**text))
            return false;
        while (is_digit(**text))
            ++*text;
    }
    return true;
}

static bool read_offset(const char **text, struct iso8601 *time)
{
    if (**text == '\0')
        return true;
    time->has_offset = true;
    if (read_char(text, 'Z') || read_char(text, 'z'))
        return true;
    int sign = **text == '+' ? 1 : **text == '-' ? -1 : 0;
    if (sign == 0)
        return false;
    ++*text;
    int hours;
    int minutes;
    if (!read_number(text, 2, &hours))
        return false;
    read_char(text, ':');
    if (!read_number(text, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    time->offset_seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool exists(const struct civil *civil)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (civil->year < 1 || civil->month < 1 || civil->month > 12 || civil->day < 1)
        return false;
    int last = days[civil->month - 1] + (civil->month == 2 && is_leap_year(civil->year));
    /* Second 60 is a leap second; it counts as the second after it. */
    return civil->day <= last && civil->hour <= 23 && civil->minute <= 59 && civil->second <= 60;
}

bool iso8601_parse(const char *text, struct iso8601 *time)
{
    *time = (struct iso8601){0};
    struct civil *civil = &time->civil;
    if (!read_number(&text, 4, &civil->year) || !read_char(&text, '-') ||
        !read_number(&text, 2, &civil->month) || !read_char(&text, '-') ||
        !read_number(&text, 2, &civil->day))
        return false;
    if (read_char(&text, 'T') || read_char(&text, 't') || read_char(&text, ' ')) {
        if (!read_clock(&text, civil))
            return false;
        if (text[0] == ' ' && text[1] != '\0')
            text++; /* `2026-11-22 15:04:05 UTC` and `… +0000`, as Ruby prints times */
        if (strcmp(text, "UTC") == 0)
            text = "Z";
        if (!read_offset(&text, time))
            return false;
    }
    return *text == '\0' && exists(civil);
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar, counting years from March so that the
   leap day is the last day of a year. */
static int64_t days_from_date(int year, int month, int day)
{
    int64_t march_year = month > 2 ? year : year - 1;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return march_year * 365 + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year -
           719468;
}

int64_t civil_to_seconds(const struct civil *civil)
{
    return days_from_date(civil->year, civil->month, civil->day) * DAY_SECONDS +
           (int64_t)civil->hour * 3600 + (int64_t)civil->minute * 60 + civil->second;
}

static int64_t clamp(int64_t seconds)
{
    if (seconds < iso8601_first_second)
        return iso8601_first_second;
    return seconds > iso8601_last_second ? iso8601_last_second : seconds;
}

/* The reverse, for days from the year 0 on: every era of 400 years has the same number of days. */
static void date_from_days(int64_t days, struct civil *civil)
{
    enum { DAYS_OF_4 = 1460, DAYS_OF_100 = 36524, DAYS_OF_400 = 146097 };
    int64_t since = days + 719468;
    int64_t era = since / DAYS_OF_400;
    int day_of_era = (int)(since % DAYS_OF_400);
    int year_of_era = (day_of_era - day_of_era / DAYS_OF_4 + day_of_era / DAYS_OF_100 -
                       day_of_era / (DAYS_OF_400 - 1)) /
                      365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153; /* from March, 0 */
    civil->day = day_of_year - (153 * month + 2) / 5 + 1;
    civil->month = month < 10 ? month + 3 : month - 9;
    civil->year = (int)(era * 400) + year_of_era + (month >= 10);
}

struct civil civil_from_seconds(int64_t seconds)
{
    seconds = clamp(seconds);
    int64_t days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
    int rest = (int)(seconds - days * DAY_SECONDS);
    struct civil civil = {
        .hour = rest / 3600,
        .minute = rest / 60 % 60,
        .second = rest % 60,
    };
    date_from_days(days, &civil);
    return civil;
}

/* Writes the last two digits, and the character that follows them. */
static char *put_two(char *at, int number, char behind)
{
    at[0] = (char)('0' + number / 10 % 10);
    at[1] = (char)('0' + number % 10);
    at[2] = behind;
    return at + 3;
}

void iso8601_write(int64_t seconds, int offset_seconds, char text[static ISO8601_BYTES])
{
    /* Before time zones were standardised, offsets had seconds. ISO 8601 cannot express those. */
    int whole_minutes = offset_seconds / 60;
    struct civil civil = civil_from_seconds(clamp(seconds) + (int64_t)whole_minutes * 60);
    int offset_minutes = abs(whole_minutes);
    char *at = put_two(text, civil.year / 100, '\0') - 1;
    at = put_two(at, civil.year, '-');
    at = put_two(at, civil.month, '-');
    at = put_two(at, civil.day, 'T');
    at = put_two(at, civil.hour, ':');
    at = put_two(at, civil.minute, ':');
    at = put_two(at, civil.second, whole_minutes < 0 ? '-' : '+');
    at = put_two(at, offset_minutes / 60, ':');
    put_two(at, offset_minutes % 60, '\0');
}
