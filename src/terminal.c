#include "terminal.h"

#include "model/warnings.h"
#include "write/ledger_text.h"
#include "write/number.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    LIVE_INTERVAL_MS = 100,
    PLAIN_INTERVAL_MS = 10000,
};

/* One that cannot clear a line. */
static bool is_dumb_terminal(void)
{
    const char *type = getenv("TERM");
    return !type || !*type || strcmp(type, "dumb") == 0;
}

struct terminal terminal_make(const struct settings *settings)
{
    return (struct terminal){
        .quiet = settings->quiet,
        .verbose = settings->verbose,
        .is_live = isatty(STDERR_FILENO) == 1 && !is_dumb_terminal(),
    };
}

void terminal_clear(struct terminal *terminal)
{
    if (terminal->line_is_open)
        fputs("\r\033[K", stderr);
    terminal->line_is_open = false;
}

/* A longer line would wrap, and only its last part could be cleared. */
static int columns_of_terminal(void)
{
    enum { USUAL_COLUMNS = 80 };
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_COLUMNS;
    return size.ws_col;
}

/* The line is ASCII. */
static void show(struct terminal *terminal, const char *line)
{
    if (terminal->is_live) {
        fprintf(stderr, "\r\033[K%.*s", columns_of_terminal() - 1, line);
        terminal->line_is_open = true;
    } else {
        fprintf(stderr, "%s\n", line);
    }
    fflush(stderr);
}

/* "1:05" for 65 seconds. */
static void append_time_left(const struct fetch_progress *progress, double per_second, char *text,
                             size_t bytes)
{
    int64_t left = progress->expected - progress->contacts;
    text[0] = '\0';
    if (progress->expected == COUNT_UNKNOWN || per_second <= 0 || left <= 0)
        return;
    int64_t seconds = (int64_t)((double)left / per_second) + 1;
    snprintf(text, bytes, ", %" PRId64 ":%02" PRId64 " left", seconds / 60, seconds % 60);
}

static void describe_progress(const struct fetch_progress *progress, char *line, size_t bytes)
{
    char pages[NUMBER_BYTES];
    char contacts[NUMBER_BYTES];
    char of[NUMBER_BYTES + 4] = "";
    char rate[NUMBER_BYTES];
    char left[40];
    double per_second = progress->elapsed_ms > 0
                            ? (double)progress->contacts * 1000 / (double)progress->elapsed_ms
                            : 0;
    number_grouped(progress->pages, pages);
    number_grouped(progress->contacts, contacts);
    number_grouped((int64_t)per_second, rate);
    if (progress->expected != COUNT_UNKNOWN) {
        char expected[NUMBER_BYTES];
        number_grouped(progress->expected, expected);
        snprintf(of, sizeof of, " of %s", expected);
    }
    append_time_left(progress, per_second, left, sizeof left);
    char pass[24] = "";
    if (progress->pass > 1)
        snprintf(pass, sizeof pass, " (pass %d)", progress->pass);
    snprintf(line, bytes, "fetch%s: %s pages, %s%s contacts, %s/s%s", pass, pages, contacts, of,
             rate, left);
}

void terminal_progress(struct terminal *terminal, const struct fetch_progress *progress)
{
    int64_t interval = terminal->is_live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS;
    if (terminal->quiet || progress->elapsed_ms - terminal->told_ms < interval)
        return;
    terminal->told_ms = progress->elapsed_ms;
    char line[200];
    describe_progress(progress, line, sizeof line);
    show(terminal, line);
}

void terminal_request(struct terminal *terminal, const struct fetch_request *request)
{
    if (!terminal->verbose || terminal->quiet)
        return;
    terminal_clear(terminal);
    fprintf(stderr, "GET %s: ", request->url);
    if (request->status)
        fprintf(stderr, "%d, %" PRId64 " bytes, %" PRId64 " ms", request->status,
                request->body_bytes, request->elapsed_ms);
    else
        fprintf(stderr, "%s", request->reason);
    if (request->attempt > 1)
        fprintf(stderr, " (attempt %d)", request->attempt);
    fputc('\n', stderr);
}

void terminal_stage(struct terminal *terminal, const char *what)
{
    if (!terminal->quiet && terminal->is_live)
        show(terminal, what);
}

static void print_total(const char *label, int64_t count, double share)
{
    char number[NUMBER_BYTES];
    char percent[NUMBER_BYTES];
    number_grouped(count, number);
    number_percent(share, percent);
    printf("%-14s %12s %8s\n", label, number, percent);
}

static void print_warnings(const struct warnings *warnings)
{
    for (int i = 0; i < WARNINGS; i++) {
        char text[200];
        if (warnings->counts[i] == 0)
            continue;
        warning_describe((enum warning)i, warnings->counts[i], text, sizeof text);
        printf("warning: %s\n", text);
    }
}

bool terminal_totals(struct terminal *terminal, const struct report *report, struct error *error)
{
    static const char *const dimension_labels[DIMENSIONS] = {
        [BY_COUNTRY] = "Countries",
        [BY_COMPANY] = "Companies",
        [BY_INBOX] = "Inboxes",
    };
    terminal_clear(terminal);
    if (terminal->quiet)
        return true;
    struct totals totals = tally_totals(report->tally);
    char text[LEDGER_TEXT_BYTES];
    ledger_describe(report->ledger, text);
    printf("%s\n\n", text);
    if (totals.contacts == 0)
        puts("No contact matches.\n");
    print_total("Contacts", totals.contacts, tally_share(report->tally, totals.contacts));
    print_total("With email", totals.with_email, tally_share(report->tally, totals.with_email));
    print_total("With phone", totals.with_phone, tally_share(report->tally, totals.with_phone));
    print_total("Blocked", totals.blocked, tally_share(report->tally, totals.blocked));
    for (int i = 0; i < DIMENSIONS; i++) {
        char number[NUMBER_BYTES];
        if (!dimension_labels[i])
            continue;
        number_grouped(tally_named_count(report->tally, (enum dimension)i), number);
        printf("%-14s %12s\n", dimension_labels[i], number);
    }
    putchar('\n');
    print_warnings(&report->warnings);
    printf("%s\n", outdir_target(report->outdir));
    return terminal_flush(error);
}

bool terminal_ledger(struct terminal *terminal, const struct snapshot *snapshot, const char *path,
                     struct error *error)
{
    terminal_clear(terminal);
    if (terminal->quiet)
        return true;
    char text[LEDGER_TEXT_BYTES];
    ledger_describe(snapshot_ledger(snapshot), text);
    printf("%s\n", text);
    print_warnings(snapshot_warnings(snapshot));
    printf("%s\n", path);
    return terminal_flush(error);
}

/* A message may quote a server: no control character of its reaches the terminal. */
static void print_safely(const char *label, const char *text)
{
    fputs(label, stderr);
    for (const char *c = text; *c; c++) {
        bool is_c1 = (unsigned char)c[0] == 0xC2 && (unsigned char)c[1] >= 0x80 &&
                     (unsigned char)c[1] < 0xA0;
        bool is_control = (unsigned char)*c < 0x20 || *c == 0x7F;
        fputc(is_c1 || is_control ? '?' : *c, stderr);
        c += is_c1;
    }
    fputc('\n', stderr);
}

void terminal_error(const struct error *error)
{
    print_safely("rollcall: ", error->message);
    if (error->hint[0])
        print_safely("hint: ", error->hint);
}

bool terminal_flush(struct error *error)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    return error_set(error, EXIT_OUTPUT, "standard output: %s", strerror(errno ? errno : EIO));
}
