/* rollcall verify: checks that a snapshot still is what was fetched. */
#include "base/buffer.h"
#include "base/iso8601.h"
#include "cli/command.h"
#include "cli/options.h"
#include "command/obtain.h"
#include "terminal/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* Opens the snapshot. A file that is no snapshot, or one of another version, is wrong use: it was
   named by mistake. Any other defect is what this command looks for: EXIT_DIFFERENCE. */
static bool open_checked(struct snapshot **snapshot, const char *path, struct error *error)
{
    if (snapshot_open(snapshot, path, SNAPSHOT_CHECK_OUTLINE, error))
        return true;
    if (error->code == EXIT_WRONG_USE && is_snapshot_of_this_version(path))
        error->code = EXIT_DIFFERENCE;
    return false;
}

static bool tell_findings(const struct findings *findings, const char *path, struct error *error)
{
    struct buffer all = {0};
    for (size_t i = 0; i < findings->count; i++)
        buffer_print(&all, "%s%s", i > 0 ? "; " : "", findings->texts[i]);
    error_set(error, EXIT_DIFFERENCE, "%s: %s", path, buffer_text(&all));
    buffer_free(&all);
    return error_hint(error,
                      "the file was damaged or changed after rollcall wrote it: take another "
                      "copy, or fetch again");
}

static void print_verified(const struct snapshot *snapshot)
{
    const struct source *source = snapshot_source(snapshot);
    char began[ISO8601_BYTES];
    iso8601_write(source->started_at, 0, began);
    printf("fetched      %s\n", began);
    printf("contacts     %" PRId64 "\n", snapshot_ledger(snapshot)->unique);
    printf("SHA-256      %s\n", snapshot_digest(snapshot));
}

static bool verify(struct snapshot *snapshot, const char *path, struct terminal *terminal,
                   struct error *error)
{
    struct findings findings;
    if (!snapshot_verify(snapshot, &findings, error))
        return error_at(error, "%s", path);
    if (findings.count > 0)
        return tell_findings(&findings, path, error);
    if (terminal->quiet)
        return true;
    puts("whole, and unchanged since it was fetched");
    print_verified(snapshot);
    return terminal_ledger(terminal, snapshot, path, error);
}

static bool run_verify(const struct settings *settings, struct error *error)
{
    struct terminal terminal = terminal_make(settings);
    struct snapshot *snapshot = NULL;
    char *path = obtain_snapshot_path(settings->operands.items[0]);
    terminal_idle_options(settings, RUN_VERIFIES);
    bool ok = open_checked(&snapshot, path, error) && verify(snapshot, path, &terminal, error);
    snapshot_close(snapshot);
    free(path);
    return ok;
}

const struct command command_verify = {
    .name = "verify",
    .summary = "check that a snapshot is whole and still what was fetched",
    .usage = "SNAPSHOT [OPTION…]",
    .description =
        "Reads every row and page of SNAPSHOT, a file or a report's directory, and computes the\n"
        "SHA-256 of its contacts and of the record of their fetch anew. Ends with exit code 0\n"
        "if nothing is wrong, else with 7 and the reason. This detects damage and careless\n"
        "edits. Anyone who can write the file can also store another sum: keep the sum in\n"
        "another place.",
    .options = OPTIONS_TERMINAL,
    .operands = 1,
    .run = run_verify,
};
