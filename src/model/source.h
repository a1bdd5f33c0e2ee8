/* The source of a fetch: the server, the filters and the order. */
#ifndef ROLLCALL_SOURCE_H
#define ROLLCALL_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;

/* All texts are borrowed. */
struct source {
    const char *base_url;
    const char *account;       /* whose contacts these are, as the user says; NULL: unknown */
    const char *const *labels; /* a contact that bears any of them matches; none: all contacts */
    size_t label_count;
    const char *q; /* NULL: no search */
    const char *sort;
    const char *direction; /* "asc" or "desc"; NULL: not asked for */
    int64_t page_size;     /* contacts per page that we asked for; 0: the server decides */
    bool inboxes;          /* whether the contacts' inboxes were asked for */
    int64_t started_at;    /* when the fetch began, seconds since 1970 */
};

/* Whether both ask for the same labels. Order and repetition do not matter, because a contact that
   bears any of them matches. */
bool source_same_labels(const struct source *left, const struct source *right);

/* Appends the labels, separated by commas, or "(none)": for messages. */
void source_append_labels(const struct source *source, struct buffer *out);

#endif
