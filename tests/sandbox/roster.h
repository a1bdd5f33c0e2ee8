/* The list as it stands: the contacts of a collection, and what has been created, removed and
   relabelled since the server began. A contact keeps its ordinal, and one that was removed leaves
   its behind; those created since stand behind all others.

   Whoever reads or changes it holds the lock for that. */
#ifndef SANDBOX_ROSTER_H
#define SANDBOX_ROSTER_H

#include "collection.h"

struct roster;

/* How a contact stood until something happened to it. */
struct former {
    uint32_t ordinal;
    bool was_listed;
    uint64_t labels;
};

/* The collection is borrowed and has to live longer. */
struct roster *roster_new(const struct collection *collection, uint64_t seed);
void roster_free(struct roster *roster);

/* Makes room for a label that contacts are to bear later. Not once anybody else knows the roster.
   Fails with EXIT_WRONG_USE. */
bool roster_add_label(struct roster *roster, const char *label, struct error *error);

void roster_lock_to_read(struct roster *roster);
void roster_lock_to_change(struct roster *roster);
void roster_unlock(struct roster *roster);

/* Every contact there ever was. Ids, and the names of labels, may be asked for without the lock. */
const struct collection *roster_contacts(const struct roster *roster);

bool roster_lists(const struct roster *roster, uint32_t ordinal);

/* What happened so far, and how many times; NULL and 0 if nothing did. */
const struct former *roster_past(const struct roster *roster, size_t *count);

/* Adds a contact without labels, created now, with an id above all others; beyond CONTACTS_MAX
   nothing happens. */
void roster_create(struct roster *roster);

void roster_remove(struct roster *roster, uint32_t ordinal);
void roster_relabel(struct roster *roster, uint32_t ordinal, uint64_t labels);

#endif
