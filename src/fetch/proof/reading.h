/* One reading of a page: what to ask for, and why. */
#ifndef ROLLCALL_READING_H
#define ROLLCALL_READING_H

#include <stdbool.h>
#include <stdint.h>

enum reading_kind {
    READING_PEEK,          /* of a page by itself */
    READING_MEASURE,       /* before the pass, only to measure the list */
    READING_FIRST,         /* the pass reads the page for the first time */
    READING_BEHIND,        /* the page behind the last one by the count, only to see the end */
    READING_AGAIN,         /* after a rewind */
    READING_TIED,          /* because contacts on it tie with others */
    READING_SENTINEL,      /* of the sentinel, only to be compared */
    READING_LAST_SENTINEL, /* of the sentinel after all pages have come; its contacts are stored */
};

/* Whether what the page shows goes into the snapshot. */
bool reading_is_stored(enum reading_kind kind);

/* A page to ask for, and what was known when it was chosen. */
struct reading {
    int64_t page;
    enum reading_kind kind;
    int64_t epoch; /* number of the page chain that the page is for */
    bool is_late;  /* by then nobody could be created any more in the second the pass began in */
    bool may_be_behind; /* the list may end in front of it: then no page may come, but an error */
};

#endif
