/* The script of faults: rules "WHEN: WHAT", tried in order on every request. */
#ifndef SANDBOX_RULES_H
#define SANDBOX_RULES_H

#include "base/error.h"
#include "plan.h"

enum { RULES_MAX = 256 };

struct rules;

struct rules *rules_new(void);
void rules_free(struct rules *rules);

/* Adds one rule. Fails with EXIT_WRONG_USE. */
bool rules_add(struct rules *rules, const char *text, struct error *error);

/* Adds the rules of a file, one a line; empty lines and lines that begin with # are ignored. */
bool rules_add_file(struct rules *rules, const char *path, struct error *error);

/* Applies the matching faults to the plan of request number `request` (from 1) for `page`. Any
   thread may call it. */
void rules_apply(struct rules *rules, uint64_t request, uint64_t page, struct plan *plan);

#endif
