#include "command/output_path.h"

#include <string.h>
#include <time.h>

bool output_path(const char *pattern, struct zone *zone, int64_t moment,
                 char path[static OUTPUT_PATH_MAX], struct error *error)
{
    if (!pattern) {
        error_set(error, EXIT_WRONG_USE, "no output path");
        return error_hint(error, "name one with -o PATH");
    }
    int offset = zone_offset_seconds(zone, moment);
    time_t shown = (time_t)(moment + offset);
    struct tm tm;
    if (!gmtime_r(&shown, &tm))
        return error_set(error, EXIT_WRONG_USE, "--output: the time is outside the calendar");
    tm.tm_gmtoff = offset;
    tm.tm_zone = zone_name(zone);
    return strftime(path, OUTPUT_PATH_MAX, pattern, &tm) > 0 ||
           error_set(error, EXIT_WRONG_USE, "--output: '%.200s' is too long", pattern);
}
