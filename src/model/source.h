/* What was asked of which server: the filters and the order of a fetch. */
#ifndef ROLLCALL_SOURCE_H
#define ROLLCALL_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All texts are borrowed. */
struct source {
    const char *base_url;
    const char *const *labels; /* a contact that bears any of them matches; none: all contacts */
    size_t label_count;
    const char *q; /* NULL: no search */
    const char *sort;
    const char *direction;
    int64_t page_size;  /* contacts a page asked for; 0: as many as the server likes */
    bool inboxes;       /* whether the contacts' inboxes were asked for */
    int64_t started_at; /* when the fetch began, seconds since 1970 */
};

#endif
