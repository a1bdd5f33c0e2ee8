/* The current list: the contacts of a collection, and those created, removed and relabelled since
   the server began. A contact keeps its ordinal; that of a removed contact is never used again. New
   contacts come after all others.

   The caller holds the lock while it reads or changes the roster. */
#ifndef SANDBOX_ROSTER_H
#define SANDBOX_ROSTER_H

#include "collection.h"

struct roster;

/* A contact's state before a change. */
struct former {
    uint32_t ordinal;
    bool was_listed;
    uint64_t labels;
};

/* The collection is borrowed and has to live longer. */
struct roster *roster_new(const struct collection *collection, uint64_t seed);
void roster_free(struct roster *roster);

/* Makes room for a label that contacts may get later. Call it before any other thread uses the
   roster. Fails with EXIT_WRONG_USE. */
bool roster_add_label(struct roster *roster, const char *label, struct error *error);

void roster_lock_to_read(struct roster *roster);
void roster_lock_to_change(struct roster *roster);
void roster_unlock(struct roster *roster);

/* Every contact that ever existed. Reading ids and the names of labels needs no lock. */
const struct collection *roster_contacts(const struct roster *roster);

bool roster_lists(const struct roster *roster, uint32_t ordinal);

/* The past changes and their number; NULL and 0 if there are none. */
const struct former *roster_past(const struct roster *roster, size_t *count);

/* Adds a contact without labels, created now, with an id above all others; does nothing beyond
   CONTACTS_MAX. */
void roster_create(struct roster *roster);

void roster_remove(struct roster *roster, uint32_t ordinal);
void roster_relabel(struct roster *roster, uint32_t ordinal, uint64_t labels);

#endif
