/* What terminal and writers know of each dimension. They loop over the descriptors, so that a
   further dimension is a further descriptor. */
#ifndef ROLLCALL_DIMENSION_H
#define ROLLCALL_DIMENSION_H

#include "lang/text.h"
#include "tally/tally.h"

#include <stdbool.h>

/* Of a group: what the slots below hold. */
enum group_part {
    PART_CODE,
    PART_NAME,
    PART_ID,
    PART_CHANNEL_TYPE,
    PART_BUCKET, /* the name of an activity bucket, which is the program's own */
};

/* What a program reads of a group, before its count and share: a member in JSON, a column in CSV
   and, after the name, in the workbook. */
struct slot {
    const char *key; /* and header; NULL: the slots end here */
    enum group_part part;
    enum text_id heading; /* for people */
};

enum { SLOTS_MAX = 3 };

/* A text that is TEXTS is not there. */
struct descriptor {
    const char *key;   /* in JSON, and in a template of the page */
    const char *table; /* of the workbook: the same in all languages, for formulas */
    struct slot slots[SLOTS_MAX + 1];
    enum text_id title; /* "Countries" */
    enum text_id heading;
    enum text_id caption;
    enum text_id chart;
    enum text_id meaning;
    enum text_id nameless; /* what the group without a name is called; TEXTS: all have one */
    enum text_id note;     /* below its tally */
    enum text_id left_out; /* in the place of the note, where the fetch did not ask for inboxes */
    int place;             /* of its chart on the workbook's first sheet, from 1; 0: none */
    bool is_scale; /* its groups are steps: all are shown, in their order, and nobody counts them */
    bool is_leading; /* stands in front on the page, and with its groups at the terminal */
    bool has_top;    /* as many groups are shown as --top-companies says */
    bool overlaps;   /* a contact may be in several groups: shares do not add up */
};

extern const struct descriptor dimensions[DIMENSIONS];

enum { GROUP_PART_BYTES = 24 }; /* room for an id */

/* The part as programs read it; NULL where the group has none. */
const char *group_part(const struct group *group, enum group_part part,
                       char room[static GROUP_PART_BYTES]);

/* The files of the tallies, whose headers are the slots' keys; NULL-terminated. */
extern const char *const dimension_files[DIMENSIONS + 1];

#endif
