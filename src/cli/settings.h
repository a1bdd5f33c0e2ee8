/* What a run is to do: every option's value. */
#ifndef ROLLCALL_SETTINGS_H
#define ROLLCALL_SETTINGS_H

#include "tally/activity.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_list {
    const char **items;
    size_t count;
};

/* Where an option's value comes from, from the lowest rank to the highest. */
enum option_origin {
    ORIGIN_STANDARD, /* nobody has said anything */
    ORIGIN_DEFINITION,
    ORIGIN_ENVIRONMENT,
    ORIGIN_COMMAND_LINE,
};

enum { SETTINGS_OPTIONS_MAX = 64 };

/* Texts are owned by the arena they were read into. */
struct settings {
    /* the source */
    const char *base_url;
    struct text_list labels;
    const char *q; /* NULL: no search */
    const char *sort;
    const char *direction;
    bool no_inboxes;
    const char *from; /* a snapshot to read instead of the API; NULL: none */

    /* the way there */
    const char *credentials_file;    /* NULL: none */
    const char *credentials_command; /* NULL: none */
    bool allow_plain_http;
    const char *ca_file; /* NULL: the system's */
    int64_t page_size;
    int64_t connections;
    int64_t timeout_ms;
    int64_t retries;
    int64_t deadline_ms; /* 0: none */
    int64_t rate;        /* requests a second; 0: no limit */
    int64_t max_passes;
    bool allow_unproven;
    bool resume;
    int64_t resume_within_ms; /* how old an unfinished fetch may be */

    /* the report */
    const char *output;
    const char *as_of; /* ISO 8601, checked; NULL: when the fetch began */
    const char *timezone;
    struct activity_bounds activity_bounds;
    int64_t top_companies;
    struct text_list columns; /* none: all */
    const char *order_by;     /* COLUMN or COLUMN:desc or COLUMN:asc, checked; NULL: by id */
    bool csv_raw;
    const char *lang;          /* checked */
    const char *template_file; /* of the page; NULL: the one that is built in */

    /* the terminal */
    bool quiet;
    bool verbose;

    unsigned char origins[SETTINGS_OPTIONS_MAX]; /* enum option_origin of each option, see
                                                    option_origin */
};

#endif
