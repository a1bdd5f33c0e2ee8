/* What was asked of which server: the filters and the order of a fetch. */
#ifndef ROLLCALL_SOURCE_H
#define ROLLCALL_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;

/* All texts are borrowed. */
struct source {
    const char *base_url;
    const char *account; /* whose contacts these are, by the user's own word; NULL: not told */
    const char *const *labels; /* a contact that bears any of them matches; none: all contacts */
    size_t label_count;
    const char *q; /* NULL: no search */
    const char *sort;
    const char *direction;
    int64_t page_size;  /* contacts a page asked for; 0: as many as the server likes */
    bool inboxes;       /* whether the contacts' inboxes were asked for */
    int64_t started_at; /* when the fetch began, seconds since 1970 */
};

/* Whether both ask for contacts with the same labels, in whatever order and however often each is
   named: a contact that bears any of them matches. */
bool source_same_labels(const struct source *left, const struct source *right);

/* Appends the labels, separated by commas, or "(none)": for messages. */
void source_append_labels(const struct source *source, struct buffer *out);

#endif
