/* What the files that make the view share. Private to them. */
#ifndef ROLLCALL_VIEW_PARTS_H
#define ROLLCALL_VIEW_PARTS_H

#include "report/report.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct json_object;

/* How much of a name is shown, in columns of a terminal. */
enum {
    VIEW_LABEL_COLUMNS = 28, /* in a chart, or before the cells of the heat table */
    VIEW_NAME_COLUMNS = 60,  /* in a table */
    VIEW_LINE_COLUMNS = 600, /* in the page's head */
};

/* How many groups are shown before the rest is summed up. */
enum { VIEW_CHART_GROUPS = 10, VIEW_TABLE_GROUPS = 20 };

/* Add a member. The caller cuts texts from outside first. */
void view_add_text(struct json_object *object, const char *name, const char *text);
void view_add_flag(struct json_object *object, const char *name, bool flag);
void view_add_number(struct json_object *object, const char *name, int64_t number);

/* Adds NAME_text: the number as the language writes it. */
void view_add_formatted(struct json_object *object, const struct report *report, const char *name,
                        int64_t number);

/* Adds contacts, contacts_text, share and percent. */
void view_add_contacts(struct json_object *object, const struct report *report, int64_t contacts);

/* Adds a moment as an object of shown and iso. */
void view_add_moment(struct json_object *object, const struct report *report, const char *name,
                     int64_t seconds);

/* Adds the catalogue's text with the values in it. */
void view_add_filled(struct json_object *object, const struct report *report, const char *name,
                     enum text_id id, const char *const *values, size_t count);

/* The lines of a tally. */
struct view_line {
    char *name; /* cut */
    char *code;
    char *channel;
    int64_t contacts;
    bool is_named; /* a group of its own, with a name */
};

enum { VIEW_LINES_MAX = ACTIVITY_BUCKETS_MAX + 1 };

struct view_lines {
    struct view_line items[VIEW_LINES_MAX];
    size_t count;
    size_t highest; /* the line with the most contacts; of equal ones, the first */
};

/* Reads as many groups as report_limit_within says, and the line of the others. The lines start as
   {0}; the caller frees them, also after a failure. */
bool view_lines_read(struct view_lines *lines, const struct report *report,
                     enum dimension dimension, int64_t room, int columns, struct error *error);

void view_lines_free(struct view_lines *lines);

int64_t view_lines_highest(const struct view_lines *lines);

/* Adds title, heading and description: what the chart is, the text above it, and its highest line
   in words. */
void view_add_chart_texts(struct json_object *chart, const struct report *report, enum text_id kind,
                          const char *heading, const char *highest, int64_t contacts);

/* Adds the marks of an axis, from its top down to 0. */
void view_add_ticks(struct json_object *chart, const struct report *report, int64_t highest);

/* Adds the key figures twice: as a list, and each by its name. */
void view_add_tiles(struct json_object *view, const struct report *report);

/* The parts of the view. The caller owns what they return. */
struct json_object *view_texts(const struct report *report);
struct json_object *view_bars(const struct report *report, enum text_id heading,
                              const struct view_lines *lines);
struct json_object *view_columns(const struct report *report, enum text_id heading,
                                 const struct view_lines *lines);

/* These read the tally; they return NULL if that fails. */
struct json_object *view_dimension(const struct report *report, enum dimension dimension,
                                   struct error *error);
struct json_object *view_weeks(const struct report *report, struct error *error);
struct json_object *view_cross(const struct report *report, struct error *error);

#endif
