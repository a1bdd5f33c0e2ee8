#include "tally/activity.h"

#include "base/iso8601.h"
#include "model/contact.h"

#include <inttypes.h>
#include <stdio.h>

const struct activity_bounds activity_default_bounds = {{1, 7, 30, 90, 180, 365}, 6};

size_t activity_bucket_count(const struct activity_bounds *bounds)
{
    return bounds->count + 2;
}

size_t activity_bucket(const struct activity_bounds *bounds, int64_t as_of,
                       int64_t last_activity_at)
{
    if (last_activity_at == TIME_NONE)
        return bounds->count + 1;
    size_t bucket = 0;
    /* Not by the age: a snapshot may hold any number for a time, so that it could overflow. */
    while (bucket < bounds->count && last_activity_at < as_of - bounds->days[bucket] * DAY_SECONDS)
        bucket++;
    return bucket;
}

void activity_bucket_name(const struct activity_bounds *bounds, size_t bucket,
                          char name[static ACTIVITY_NAME_BYTES])
{
    if (bucket < bounds->count)
        snprintf(name, ACTIVITY_NAME_BYTES, "<=%" PRId64 "d", bounds->days[bucket]);
    else if (bucket == bounds->count)
        snprintf(name, ACTIVITY_NAME_BYTES, ">%" PRId64 "d", bounds->days[bounds->count - 1]);
    else
        snprintf(name, ACTIVITY_NAME_BYTES, "never");
}
