/* What a writer is: it makes one or more of the report's files. writers.c lists them. */
#ifndef ROLLCALL_WRITER_H
#define ROLLCALL_WRITER_H

#include "base/error.h"
#include "model/cell.h"
#include "write/report.h"

#include <stdbool.h>
#include <stddef.h>

/* begin, then row for each contact, then end; or discard, at any point after begin, in the place of
   the rest. Each fails with EXIT_OUTPUT; what a failed begin made is gone, and a failed row or end
   has to be followed by discard. */
struct writer {
    const char *name;
    const char *const *files; /* NULL-terminated */
    bool (*begin)(void **state, struct report *report, struct error *error);
    /* One cell for each of the report's columns. NULL: the writer does not look at contacts. */
    bool (*row)(void *state, const struct cell *cells, struct error *error);
    bool (*end)(void *state, struct error *error);
    void (*discard)(void *state);
};

extern const struct writer contacts_csv_writer;
extern const struct writer tallies_csv_writer;
extern const struct writer workbook_writer;
extern const struct writer page_writer;
extern const struct writer summary_json_writer;

extern const struct writer
    *const writers[]; /* ends with NULL; in the order in which they are ended */

#endif
