/* rollcall check: tries the credentials and reports how the server behaves. */
#include "fetch/check.h"
#include "base/clock.h"
#include "base/number.h"
#include "cli/command.h"
#include "cli/options.h"
#include "command/acquire.h"
#include "model/ledger.h"
#include "terminal/terminal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void print_page_size(const struct check *check, int64_t asked)
{
    char rows[NUMBER_BYTES];
    char wanted[NUMBER_BYTES];
    number_grouped(check->page_records, rows);
    number_grouped(asked, wanted);
    printf("page size    ");
    switch (check->page_size) {
    case PAGE_SIZE_HONOURED:
        printf("%s asked for, honoured\n", wanted);
        break;
    case PAGE_SIZE_CAPPED:
        printf("%s asked for, %s at most\n", wanted, rows);
        break;
    case PAGE_SIZE_IGNORED:
        printf("%s asked for, ignored: always %s\n", wanted, rows);
        break;
    case PAGE_SIZE_REFUSED:
        printf("%s asked for, refused: the default is %s\n", wanted, rows);
        break;
    case PAGE_SIZE_OPEN:
        printf("%s asked for; there are too few contacts to tell\n", wanted);
        break;
    }
}

static void print_clock(const struct check *check)
{
    int64_t ahead = check->clock_ahead_s;
    if (!check->has_clock)
        printf("clock        not told\n");
    else if (ahead >= -1 && ahead <= 1)
        printf("clock        agrees with this machine's\n");
    else
        printf("clock        %" PRId64 " s %s this machine's\n", ahead < 0 ? -ahead : ahead,
               ahead < 0 ? "behind" : "ahead of");
}

static void print_check(const struct settings *settings, const struct credentials *credentials,
                        const struct check *check)
{
    char count[NUMBER_BYTES] = "not told";
    if (check->count != COUNT_UNKNOWN)
        number_grouped(check->count, count);
    printf("server       %s\n", settings->base_url);
    printf("credentials  accepted, from %s\n", credentials->origin);
    printf("contacts     %s%s\n", count, settings->q ? " on the first page" : "");
    print_page_size(check, settings->page_size);
    printf("answers      in %" PRId64 " to %" PRId64 " ms, half of them within %" PRId64 " ms\n",
           check->answers_ms[0], check->answers_ms[CHECK_ANSWERS - 1],
           check->answers_ms[CHECK_ANSWERS / 2]);
    print_clock(check);
}

static bool run_check(const struct settings *settings, struct error *error)
{
    struct credentials credentials;
    struct check check;
    struct source source = acquire_source(settings, clock_wall_seconds());
    terminal_idle_options(settings, RUN_CHECKS);
    if (!acquire_prepare(settings, &credentials, error))
        return false;
    bool ok =
        check_server(&source, &credentials, settings->ca_file, settings->timeout_ms, &check, error);
    if (ok && !settings->quiet) {
        print_check(settings, &credentials, &check);
        ok = terminal_flush(error);
    }
    credentials_forget(&credentials);
    return ok;
}

const struct command command_check = {
    .name = "check",
    .summary = "try the credentials and report how the server behaves",
    .usage = "[DEFINITION] [OPTION…]",
    .description =
        "Asks for a page of contacts a few times and reports whether the credentials are\n"
        "accepted, how many contacts there are, whether the server honours --page-size,\n"
        "how fast it answers and whether the clocks agree. Writes nothing.",
    .options = OPTIONS_SOURCE | OPTIONS_TRANSFER | OPTIONS_TERMINAL,
    .takes_definition = true,
    .run = run_check,
};
