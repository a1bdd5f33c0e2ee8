/* The weeks by the zone's clocks, and the contacts created in each. */
#include "base/zone.h"
#include "tally/tally_parts.h"

enum { WEEK_DAYS = 7 };

/* The number of days from 1970-01-01 to the Monday of that day's week. */
static int64_t monday_of(int64_t day)
{
    const int64_t thursday = 3; /* 1970-01-01 was one, counted from Monday */
    int64_t weekday = (day + thursday) % WEEK_DAYS;
    return day - (weekday < 0 ? weekday + WEEK_DAYS : weekday);
}

static int64_t quarter_of(int64_t seconds)
{
    int64_t quarter = seconds / QUARTER_SECONDS;
    return seconds % QUARTER_SECONDS < 0 ? quarter - 1 : quarter;
}

static int64_t day_of(struct zone *zone, int64_t seconds)
{
    int64_t shown = seconds + zone_offset_seconds(zone, seconds);
    int64_t day = shown / DAY_SECONDS;
    return shown % DAY_SECONDS < 0 ? day - 1 : day;
}

/* Looks up each midnight: a week in which clocks change is not 7 × 24 hours long. */
static void find_weeks(struct zone *zone, int64_t as_of, struct week weeks[static TALLY_WEEKS])
{
    int64_t monday = monday_of(day_of(zone, as_of));
    for (int i = TALLY_WEEKS - 1; i >= 0; i--, monday -= WEEK_DAYS) {
        struct civil civil = civil_from_seconds(monday * DAY_SECONDS);
        weeks[i] = (struct week){.starts_at = zone_to_seconds(zone, &civil)};
    }
}

void tally_start_quarters(struct tally *tally)
{
    int64_t last = quarter_of(tally->as_of);
    tally->first_quarter = last - (TALLY_QUARTERS - 1);
}

void tally_note_created(struct tally *tally, int64_t created_at)
{
    /* The quarter alone is not enough: the last one continues after as-of. */
    if (created_at > tally->as_of || created_at < tally->first_quarter * QUARTER_SECONDS)
        return;
    tally->created[quarter_of(created_at) - tally->first_quarter]++;
}

static bool begin_with_quarters(const struct tally *tally, const struct week *weeks)
{
    bool all = weeks[0].starts_at >= tally->first_quarter * QUARTER_SECONDS;
    for (int i = 0; i < TALLY_WEEKS; i++)
        all = all && weeks[i].starts_at % QUARTER_SECONDS == 0;
    return all;
}

static void add_to_week(struct week *weeks, int64_t created_at, int64_t contacts)
{
    int week = TALLY_WEEKS - 1;
    while (week > 0 && created_at < weeks[week].starts_at)
        week--;
    weeks[week].contacts += contacts;
}

static void count_by_quarters(const struct tally *tally, struct week *weeks)
{
    int64_t first = quarter_of(weeks[0].starts_at) - tally->first_quarter;
    for (int64_t i = first; i < TALLY_QUARTERS; i++)
        add_to_week(weeks, (tally->first_quarter + i) * QUARTER_SECONDS, tally->created[i]);
}

static bool count_one_by_one(const struct tally *tally, struct week *weeks, struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(tally->database,
                          "SELECT created_at FROM contact WHERE created_at BETWEEN ?1 AND ?2",
                          &select, error))
        return false;
    sqlite3_bind_int64(select, 1, weeks[0].starts_at);
    sqlite3_bind_int64(select, 2, tally->as_of);
    int result;
    while ((result = sqlite3_step(select)) == SQLITE_ROW)
        add_to_week(weeks, sqlite3_column_int64(select, 0), 1);
    bool ok = result == SQLITE_DONE || database_failed(tally->database, "snapshot.sqlite", error);
    sqlite3_finalize(select);
    return ok;
}

bool tally_weeks(const struct tally *tally, struct zone *zone,
                 struct week weeks[static TALLY_WEEKS], struct error *error)
{
    find_weeks(zone, tally->as_of, weeks);
    if (!begin_with_quarters(tally, weeks))
        return count_one_by_one(tally, weeks, error);
    count_by_quarters(tally, weeks);
    return true;
}
