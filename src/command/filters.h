/* The filters that a run asks for, beside those with which its snapshot was fetched. Pure. */
#ifndef ROLLCALL_FILTERS_H
#define ROLLCALL_FILTERS_H

#include "base/error.h"
#include "cli/settings.h"
#include "model/source.h"

#include <stdbool.h>

/* A snapshot holds the contacts that its fetch asked for, and no filter can bring others. Fails
   with EXIT_WRONG_USE, naming both, if an option was given, wherever, that differs from what the
   snapshot was fetched with: base URL, account, labels (as a set), search or inboxes. */
bool filters_check(const struct source *fetched, const struct settings *asked, struct error *error);

#endif
