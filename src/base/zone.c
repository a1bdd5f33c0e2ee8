#include "base/zone.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum { NAME_UNITS_MAX = 64 };

struct zone {
    UCalendar *calendar; /* NULL for UTC, which needs none */
    char *name;
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
    /* The Gregorian calendar for all years, as struct civil has it. */
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

int zone_offset_seconds(struct zone *zone, int64_t seconds)
{
    if (!zone->calendar)
        return 0;
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(zone->calendar, (double)seconds * 1000, &status);
    int32_t offset_ms = ucal_get(zone->calendar, UCAL_ZONE_OFFSET, &status) +
                        ucal_get(zone->calendar, UCAL_DST_OFFSET, &status);
    return U_SUCCESS(status) ? offset_ms / 1000 : 0;
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
