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
    int64_t unreadable_activity; /* the time of the last activity cannot be read */
};

/* One line of a tally. Texts are borrowed until the next line. */
struct group {
    enum dimension dimension;
    const char *name; /* NULL: unknown country, no company, no inbox, or the line of the others; of
                         an activity bucket its name for programs */
    const char *code; /* of a country; NULL: the group is a text that names no country */
    const char *channel_type; /* of an inbox; may be NULL */
    int64_t id;               /* of an inbox that has a name */
    struct bucket bucket;     /* of activity */
    int64_t contacts;
    int64_t others; /* how many groups this line sums up; 0: it is one group */
};

/* Counts everything. Fails with EXIT_WRONG_USE if the snapshot is damaged, EXIT_OUTPUT if the disk
   for temporary data is full. The snapshot must outlive the tally. `as_of` is in seconds since
   1970. */
bool tally_make(struct tally **tally, const struct snapshot *snapshot, int64_t as_of,
                const struct activity_bounds *bounds, struct error *error);

/* NULL is allowed. */
void tally_free(struct tally *tally);

struct totals tally_totals(const struct tally *tally);

/* How many countries, companies or inboxes there are. Contacts without one do not add a group. */
int64_t tally_named_count(const struct tally *tally, enum dimension dimension);

/* Passes every line to `visit`, in the report's order: by contacts, then by name; activity by age.
   After `limit` groups (0: no limit) one line of others sums up the rest. Stops and returns false
   if `visit` returns false. */
bool tally_each(const struct tally *tally, enum dimension dimension, int64_t limit,
                bool (*visit)(void *context, const struct group *group, struct error *error),
                void *context, struct error *error);

/* One country of the cross of countries and activity: its contacts in each bucket. They add up to
   the country's contacts. */
struct cross_row {
    struct group country; /* or the line of the others */
    size_t buckets;
    int64_t contacts[ACTIVITY_BUCKETS_MAX];
};

/* Visits the countries as tally_each does, each with its contacts by activity. */
bool tally_cross(const struct tally *tally, int64_t limit,
                 bool (*visit)(void *context, const struct cross_row *row, struct error *error),
                 void *context, struct error *error);

enum { TALLY_WEEKS = 26 };

struct week {
    int64_t starts_at; /* Monday, 00:00 by the zone's clocks; seconds since 1970 */
    int64_t contacts;  /* created in that week, and not after as-of */
};

/* Counts the contacts created in each of the last weeks. The last week contains as-of. Fails as
   tally_make does. */
bool tally_weeks(const struct tally *tally, struct zone *zone,
                 struct week weeks[static TALLY_WEEKS], struct error *error);

/* The share of all contacts; 0 if there are none. */
double tally_share(const struct tally *tally, int64_t contacts);

#endif
