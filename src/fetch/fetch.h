/* Reads every contact that matches into a snapshot, in as many passes over the pages as its proof
 * needs. */
#ifndef ROLLCALL_FETCH_H
#define ROLLCALL_FETCH_H

#include "base/error.h"
#include "fetch/fetch_options.h"
#include "model/ledger.h"
#include "model/warnings.h"

#include <stdbool.h>

struct snapshot_writer;
struct unfinished;

/* Begins, or goes on with what `unfinished` tells of (NULL: begins), which the writer has been
   resumed from. What is received is saved before anything further is asked. Fills `ledger` and
   `warnings`; whether the fetch is complete stands in the ledger. Fails with EXIT_UNAUTHORISED if
   the server refuses the credentials, EXIT_API if a page cannot be read, EXIT_OUTPUT if the
   snapshot cannot be written. */
bool fetch_run(const struct fetch_options *options, struct snapshot_writer *writer,
               const struct unfinished *unfinished, const struct fetch_observer *observer,
               struct ledger *ledger, struct warnings *warnings, struct error *error);

#endif
