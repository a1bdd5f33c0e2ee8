/* The one table of options. The command line, the definition file, the environment, --help and the
   manual page are all made from it. */
#ifndef ROLLCALL_OPTIONS_H
#define ROLLCALL_OPTIONS_H

#include "base/arena.h"
#include "base/error.h"
#include "cli/settings.h"

#include <stdbool.h>
#include <stddef.h>

enum option_kind {
    OPTION_FLAG,       /* bool */
    OPTION_TEXT,       /* const char *, not empty */
    OPTION_CHOICE,     /* const char *, one of `choices` */
    OPTION_LIST,       /* struct text_list; the option may be repeated */
    OPTION_COMMA_LIST, /* struct text_list; commas separate the values on the command line */
    OPTION_INTEGER,    /* int64_t from `min` to `max` */
    OPTION_SECONDS, /* int64_t in ms, given in seconds from `min` to `max`; a fraction is allowed */
    OPTION_DAYS,    /* struct activity_bounds */
    OPTION_TIME,    /* struct told_time */
    OPTION_SET,     /* unsigned: bit 1 << i for each of `choices`; given as a comma list */
    OPTION_ZONE,    /* struct zone *, by its name */
    OPTION_ORDER,   /* struct order, given as COLUMN, COLUMN:asc or COLUMN:desc */
};

/* Which options a command takes; a set of these. */
enum option_group {
    OPTIONS_SOURCE = 1 << 0,   /* which server, which contacts */
    OPTIONS_TRANSFER = 1 << 1, /* how they are fetched */
    OPTIONS_INPUT = 1 << 2,    /* what is read instead of fetching */
    OPTIONS_ROWS = 1 << 3,     /* which columns of the contacts, in which order */
    OPTIONS_REPORT = 1 << 4,   /* what is counted and shown */
    OPTIONS_OUTPUT = 1 << 5,   /* where the output goes */
    OPTIONS_TERMINAL = 1 << 6, /* what is printed during the run */
    OPTIONS_CHECK = 1 << 7,    /* how `check` reports */
};

#define OPTIONS_ALL (~0U)

struct option_spec {
    const char
        *name;   /* "page-size"; in a definition page_size, in the environment ROLLCALL_PAGE_SIZE */
    char letter; /* 'o' for -o, or 0 */
    enum option_kind kind;
    enum option_group group;
    const char *value_name; /* "N"; NULL for flags */
    const char *help;       /* one or more lines, without the default */
    const char *standard;   /* the default value, as text; NULL: none */
    const char *const *choices;
    int64_t min, max;
    bool takes_zero;                                       /* seconds: 0 as well */
    bool (*check)(const char *value, struct error *error); /* or NULL; once a value of a list */
    size_t offset;                                         /* in struct settings */
};

extern const struct option_spec option_specs[];
extern const size_t option_count;

/* The group's heading in --help: "Source". */
const char *option_group_title(enum option_group group);

/* Finds an option by its name; '_' and '-' are the same. NULL if there is none. */
const struct option_spec *option_find(const char *name);

/* Finds the option of these groups whose name is nearest to a mistyped one. NULL if none is
   near. */
const struct option_spec *option_nearest(const char *name, unsigned groups);

/* Sets one value from text (NULL for a flag: true). A list gets one more value, a comma list every
   value in the text. The arena keeps the text. Fails with EXIT_WRONG_USE; the caller adds the
   option's name to the error. */
bool option_set(const struct option_spec *spec, const char *text, struct settings *settings,
                struct arena *arena, struct error *error);

/* Empties a list before a source of higher rank fills it. */
void option_clear(const struct option_spec *spec, struct settings *settings);

/* Set and get where the option's value comes from. */
void option_note_origin(const struct option_spec *spec, struct settings *settings,
                        enum option_origin origin);
enum option_origin option_origin(const struct option_spec *spec, const struct settings *settings);

/* Checks a value of an option that the command does not have, and drops it. Fails as option_set. */
bool option_check(const struct option_spec *spec, const char *text, struct arena *arena,
                  struct error *error);

/* Gives every option its standard value. */
void options_set_standard(struct settings *settings, struct arena *arena);

#endif
