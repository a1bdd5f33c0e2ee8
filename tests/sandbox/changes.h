/* The script of changes: rules "WHEN: WHAT" about contacts that are created, removed or relabelled
   while a client reads. */
#ifndef SANDBOX_CHANGES_H
#define SANDBOX_CHANGES_H

#include "base/error.h"
#include "roster.h"

enum { CHANGES_MAX = 256 };

struct changes;

struct changes *changes_new(void);
void changes_free(struct changes *changes);

/* Adds one rule. Fails with EXIT_WRONG_USE. */
bool changes_add(struct changes *changes, const char *text, struct error *error);

/* Binds the changes to the roster, before any of them happens. `seed` decides who "random" is.
   Borrows the roster. Fails with EXIT_WRONG_USE. */
bool changes_bind(struct changes *changes, struct roster *roster, uint64_t seed,
                  struct error *error);

/* Makes the changes that come with request number `request` (from 1) for `page`. Any thread may
   call it, without the roster's lock. */
void changes_apply(struct changes *changes, uint64_t request, uint64_t page);

#endif
