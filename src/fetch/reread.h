/* Remembers the contacts that a pass has met first by reading a page again. When the pass's own
   reading of a page shows one of them, that is no duplicate: the server has given it once. */
#ifndef ROLLCALL_REREAD_H
#define ROLLCALL_REREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REREAD_MAX = 1 << 16 }; /* contacts; those beyond are not kept, and count as duplicates */

struct reread_slot {
    int64_t id;
    enum { REREAD_EMPTY, REREAD_MET, REREAD_TAKEN } state;
};

/* {0} is empty. */
struct reread {
    struct reread_slot *slots;
    size_t count; /* slots that are not empty */
};

/* Remembers a contact. */
void reread_note(struct reread *reread, int64_t id);

/* Whether the contact is remembered. From then on it is not. */
bool reread_take(struct reread *reread, int64_t id);

/* Forgets all contacts, and frees their memory. */
void reread_clear(struct reread *reread);

#endif
