/* What terminal and writers know of each dimension. They loop over the descriptors, so a new
   dimension is a new descriptor. */
#ifndef ROLLCALL_DIMENSION_H
#define ROLLCALL_DIMENSION_H

#include "lang/text.h"
#include "tally/tally.h"

#include <stdbool.h>

/* The parts of a group that a slot can show. */
enum group_part {
    PART_CODE,
    PART_NAME,
    PART_ID,
    PART_CHANNEL_TYPE,
    PART_BUCKET, /* the program's own name of an activity bucket */
};

/* One part of a group, shown before its count and share: a member in JSON, a column in CSV and,
   after the name, a column in the workbook. */
struct slot {
    const char *key; /* and header; NULL ends the slots */
    enum group_part part;
    enum text_id heading; /* for people */
};

enum { SLOTS_MAX = 3 };

/* TEXTS in a text member means: none. */
struct descriptor {
    const char *key;   /* in JSON, and in a template of the page */
    const char *table; /* the workbook's table; the same in all languages, for formulas */
    struct slot slots[SLOTS_MAX + 1];
    enum text_id title; /* "Countries" */
    enum text_id heading;
    enum text_id caption;
    enum text_id chart;
    enum text_id meaning;
    enum text_id nameless; /* the name of the group without one; TEXTS: every group has a name */
    enum text_id note;     /* below its tally */
    enum text_id left_out; /* replaces the note if the fetch did not ask for inboxes */
    int place;             /* of its chart on the workbook's first sheet, from 1; 0: none */
    bool is_scale;   /* its groups are steps: all are shown, in order; their number is no figure */
    bool is_leading; /* comes first on the page; the terminal shows its groups */
    bool has_top;    /* --top-companies says how many groups are shown */
    bool overlaps;   /* a contact may be in several groups: shares do not add up */
};

extern const struct descriptor dimensions[DIMENSIONS];

enum { GROUP_PART_BYTES = 24 }; /* room for an id */

/* The part as programs read it; NULL if the group has none. The text may be in `room`. */
const char *group_part(const struct group *group, enum group_part part,
                       char room[static GROUP_PART_BYTES]);

/* The files of the tallies, whose headers are the slots' keys; NULL-terminated. */
extern const char *const dimension_files[DIMENSIONS + 1];

#endif
