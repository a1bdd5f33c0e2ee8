#include "tally/activity.h"

#include "base/iso8601.h"
#include "model/contact.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

const struct activity_bounds activity_default_bounds = {{1, 7, 30, 90, 180, 365}, 6};

size_t activity_bucket_count(const struct activity_bounds *bounds)
{
    return activity_unreadable_bucket(bounds) + 1;
}

size_t activity_bucket(const struct activity_bounds *bounds, int64_t as_of,
                       int64_t last_activity_at)
{
    if (last_activity_at == TIME_NONE)
        return bounds->count + 1;
    size_t bucket = 0;
    /* Does not compute the age: a snapshot may hold any number as a time, so the age could
       overflow. */
    while (bucket < bounds->count && last_activity_at < as_of - bounds->days[bucket] * DAY_SECONDS)
        bucket++;
    return bucket;
}

size_t activity_unreadable_bucket(const struct activity_bounds *bounds)
{
    return bounds->count + 2;
}

struct bucket activity_bucket_at(const struct activity_bounds *bounds, size_t bucket)
{
    if (bucket < bounds->count)
        return (struct bucket){BUCKET_WITHIN, bounds->days[bucket]};
    if (bucket == bounds->count)
        return (struct bucket){BUCKET_OLDER, bounds->days[bounds->count - 1]};
    bool is_unreadable = bucket == activity_unreadable_bucket(bounds);
    return (struct bucket){is_unreadable ? BUCKET_UNREADABLE : BUCKET_NEVER, 0};
}

void activity_bucket_name(const struct activity_bounds *bounds, size_t bucket,
                          char name[static ACTIVITY_NAME_BYTES])
{
    struct bucket is = activity_bucket_at(bounds, bucket);
    if (is.kind == BUCKET_WITHIN)
        snprintf(name, ACTIVITY_NAME_BYTES, "<=%" PRId64 "d", is.days);
    else if (is.kind == BUCKET_OLDER)
        snprintf(name, ACTIVITY_NAME_BYTES, ">%" PRId64 "d", is.days);
    else
        snprintf(name, ACTIVITY_NAME_BYTES, is.kind == BUCKET_NEVER ? "never" : "unreadable");
}
