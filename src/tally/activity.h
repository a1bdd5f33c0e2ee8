/* Recency of activity, in buckets. */
#ifndef ROLLCALL_ACTIVITY_H
#define ROLLCALL_ACTIVITY_H

#include <stddef.h>
#include <stdint.h>

enum {
    ACTIVITY_BOUNDS_MAX = 20,
    ACTIVITY_BUCKETS_MAX = ACTIVITY_BOUNDS_MAX + 3,
    ACTIVITY_NAME_BYTES = 24,
    ACTIVITY_DAYS_MAX = 36500,
};

/* Upper bounds of the buckets in days, ascending. Three more buckets follow the last one: older,
   never, and unreadable. */
struct activity_bounds {
    int64_t days[ACTIVITY_BOUNDS_MAX];
    size_t count;
};

extern const struct activity_bounds activity_default_bounds; /* 1, 7, 30, 90, 180, 365 */

size_t activity_bucket_count(const struct activity_bounds *bounds);

/* The bucket, at `as_of`, of a contact last active at that time (seconds since 1970, or TIME_NONE).
   A bound belongs to the lower bucket; a time after `as_of` counts in the first. */
size_t activity_bucket(const struct activity_bounds *bounds, int64_t as_of,
                       int64_t last_activity_at);

/* The bucket of the contacts whose last activity cannot be read: the last one. */
size_t activity_unreadable_bucket(const struct activity_bounds *bounds);

enum bucket_kind {
    BUCKET_NONE, /* no bucket */
    BUCKET_WITHIN,
    BUCKET_OLDER,
    BUCKET_NEVER,
    BUCKET_UNREADABLE,
};

/* What a bucket holds: contacts active within `days`, longer ago than `days`, never, or at a time
   that cannot be read. */
struct bucket {
    enum bucket_kind kind;
    int64_t days; /* 0: never, or unreadable */
};

struct bucket activity_bucket_at(const struct activity_bounds *bounds, size_t bucket);

/* Writes the bucket's name for programs: "<=7d", ">365d", "never" or "unreadable". */
void activity_bucket_name(const struct activity_bounds *bounds, size_t bucket,
                          char name[static ACTIVITY_NAME_BYTES]);

#endif
