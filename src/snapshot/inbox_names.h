/* The names of a contact's inboxes, as one text. */
#ifndef ROLLCALL_INBOX_NAMES_H
#define ROLLCALL_INBOX_NAMES_H

#include "base/buffer.h"
#include "base/error.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* An SQL expression for the contact whose id is `id`: its distinct inbox names in the server's
   order, joined by "; "; null if there are none. An inbox without a name is "#" and its id. */
#define INBOX_NAMES_OF(id)                                                                         \
    "(SELECT group_concat(name, '; ') FROM"                                                        \
    " (SELECT coalesce(nullif(inbox.name, ''), '#' || inbox_id) AS name"                           \
    "  FROM contact_inbox LEFT JOIN inbox ON inbox.id = inbox_id"                                  \
    "  WHERE contact_id = " id " GROUP BY 1 ORDER BY min(position)))"

/* The order in which the caller asks for contacts. */
enum inbox_names_order {
    INBOX_NAMES_ANY,
    INBOX_NAMES_ASCENDING, /* by id: quicker */
};

/* Computes the same text more quickly. {0} is not open. */
struct inbox_names {
    sqlite3 *database;
    enum inbox_names_order order;
    sqlite3_stmt *few; /* the rows of one contact or, if ids ascend, of all */
    int result;        /* of its latest step; SQLITE_OK before the first */
    sqlite3_stmt *many;
    struct buffer text;
};

bool inbox_names_open(struct inbox_names *names, sqlite3 *database, enum inbox_names_order order,
                      struct error *error);

/* NULL if there are none; valid until the next call. */
bool inbox_names_find(struct inbox_names *names, int64_t contact_id, const char **text,
                      struct error *error);

void inbox_names_close(struct inbox_names *names);

#endif
