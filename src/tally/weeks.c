/* The weeks by the zone's clocks, and the contacts created in each. */
#include "base/zone.h"
#include "tally/tally_parts.h"

enum { DAY_SECONDS = 86400, WEEK_DAYS = 7 };

/* The number of days from 1970-01-01 to the Monday of the week that holds that day. */
static int64_t monday_of(int64_t day)
{
    const int64_t thursday = 3; /* 1970-01-01 was one, counted from Monday */
    int64_t weekday = (day + thursday) % WEEK_DAYS;
    return day - (weekday < 0 ? weekday + WEEK_DAYS : weekday);
}

static int64_t day_of(struct zone *zone, int64_t seconds)
{
    int64_t shown = seconds + zone_offset_seconds(zone, seconds);
    int64_t day = shown / DAY_SECONDS;
    return shown % DAY_SECONDS < 0 ? day - 1 : day;
}

/* Midnights are looked up one by one: a week in which clocks change is not 7 × 24 hours long. */
static void find_weeks(struct zone *zone, int64_t as_of, struct week weeks[static TALLY_WEEKS])
{
    int64_t monday = monday_of(day_of(zone, as_of));
    for (int i = TALLY_WEEKS - 1; i >= 0; i--, monday -= WEEK_DAYS) {
        struct civil civil = civil_from_seconds(monday * DAY_SECONDS);
        weeks[i] = (struct week){.starts_at = zone_to_seconds(zone, &civil)};
    }
}

bool tally_weeks(const struct tally *tally, struct zone *zone,
                 struct week weeks[static TALLY_WEEKS], struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(tally->database,
                          "SELECT created_at FROM contact WHERE created_at BETWEEN ?1 AND ?2",
                          &select, error))
        return false;
    find_weeks(zone, tally->as_of, weeks);
    sqlite3_bind_int64(select, 1, weeks[0].starts_at);
    sqlite3_bind_int64(select, 2, tally->as_of);
    int result;
    while ((result = sqlite3_step(select)) == SQLITE_ROW) {
        int week = TALLY_WEEKS - 1;
        while (week > 0 && sqlite3_column_int64(select, 0) < weeks[week].starts_at)
            week--;
        weeks[week].contacts++;
    }
    bool ok = result == SQLITE_DONE || database_failed(tally->database, "snapshot.sqlite", error);
    sqlite3_finalize(select);
    return ok;
}
