/* The LiveDesk contacts API: makes the addresses, and reads the answers. */
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

struct buffer;

/* Ceilings that bound the memory for parsed JSON. A real page of contacts stays far below. */
enum {
    LIVEDESK_JSON_DEPTH_MAX = 32,
    LIVEDESK_JSON_CONTAINERS_MAX = 50 * 1000, /* objects and arrays */
    LIVEDESK_JSON_VALUES_MAX = 1000 * 1000,
    LIVEDESK_RECORDS_MAX = 10 * 1000, /* records on a page, with or without an id */
};

/* The JSON library and its version: "json-c/0.16". */
const char *livedesk_library(void);

/* The address of the list without its filters, for messages. The caller frees it. */
char *livedesk_list_url(const struct source *source);

/* The address of one page (from 1). The caller frees it. */
char *livedesk_page_url(const struct source *source, int64_t page);

/* The address of another list of the account: "labels" or "inboxes". The caller frees it. */
char *livedesk_resource_url(const struct source *source, const char *name);

/* When and how fast an answer came. */
struct answer_time {
    int64_t server_time; /* by the server's own clock, seconds since 1970; 0: unknown */
    int64_t elapsed_ms;  /* how long it took */
};

/* One page of contacts. {0} is an empty one; it can be filled again and again. */
struct livedesk_page {
    int64_t count;            /* the server's count, or COUNT_UNKNOWN */
    int64_t records;          /* on the page, those without a usable id included */
    struct contact *contacts; /* owned by the arena, like all they point to */
    size_t contact_count;
    uint64_t *rejected; /* a hash of each record without a usable id; the arena's */
    size_t rejected_count;
    struct warnings warnings;
    struct arena arena;
};

enum body_fault {
    BODY_FINE,
    BODY_INVALID,      /* no JSON, cut JSON, or not what the API answers: a retry may help */
    BODY_WITHOUT_LIST, /* "payload" is null: likewise */
    BODY_MESSAGE,      /* what livedesk_server_message reads, instead of a page: likewise */
    BODY_EXCESSIVE,    /* beyond a ceiling */
};

/* Parses an answer's body into `page`, whose former contents are dropped. Describes a fault in a
   few words, except for a message, which may hold secrets. */
enum body_fault livedesk_read_page(const char *body, size_t body_bytes, struct livedesk_page *page,
                                   char fault[static 160]);

/* Counts the entries of such a list. False if the body is none. */
bool livedesk_read_list(const char *body, size_t body_bytes, int64_t *entries);

void livedesk_page_free(struct livedesk_page *page);

/* Appends what the server says about a failure, as far as it can be shown; nothing if it says
   nothing. Reads only the members that are known to hold messages, as any other text may be a
   contact's. */
void livedesk_server_message(const char *body, size_t body_bytes, struct buffer *out);

#endif
