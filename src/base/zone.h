/* Time zones by their IANA names, from ICU's data. */
#ifndef ROLLCALL_ZONE_H
#define ROLLCALL_ZONE_H

#include "base/error.h"
#include "base/iso8601.h"

#include <stdbool.h>
#include <stdint.h>

struct zone;

/* Fails with EXIT_WRONG_USE if no zone has that name. */
bool zone_open(struct zone **zone, const char *name, struct error *error);

const char *zone_name(const struct zone *zone);

/* Seconds east of UTC at that moment (seconds since 1970). */
int zone_offset_seconds(struct zone *zone, int64_t seconds);

/* The moment at which the zone's clocks show `civil`. If they show it twice: the first time. If a
   jump forward skips it: the moment equally far behind the jump. */
int64_t zone_to_seconds(struct zone *zone, const struct civil *civil);

/* NULL is allowed. */
void zone_free(struct zone *zone);

#endif
