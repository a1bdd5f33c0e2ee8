/* The LiveDesk contacts API: what to ask, and what came back. */
#ifndef ROLLCALL_LIVEDESK_H
#define ROLLCALL_LIVEDESK_H

#include "base/arena.h"
#include "base/error.h"
#include "model/contact.h"
#include "model/source.h"
#include "model/warnings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a page of contacts stays far below, and what parsed JSON may cost in memory. */
enum {
    LIVEDESK_JSON_DEPTH_MAX = 32,
    LIVEDESK_JSON_CONTAINERS_MAX = 50 * 1000, /* objects and arrays */
    LIVEDESK_JSON_VALUES_MAX = 1000 * 1000,
    LIVEDESK_RECORDS_MAX = 10 * 1000, /* records on a page, of whichever kind */
};

/* The address of the list, without filters: fit to be shown to anybody. The caller frees it. */
char *livedesk_list_url(const struct source *source);

/* The address of one page (from 1). The caller frees it. */
char *livedesk_page_url(const struct source *source, int64_t page);

/* When and how fast an answer came. */
struct answer_time {
    int64_t server_time; /* by the server's own clock, seconds since 1970; 0: unknown */
    int64_t elapsed_ms;  /* how long it took */
};

/* One page of contacts. {0} is one without; it can be used again and again. */
struct livedesk_page {
    int64_t count;            /* as the server counts, or COUNT_UNKNOWN */
    int64_t records;          /* records on the page, those that are no contacts included */
    struct contact *contacts; /* the arena's, like all they point to */
    size_t contact_count;
    uint64_t *rejected; /* what tells the records apart that are no contacts; the arena's */
    size_t rejected_count;
    struct warnings warnings;
    struct arena arena;
};

enum body_fault {
    BODY_FINE,
    BODY_INVALID,   /* no JSON, cut JSON, or not what the API answers: another try may do better */
    BODY_EXCESSIVE, /* beyond a ceiling */
};

/* Reads a page from an answer's body. What the page held before is gone. A fault is described in a
 * few words. */
enum body_fault livedesk_read_page(const char *body, size_t body_bytes, struct livedesk_page *page,
                                   char fault[static 160]);

void livedesk_page_free(struct livedesk_page *page);

/* Copies the printable part of what the server says of a failure into `text`; "" if it says
 * nothing. */
void livedesk_server_message(const char *body, size_t body_bytes, char *text, size_t bytes);

#endif
