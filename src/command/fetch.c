/* rollcall fetch: only the snapshot. */
#include "base/clock.h"
#include "base/file/newfile.h"
#include "cli/command.h"
#include "cli/options.h"
#include "command/acquire.h"
#include "command/output_path.h"
#include "snapshot/snapshot.h"
#include "terminal/terminal.h"

static bool fetch_into(const struct settings *settings, const struct credentials *credentials,
                       const char *path, int64_t started_at, struct error *error)
{
    struct terminal terminal = terminal_make(settings);
    struct newfile *newfile;
    if (!newfile_begin(&newfile, path, is_snapshot_file, is_snapshot_or_partial_file, error))
        return false;
    struct snapshot *snapshot = NULL;
    struct workfile *work = newfile_workfile(newfile);
    bool ok = acquire_snapshot(settings, credentials, started_at, &terminal, work, error) &&
              snapshot_open(&snapshot, workfile_path(work), SNAPSHOT_CHECK_OUTLINE, error);
    if (!ok && error->code == EXIT_OUTPUT)
        error_at(error, "%s", newfile_target(newfile));
    ok = ok && terminal_ledger(&terminal, snapshot, newfile_target(newfile), error) &&
         newfile_commit(newfile, error);
    terminal_clear(&terminal);
    snapshot_close(snapshot);
    newfile_free(newfile);
    return ok;
}

static bool run_fetch(const struct settings *settings, struct error *error)
{
    char path[OUTPUT_PATH_MAX];
    int64_t started_at = clock_wall_seconds();
    struct credentials credentials;
    terminal_idle_options(settings, RUN_FETCHES);
    if (!output_path(settings->output, settings->zone, started_at, path, error) ||
        !acquire_prepare(settings, &credentials, error))
        return false;
    bool ok = fetch_into(settings, &credentials, path, started_at, error);
    credentials_forget(&credentials);
    return ok;
}

const struct command command_fetch = {
    .name = "fetch",
    .summary = "fetch all contacts into a snapshot, and nothing more",
    .usage = "[DEFINITION] -o FILE [OPTION…]",
    .description =
        "Reads every contact that matches into FILE, a snapshot, from which reports can be\n"
        "made without the network: rollcall report --from FILE. A FILE that is a snapshot\n"
        "is replaced when the new one is whole; any other is refused. Every page is saved in\n"
        "FILE.partial; after a break --resume continues from there.",
    .options = OPTIONS_SOURCE | OPTIONS_TRANSFER | OPTIONS_OUTPUT | OPTIONS_TERMINAL,
    .takes_definition = true,
    .run = run_fetch,
};
