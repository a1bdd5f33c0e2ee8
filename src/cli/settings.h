/* What a run shall do: every option's value. */
#ifndef ROLLCALL_SETTINGS_H
#define ROLLCALL_SETTINGS_H

#include "base/iso8601.h"
#include "model/column.h"
#include "tally/activity.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone;

struct text_list {
    const char **items;
    size_t count;
};

/* A time as --as-of takes it. Without an offset it is in the report's zone. */
struct told_time {
    bool is_told;
    struct iso8601 time;
};

/* Where an option's value comes from, from the lowest rank to the highest. */
enum option_origin {
    ORIGIN_STANDARD, /* the default */
    ORIGIN_DEFINITION,
    ORIGIN_ENVIRONMENT,
    ORIGIN_COMMAND_LINE,
};

enum { SETTINGS_OPTIONS_MAX = 64 };

/* Each value is ready for use: it was parsed and checked when the option was read. The arena given
   to the reader owns the texts. */
struct settings {
    /* the source */
    const char *base_url;
    const char *account; /* NULL: not named */
    struct text_list labels;
    const char *q; /* NULL: no search */
    const char *sort;
    const char *direction;
    bool no_inboxes;

    /* the input */
    const char *from; /* a snapshot, or its directory, to read instead of the API; NULL: none */

    /* the transfer */
    const char *credentials_file;    /* NULL: none */
    const char *credentials_command; /* NULL: none */
    bool allow_plain_http;
    const char *ca_file; /* NULL: the system's */
    int64_t page_size;
    int64_t connections;
    int64_t timeout_ms;
    int64_t retries;
    int64_t patience_ms; /* 0: --retries decides */
    int64_t deadline_ms; /* 0: none */
    int64_t rate;        /* requests a second; 0: no limit */
    int64_t max_passes;
    int64_t max_requests; /* 0: not given */
    bool allow_unproven;
    bool resume;
    int64_t resume_within_ms; /* how old an unfinished fetch may be */

    /* the rows */
    struct text_list columns; /* none: all */
    struct order order;

    /* the report */
    struct told_time as_of; /* not given: when the fetch began */
    struct activity_bounds activity_bounds;
    int64_t top_companies;
    const char *country_from; /* "custom.KEY", a further source; NULL: none */
    const char *company_from;
    bool csv_raw;
    const char *lang;          /* checked */
    const char *template_file; /* of the page; NULL: the built-in template */

    /* the output */
    unsigned outputs; /* a set of enum output */
    const char *output;
    struct zone *zone; /* owned; settings_release frees it */

    struct text_list operands; /* as many as the command has */

    /* what check prints */
    bool json;

    /* the terminal */
    bool quiet;
    bool verbose;

    unsigned char origins[SETTINGS_OPTIONS_MAX]; /* enum option_origin of each option */
};

/* Frees what the settings own; the arena owns the rest. */
void settings_release(struct settings *settings);

#endif
