/* Compares the filters that a run asks for with those of its snapshot. Pure. */
#ifndef ROLLCALL_FILTERS_H
#define ROLLCALL_FILTERS_H

#include "base/error.h"
#include "cli/settings.h"
#include "model/source.h"

#include <stdbool.h>

/* A snapshot holds only the contacts that its fetch asked for, so no filter can change them. Fails
   with EXIT_WRONG_USE, naming both values, if a given option (from any origin) differs from the
   snapshot's: base URL, account, labels (as a set), search or inboxes. */
bool filters_check(const struct source *fetched, const struct settings *asked, struct error *error);

#endif
