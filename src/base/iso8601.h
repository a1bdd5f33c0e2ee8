/* ISO 8601 date-times, read and written. Years 1 to 9999. */
#ifndef ROLLCALL_ISO8601_H
#define ROLLCALL_ISO8601_H

#include <stdbool.h>
#include <stdint.h>

/* What a wall clock shows somewhere. */
struct civil {
    int year, month, day; /* 1–9999, 1–12, 1–31 */
    int hour, minute, second;
};

struct iso8601 {
    struct civil civil;
    bool has_offset;
    int offset_seconds; /* east of UTC; only where has_offset */
};

enum {
    ISO8601_BYTES = 32, /* room for a written date-time */
    DAY_SECONDS = 86400,
};

/* Seconds since 1970 of the first and last second that can be written. */
extern const int64_t iso8601_first_second, iso8601_last_second;

/* Reads `2026-11-22`, `2026-11-22T15:04`, `…:05`, `…:05.678`, each followed by `Z`, `±hh:mm`,
   `±hhmm` or nothing; a blank may replace the T. Fractions are dropped. False if `text` is anything
   else. */
bool iso8601_parse(const char *text, struct iso8601 *time);

/* The civil time's seconds since 1970, as if it were UTC. */
int64_t civil_to_seconds(const struct civil *civil);

/* The reverse. A moment outside the writable range becomes the nearest end of the range. */
struct civil civil_from_seconds(int64_t seconds);

/* Writes `2026-11-22T16:04:05+01:00` for a moment in seconds since 1970. A moment outside the
   writable range becomes the nearest end of the range. */
void iso8601_write(int64_t seconds, int offset_seconds, char text[static ISO8601_BYTES]);

#endif
