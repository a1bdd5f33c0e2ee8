/* Contacts whom a pass has met by reading a page again, before the page's own answer came: when
   that comes they are not doubled, as the server has told them once. */
#ifndef ROLLCALL_REREAD_H
#define ROLLCALL_REREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REREAD_MAX = 1 << 16 }; /* contacts; those beyond are not kept, and count as doubled */

struct reread_slot {
    int64_t id;
    enum { REREAD_EMPTY, REREAD_MET, REREAD_TAKEN } state;
};

/* {0} holds nobody. */
struct reread {
    struct reread_slot *slots;
    size_t count; /* slots that are not empty */
};

/* The contact was met by reading again. */
void reread_note(struct reread *reread, int64_t id);

/* Whether the contact was met that way, and not been asked for since. */
bool reread_take(struct reread *reread, int64_t id);

/* Holds nobody any more. */
void reread_clear(struct reread *reread);

#endif
