/* Counts a snapshot's contacts by country, company, inbox and recency of activity. */
#ifndef ROLLCALL_TALLY_H
#define ROLLCALL_TALLY_H

#include "base/error.h"
#include "tally/activity.h"

#include <stdbool.h>
#include <stdint.h>

struct snapshot;
struct tally;
struct zone;

enum dimension { BY_COUNTRY, BY_COMPANY, BY_INBOX, BY_ACTIVITY, DIMENSIONS };

struct totals {
    int64_t contacts;
    int64_t blocked;
    int64_t with_email;
    int64_t with_phone;
    int64_t new_7_days;     /* created after as-of − 7 days and not after as-of */
    int64_t active_30_days; /* last active at as-of − 30 days or later, also after as-of */
    int64_t never_active;
};

/* One line of a tally. Texts are borrowed until the next line. */
struct group {
    enum dimension dimension;
    const char *name; /* NULL: unknown country, no company, no inbox, or the line of the others;
                         of an activity bucket what programs call it */
    const char *code; /* of a country; NULL: the group is a text that is no country's name */
    const char *channel_type; /* of an inbox; may be NULL */
    int64_t id;               /* of an inbox that has a name */
    struct bucket bucket;     /* of activity */
    int64_t contacts;
    int64_t others; /* how many groups this line sums up; 0: it is a group of its own */
};

/* Counts everything. Fails with EXIT_WRONG_USE if the snapshot is damaged, EXIT_OUTPUT if the disk
   for temporary data is full. The snapshot has to outlive the tally. `as_of` is in seconds since
   1970. */
bool tally_make(struct tally **tally, const struct snapshot *snapshot, int64_t as_of,
                const struct activity_bounds *bounds, struct error *error);

/* NULL is allowed. */
void tally_free(struct tally *tally);

struct totals tally_totals(const struct tally *tally);

/* How many countries, companies or inboxes there are; contacts without any make none. */
int64_t tally_named_count(const struct tally *tally, enum dimension dimension);

/* Hands every line to `visit`, in the report's order: by contacts, then by name; activity by age.
   After `limit` groups (0: no limit) the rest comes as one line of others. Stops with false when
   `visit` does. */
bool tally_each(const struct tally *tally, enum dimension dimension, int64_t limit,
                bool (*visit)(void *context, const struct group *group, struct error *error),
                void *context, struct error *error);

/* One country of the cross of countries and activity: the contacts in each bucket, which add up to
   the country's. */
struct cross_row {
    struct group country; /* or the line of the others */
    size_t buckets;
    int64_t contacts[ACTIVITY_BUCKETS_MAX];
};

/* Hands over the countries as tally_each does, each with its contacts by activity. */
bool tally_cross(const struct tally *tally, int64_t limit,
                 bool (*visit)(void *context, const struct cross_row *row, struct error *error),
                 void *context, struct error *error);

enum { TALLY_WEEKS = 26 };

struct week {
    int64_t starts_at; /* Monday, 00:00 by the zone's clocks; seconds since 1970 */
    int64_t contacts;  /* created in that week, and not after as-of */
};

/* Counts by the week of their creation the contacts of the last weeks, of which the last holds
   as-of. Fails as tally_make does. */
bool tally_weeks(const struct tally *tally, struct zone *zone,
                 struct week weeks[static TALLY_WEEKS], struct error *error);

/* The part of all contacts, 0 where there are none. */
double tally_share(const struct tally *tally, int64_t contacts);

#endif
