/* From the settings to a snapshot: what every command that fetches shares. */
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

/* What the settings ask of the server. `started_at` is in seconds since 1970. The source borrows
   everything from the settings. */
struct source acquire_source(const struct settings *settings, int64_t started_at);

/* Checks the address and finds the credentials, before anything is made. If it succeeds, the caller
   has to call credentials_forget. */
bool acquire_prepare(const struct settings *settings, struct credentials *credentials,
                     struct error *error);

/* Fetches into the file. With --resume it resumes the unfinished fetch that an earlier run left
   there, if any. Fails with EXIT_UNPROVEN if the fetch is not proven complete and the settings do
   not allow that; with EXIT_WRONG_USE if the unfinished fetch cannot be resumed; and as fetch_run
   does. After a failure the file stays if a later run can resume it. */
bool acquire_snapshot(const struct settings *settings, const struct credentials *credentials,
                      int64_t started_at, struct terminal *terminal, struct workfile *file,
                      struct error *error);

/* Fails with EXIT_UNPROVEN unless the ledger says complete or the settings allow an unproven
   fetch. */
bool acquire_check_proven(const struct settings *settings, const struct ledger *ledger,
                          struct error *error);

#endif
