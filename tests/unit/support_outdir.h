/* Runs that write report.txt, data.db and other.txt, of which data.db is the mark. */
#ifndef ROLLCALL_TESTS_SUPPORT_OUTDIR_H
#define ROLLCALL_TESTS_SUPPORT_OUTDIR_H

#include "base/file/outdir.h"

#include <stdbool.h>

extern const char support_mark[];

bool support_begin(struct outdir **outdir, const char *path, struct error *error);

void support_write_output(const struct outdir *outdir, const char *name, const char *text);

/* All of them, the report with that text. */
void support_write_outputs(const struct outdir *outdir, const char *text);

/* One whole run, the report with that text. */
void support_run(const char *path, const char *text);

/* Fails the test unless the target's report has that text. */
void support_check_report(const char *target, const char *expected);

/* Fails the test unless the path is refused, with that part of message and hint. */
void support_refuse(const char *path, const char *message, const char *hint);

#endif
