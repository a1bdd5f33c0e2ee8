#include "base/zone.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum { NAME_UNITS_MAX = 64, SPANS = 16 };

/* The time from one change of the clocks to the next. */
struct span {
    int64_t start; /* seconds since 1970 */
    int64_t end;   /* the first second after it; if not after `start`, there is no span */
    int offset_seconds;
};

struct zone {
    UCalendar *calendar; /* NULL for UTC, which needs none */
    char *name;
    struct span spans[SPANS]; /* looked up last: contacts span only a few years */
    size_t next_span;         /* the span to forget next */
};

static bool no_such_zone(const char *name, struct error *error)
{
    error_set(error, EXIT_WRONG_USE, "there is no time zone '%s'", name);
    return error_hint(error, "use a name of the IANA list, such as UTC or Europe/Berlin");
}

static UCalendar *open_calendar(const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[NAME_UNITS_MAX];
    UChar canonical[NAME_UNITS_MAX];
    UBool is_system = false;
    int32_t length;
    u_strFromUTF8(wide, NAME_UNITS_MAX, &length, name, -1, &status);
    ucal_getCanonicalTimeZoneID(wide, length, canonical, NAME_UNITS_MAX, &is_system, &status);
    if (U_FAILURE(status) || !is_system)
        return NULL;
    UCalendar *calendar = ucal_open(wide, length, "root", UCAL_GREGORIAN, &status);
    if (U_FAILURE(status))
        return NULL;
    /* The Gregorian calendar for all years, like struct civil. */
    ucal_setGregorianChange(calendar, -9e15, &status);
    ucal_setAttribute(calendar, UCAL_REPEATED_WALL_TIME, UCAL_WALLTIME_FIRST);
    return calendar;
}

bool zone_open(struct zone **opened, const char *name, struct error *error)
{
    struct zone *zone = memory_new(1, sizeof *zone);
    zone->name = memory_copy_text(name);
    if (strcmp(name, "UTC") != 0) {
        zone->calendar = open_calendar(name);
        if (!zone->calendar) {
            zone_free(zone);
            return no_such_zone(name, error);
        }
    }
    *opened = zone;
    return true;
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

/* The change before or after the calendar's moment; `none` if there is none. */
static int64_t find_change(const UCalendar *calendar, UTimeZoneTransitionType which, int64_t none,
                           UErrorCode *status)
{
    UDate ms;
    UBool exists = ucal_getTimeZoneTransitionDate(calendar, which, &ms, status);
    return U_SUCCESS(*status) && exists ? (int64_t)floor(ms / 1000) : none;
}

/* Asks the calendar, which is slow. */
static struct span look_up(UCalendar *calendar, int64_t seconds)
{
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(calendar, (double)seconds * 1000, &status);
    int32_t offset_ms = ucal_get(calendar, UCAL_ZONE_OFFSET, &status) +
                        ucal_get(calendar, UCAL_DST_OFFSET, &status);
    struct span span = {
        .start = find_change(calendar, UCAL_TZ_TRANSITION_PREVIOUS_INCLUSIVE, iso8601_first_second,
                             &status),
        .end = find_change(calendar, UCAL_TZ_TRANSITION_NEXT, iso8601_last_second, &status),
        .offset_seconds = offset_ms / 1000,
    };
    return U_SUCCESS(status) ? span : (struct span){0};
}

int zone_offset_seconds(struct zone *zone, int64_t seconds)
{
    if (!zone->calendar)
        return 0;
    for (size_t i = 0; i < SPANS; i++) {
        const struct span *span = &zone->spans[i];
        if (seconds >= span->start && seconds < span->end)
            return span->offset_seconds;
    }
    struct span span = look_up(zone->calendar, seconds);
    zone->spans[zone->next_span] = span;
    zone->next_span = (zone->next_span + 1) % SPANS;
    return span.offset_seconds;
}

int64_t zone_to_seconds(struct zone *zone, const struct civil *civil)
{
    if (!zone->calendar)
        return civil_to_seconds(civil);
    UErrorCode status = U_ZERO_ERROR;
    ucal_clear(zone->calendar);
    ucal_setDateTime(zone->calendar, civil->year, civil->month - 1, civil->day, civil->hour,
                     civil->minute, civil->second, &status);
    double ms = ucal_getMillis(zone->calendar, &status);
    return U_SUCCESS(status) ? (int64_t)(ms / 1000) : civil_to_seconds(civil);
}

void zone_free(struct zone *zone)
{
    if (!zone)
        return;
    if (zone->calendar)
        ucal_close(zone->calendar);
    free(zone->name);
    free(zone);
}
