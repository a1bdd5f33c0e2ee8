#include "terminal/terminal.h"

#include "base/buffer.h"
#include "terminal/progress.h"
#include "terminal/totals.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    LIVE_INTERVAL_MS = 100,
    PLAIN_INTERVAL_MS = 10000,
    HOLD_TOLD_MS = 5000,
};

struct terminal terminal_make(const struct settings *settings)
{
    return (struct terminal){
        .quiet = settings->quiet,
        .verbose = settings->verbose,
        .out = terminal_look_at(STDOUT_FILENO),
        .err = terminal_look_at(STDERR_FILENO),
    };
}

void terminal_clear(struct terminal *terminal)
{
    if (terminal->line_is_open)
        fputs("\r\033[K", stderr);
    terminal->line_is_open = false;
}

/* A longer line would wrap, and only its last row could be cleared. */
static int columns_of_terminal(void)
{
    enum { USUAL_COLUMNS = 80 };
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_COLUMNS;
    return size.ws_col;
}

/* Overwrites the line first and clears the rest of a longer previous line after it, so nothing
   flickers. */
static void redraw(struct terminal *terminal, const char *line)
{
    fprintf(stderr, "\r%s\033[K", line);
    fflush(stderr);
    terminal->line_is_open = true;
}

/* With --verbose, each wait is told when it begins. Where no line is drawn anew, a long one is. */
static bool tell_hold(struct terminal *terminal, const struct fetch_hold *hold)
{
    bool begins = hold->ms > 0 && !terminal->is_held;
    terminal->is_held = hold->ms > 0;
    if (!begins || terminal->quiet)
        return false;
    if (terminal->verbose) {
        struct buffer text = {0};
        terminal_clear(terminal);
        terminal_hold_text(hold, &text);
        fprintf(stderr, "%s\n", buffer_text(&text));
        buffer_free(&text);
        return false;
    }
    return !terminal->err.is_live && hold->ms >= HOLD_TOLD_MS;
}

void terminal_progress(struct terminal *terminal, const struct fetch_progress *progress)
{
    int64_t interval = terminal->err.is_live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS;
    bool is_due = tell_hold(terminal, &progress->hold) ||
                  progress->elapsed_ms - terminal->told_ms >= interval;
    if (terminal->quiet || !is_due)
        return;
    terminal->told_ms = progress->elapsed_ms;
    struct buffer line = {0};
    if (terminal->err.is_live) {
        terminal_progress_line(progress, columns_of_terminal() - 1, terminal->err.has_blocks,
                               &line);
        redraw(terminal, buffer_text(&line));
    } else {
        terminal_progress_text(progress, &line);
        fprintf(stderr, "%s\n", buffer_text(&line));
    }
    buffer_free(&line);
}

/* The text may quote a server. */
static void print_harmless(const char *label, const char *text)
{
    struct buffer harmless = {0};
    terminal_harmless(text, &harmless);
    fprintf(stderr, "%s%s\n", label, buffer_text(&harmless));
    buffer_free(&harmless);
}

void terminal_request(struct terminal *terminal, const struct fetch_request *request)
{
    if (!terminal->verbose || terminal->quiet)
        return;
    terminal_clear(terminal);
    struct buffer line = {0};
    buffer_print(&line, "%s: ", request->url);
    if (request->status)
        buffer_print(&line, "%d, %" PRId64 " bytes, %" PRId64 " ms", request->status,
                     request->body_bytes, request->elapsed_ms);
    else
        buffer_append_text(&line, request->reason);
    if (request->attempt > 1)
        buffer_print(&line, " (attempt %d)", request->attempt);
    print_harmless("GET ", buffer_text(&line));
    buffer_free(&line);
}

void terminal_idle_options(const struct settings *settings, enum run_mode mode)
{
    for (size_t i = 0; i < option_count && !settings->quiet; i++) {
        const struct option_spec *spec = &option_specs[i];
        if (!option_is_idle(spec, mode, settings))
            continue;
        if (strcmp(spec->name, "resume-within") == 0 && mode == RUN_FETCHES)
            fprintf(stderr, "note: --resume-within has no effect without --resume\n");
        else if (!option_shapes_something(spec, settings))
            fprintf(stderr, "note: --%s has no effect on what --only asks for\n", spec->name);
        else
            fprintf(stderr, "note: --%s has no effect %s\n", spec->name,
                    mode == RUN_READS_SNAPSHOT ? "with --from" : "here");
    }
}

void terminal_note(struct terminal *terminal, const char *format, ...)
{
    char note[1024];
    va_list arguments;
    if (terminal->quiet)
        return;
    va_start(arguments, format);
    vsnprintf(note, sizeof note, format, arguments);
    va_end(arguments);
    terminal_clear(terminal);
    print_harmless("note: ", note);
}

void terminal_stage(struct terminal *terminal, const char *what)
{
    if (!terminal->quiet && terminal->err.is_live)
        redraw(terminal, what);
}

bool terminal_totals(struct terminal *terminal, const struct report *report, struct error *error)
{
    terminal_clear(terminal);
    if (terminal->quiet)
        return true;
    struct buffer text = {0};
    terminal_account_append(report->source, report->language, &text);
    terminal_ledger_append(report->ledger, report->language, &terminal->out, &text);
    buffer_append_char(&text, '\n');
    bool ok = terminal_table_append(report, &terminal->out, &text, error);
    buffer_append_char(&text, '\n');
    terminal_warnings_append(&report->warnings, report->language, &text);
    if (ok)
        printf("%s%s\n", buffer_text(&text), outdir_target(report->outdir));
    buffer_free(&text);
    return ok && terminal_flush(error);
}

bool terminal_ledger(struct terminal *terminal, const struct snapshot *snapshot, const char *path,
                     struct error *error)
{
    struct language *english;
    terminal_clear(terminal);
    if (terminal->quiet)
        return true;
    if (!language_open(&english, "en", error))
        return false;
    struct buffer text = {0};
    terminal_account_append(snapshot_source(snapshot), english, &text);
    terminal_ledger_append(snapshot_ledger(snapshot), english, &terminal->out, &text);
    terminal_warnings_append(snapshot_warnings(snapshot), english, &text);
    printf("%s%s\n", buffer_text(&text), path);
    buffer_free(&text);
    language_free(english);
    return terminal_flush(error);
}

void terminal_error(const struct error *error)
{
    print_harmless("rollcall: ", error->message);
    if (error->hint[0])
        print_harmless("hint: ", error->hint);
}

bool terminal_flush(struct error *error)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    return error_set(error, EXIT_OUTPUT, "standard output: %s", strerror(errno ? errno : EIO));
}
