/* What the snapshot's writer has stored lately, so that it does not store the same values again and
   again. */
#ifndef ROLLCALL_KNOWN_H
#define ROLLCALL_KNOWN_H

#include "model/contact.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KNOWN_KEYS_MAX = 256, KNOWN_INBOXES = 64 };

/* An inbox as last stored. */
struct known_inbox {
    int64_t id;
    char *name; /* this one and the next two may be NULL */
    char *channel_type;
    char *extra;
    bool is_there;
};

/* {0} knows nothing. */
struct known {
    char *keys[KNOWN_KEYS_MAX];
    size_t key_count;
    struct known_inbox inboxes[KNOWN_INBOXES]; /* the id determines the place */
};

/* Whether the name of a custom attribute is known. If not, remembers it if there is room. */
bool known_key(struct known *known, const char *key);

/* Whether the inbox is known with these values. If not, remembers it in place of another. */
bool known_inbox(struct known *known, const struct contact_inbox *inbox);

void known_free(struct known *known);

#endif
