/* Reads every contact that matches into a snapshot, in as many passes over the list as it takes to
   prove that none is missing. */
#ifndef ROLLCALL_FETCH_H
#define ROLLCALL_FETCH_H

#include "base/error.h"
#include "fetch/fetch_options.h"
#include "model/ledger.h"
#include "model/warnings.h"

#include <stdbool.h>

struct snapshot_writer;
struct unfinished;

/* Begins a fetch, or resumes the one that `unfinished` describes (NULL: begins); then the writer
   has been resumed from it too. A page is saved before another is asked for in its place. Fills
   `ledger`, which says whether the fetch is complete, and `warnings`. Fails with EXIT_UNAUTHORISED
   if the server refuses the credentials, EXIT_API if a page cannot be read, EXIT_OUTPUT if the
   snapshot cannot be written. */
bool fetch_run(const struct fetch_options *options, struct snapshot_writer *writer,
               const struct unfinished *unfinished, const struct fetch_observer *observer,
               struct ledger *ledger, struct warnings *warnings, struct error *error);

#endif
