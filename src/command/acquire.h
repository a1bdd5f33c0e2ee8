/* From the settings to a snapshot: what the commands that fetch have in common. */
#ifndef ROLLCALL_ACQUIRE_H
#define ROLLCALL_ACQUIRE_H

#include "base/error.h"
#include "base/file/workfile.h"
#include "cli/settings.h"
#include "fetch/http/credentials.h"
#include "model/source.h"
#include "terminal/terminal.h"

#include <stdbool.h>
#include <stdint.h>

/* What the settings ask of the server, from a moment in seconds since 1970 on. Everything is
 * borrowed from them. */
struct source acquire_source(const struct settings *settings, int64_t started_at);

/* Looks whether the settings allow a fetch, before anything is made: the address and the
   credentials. Afterwards the credentials have to be forgotten, unless it failed. */
bool acquire_prepare(const struct settings *settings, struct credentials *credentials,
                     struct error *error);

/* Fetches into the file or, if that is what the settings say and an earlier run has left something
   in it, goes on with that. Fails with EXIT_UNPROVEN if the fetch is not proven complete and the
   settings do not allow that; with EXIT_WRONG_USE if what is there cannot be gone on with; and as
   fetch_run does. What may be gone on with later is kept. */
bool acquire_snapshot(const struct settings *settings, const struct credentials *credentials,
                      int64_t started_at, struct terminal *terminal, struct workfile *file,
                      struct error *error);

/* Fails with EXIT_UNPROVEN unless the ledger says complete or the settings allow it otherwise. */
bool acquire_check_proven(const struct settings *settings, const struct ledger *ledger,
                          struct error *error);

#endif
