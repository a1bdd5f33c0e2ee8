#include "base/iso8601.h"
#include "base/zone.h"
#include "lang/language_parts.h"

#include <unicode/udatpg.h>
#include <unicode/ustring.h>

enum { PATTERN_UNITS_MAX = 64 };

static UNumberFormat *open_percent(const char *code, UErrorCode *status)
{
    UNumberFormat *format = unum_open(UNUM_PERCENT, NULL, 0, code, NULL, status);
    if (U_SUCCESS(*status)) {
        unum_setAttribute(format, UNUM_MIN_FRACTION_DIGITS, 1);
        unum_setAttribute(format, UNUM_MAX_FRACTION_DIGITS, 1);
        /* Rounds like spreadsheets, so that page and workbook agree. */
        unum_setAttribute(format, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
    }
    return format;
}

/* The Gregorian calendar for all years, like struct civil. It is in UTC because we give it civil
   times. */
static void set_calendar(UDateFormat *format, const char *code, UErrorCode *status)
{
    UCalendar *calendar = ucal_open(u"UTC", -1, code, UCAL_GREGORIAN, status);
    if (U_SUCCESS(*status)) {
        ucal_setGregorianChange(calendar, -9e15, status);
        udat_setCalendar(format, calendar);
        ucal_close(calendar);
    }
}

/* The skeleton's parts in the language's own order. */
static UDateFormat *open_date(const char *code, const UChar *skeleton, UErrorCode *status)
{
    UChar pattern[PATTERN_UNITS_MAX];
    UDateTimePatternGenerator *generator = udatpg_open(code, status);
    int32_t length =
        udatpg_getBestPattern(generator, skeleton, -1, pattern, PATTERN_UNITS_MAX, status);
    udatpg_close(generator);
    UDateFormat *format =
        udat_open(UDAT_PATTERN, UDAT_PATTERN, code, u"UTC", -1, pattern, length, status);
    set_calendar(format, code, status);
    return format;
}

void language_open_formats(struct language *language, UErrorCode *status)
{
    const char *code = language->kind->code;
    language->number = unum_open(UNUM_DECIMAL, NULL, 0, code, NULL, status);
    language->percent = open_percent(code, status);
    language->date = open_date(code, u"yMMMd", status);
    language->moment = open_date(code, u"yMMMdHm", status);
}

void language_close_formats(struct language *language)
{
    unum_close(language->number);
    unum_close(language->percent);
    udat_close(language->date);
    udat_close(language->moment);
}

static void take_wide(const UChar *wide, int32_t length, UErrorCode status,
                      char text[static LANGUAGE_FORMAT_BYTES])
{
    u_strToUTF8(text, LANGUAGE_FORMAT_BYTES, NULL, wide, length, &status);
    if (U_FAILURE(status))
        text[0] = '\0';
}

void language_number(const struct language *language, int64_t number,
                     char text[static LANGUAGE_FORMAT_BYTES])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[LANGUAGE_FORMAT_BYTES];
    int32_t length =
        unum_formatInt64(language->number, number, wide, LANGUAGE_FORMAT_BYTES, NULL, &status);
    take_wide(wide, length, status, text);
}

void language_percent(const struct language *language, double share,
                      char text[static LANGUAGE_FORMAT_BYTES])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[LANGUAGE_FORMAT_BYTES];
    int32_t length =
        unum_formatDouble(language->percent, share, wide, LANGUAGE_FORMAT_BYTES, NULL, &status);
    take_wide(wide, length, status, text);
}

static void format_civil(const UDateFormat *format, int64_t seconds, struct zone *zone,
                         char text[static LANGUAGE_FORMAT_BYTES])
{
    if (seconds < iso8601_first_second)
        seconds = iso8601_first_second;
    if (seconds > iso8601_last_second)
        seconds = iso8601_last_second;
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[LANGUAGE_FORMAT_BYTES];
    struct civil civil = civil_from_seconds(seconds + zone_offset_seconds(zone, seconds));
    double ms = (double)civil_to_seconds(&civil) * 1000;
    int32_t length = udat_format(format, ms, wide, LANGUAGE_FORMAT_BYTES, NULL, &status);
    take_wide(wide, length, status, text);
}

void language_date(const struct language *language, int64_t seconds, struct zone *zone,
                   char text[static LANGUAGE_FORMAT_BYTES])
{
    format_civil(language->date, seconds, zone, text);
}

void language_moment(const struct language *language, int64_t seconds, struct zone *zone,
                     char text[static LANGUAGE_FORMAT_BYTES])
{
    format_civil(language->moment, seconds, zone, text);
}
