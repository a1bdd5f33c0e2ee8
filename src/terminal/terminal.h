/* What a person at the terminal sees while the program runs, and at its end. */
#ifndef ROLLCALL_TERMINAL_H
#define ROLLCALL_TERMINAL_H

#include "base/error.h"
#include "cli/effect.h"
#include "cli/settings.h"
#include "fetch/fetch_options.h"
#include "report/report.h"
#include "snapshot/snapshot.h"
#include "terminal/look.h"

#include <stdbool.h>

struct terminal {
    bool quiet;
    bool verbose;
    struct terminal_look out; /* stdout */
    struct terminal_look err; /* stderr */
    bool line_is_open;        /* the progress line is shown and has to be cleared */
    int64_t told_ms;          /* when progress was last shown, by the fetch's clock */
    bool is_held;             /* the fetch waits, and that has been seen */
};

struct terminal terminal_make(const struct settings *settings);

/* Shows how far the fetch is, at most as often as a person can read it. */
void terminal_progress(struct terminal *terminal, const struct fetch_progress *progress);

void terminal_request(struct terminal *terminal, const struct fetch_request *request);

/* Prints a note on stderr for each given option that has no effect in such a run. */
void terminal_idle_options(const struct settings *settings, enum run_mode mode);

/* Prints "note: …" on stderr, unless the run is quiet. */
void terminal_note(struct terminal *terminal, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Shows what the program is doing now. */
void terminal_stage(struct terminal *terminal, const char *what);

/* Clears the progress line, before anything else is printed. */
void terminal_clear(struct terminal *terminal);

/* Prints the totals, the warnings and where the outputs are. Fails with EXIT_OUTPUT if standard
   output cannot be written. */
bool terminal_totals(struct terminal *terminal, const struct report *report, struct error *error);

/* Prints the ledger, the warnings and where the snapshot is. Fails with EXIT_OUTPUT likewise. */
bool terminal_ledger(struct terminal *terminal, const struct snapshot *snapshot, const char *path,
                     struct error *error);

/* Flushes standard output. Fails with EXIT_OUTPUT if anything printed could not be written. */
bool terminal_flush(struct error *error);

/* Prints the error on stderr, as "rollcall: what: why" and a line with the hint. */
void terminal_error(const struct error *error);

#endif
