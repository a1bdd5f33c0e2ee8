/* From the settings to a snapshot: what the commands that fetch have in common. */
#ifndef ROLLCALL_ACQUIRE_H
#define ROLLCALL_ACQUIRE_H

#include "base/error.h"
#include "fetch/credentials.h"
#include "model/source.h"
#include "settings.h"
#include "terminal.h"

#include <stdbool.h>
#include <stdint.h>

/* What the settings ask of the server, from a moment in seconds since 1970 on. Everything is
 * borrowed from them. */
struct source acquire_source(const struct settings *settings, int64_t started_at);

/* Looks whether the settings allow a fetch, before anything is made: the address and the
   credentials. Afterwards the credentials have to be forgotten, unless it failed. */
bool acquire_prepare(const struct settings *settings, struct credentials *credentials,
                     struct error *error);

/* Fetches into a new file. Fails with EXIT_UNPROVEN if the fetch is not proven complete and the
   settings do not allow that; and as fetch_run does. What it leaves of the file then is the
   caller's to remove. */
bool acquire_snapshot(const struct settings *settings, const struct credentials *credentials,
                      int64_t started_at, struct terminal *terminal, const char *path,
                      struct error *error);

/* Fails with EXIT_UNPROVEN unless the ledger says complete or the settings allow it otherwise. */
bool acquire_check_proven(const struct settings *settings, const struct ledger *ledger,
                          struct error *error);

#endif
