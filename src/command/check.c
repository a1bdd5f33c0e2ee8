/* rollcall check: tries the credentials and reports how the server behaves. */
#include "fetch/check.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "cli/command.h"
#include "cli/options.h"
#include "command/acquire.h"
#include "command/check_text.h"
#include "terminal/terminal.h"

#include <stdio.h>

static bool print(const struct checked *checked, bool as_json, struct error *error)
{
    struct buffer text = {0};
    if (as_json)
        check_append_json(checked, &text);
    else
        check_append_text(checked, &text);
    fputs(buffer_text(&text), stdout);
    buffer_free(&text);
    return terminal_flush(error);
}

static bool run_check(const struct settings *settings, struct error *error)
{
    struct credentials credentials;
    struct check check;
    struct source source = acquire_source(settings, clock_wall_seconds());
    terminal_idle_options(settings, RUN_CHECKS);
    if (!acquire_prepare(settings, &credentials, error))
        return false;
    const struct checked checked = {&source, credentials.origin, &check};
    bool ok =
        check_server(&source, &credentials, settings->ca_file, settings->timeout_ms, &check, error);
    if (ok && !settings->quiet)
        ok = print(&checked, settings->json, error);
    credentials_forget(&credentials);
    return ok;
}

const struct command command_check = {
    .name = "check",
    .summary = "try the credentials and report how the server behaves",
    .usage = "[DEFINITION] [OPTION…]",
    .description =
        "Asks at most 15 questions and reports whether the credentials are accepted, how many\n"
        "contacts there are, what the server does with --page-size, with sorts and beyond the\n"
        "last page, what its count means, how many contacts tie, whether it lists labels and\n"
        "inboxes, how fast it answers and whether the clocks agree. Writes nothing.",
    .options = OPTIONS_SOURCE | OPTIONS_TRANSFER | OPTIONS_CHECK | OPTIONS_TERMINAL,
    .takes_definition = true,
    .run = run_check,
};
