/* What a writer is. A writer makes one or more of the report's files; writers.c lists and runs
   them. */
#ifndef ROLLCALL_WRITER_H
#define ROLLCALL_WRITER_H

#include "base/error.h"
#include "model/cell.h"
#include "report/report.h"
#include "snapshot/snapshot.h"
#include "write/row_stage.h"

#include <stdbool.h>
#include <stddef.h>

/* A caller calls begin, then row for each contact, then end. It may call discard instead of the
   remaining calls, and must do so after a failed row. A failed begin leaves nothing behind; end
   always frees the state. Only end may look at the report's tally: the tally is counted while the
   contacts are written. A file that cannot be written is EXIT_OUTPUT. */
enum output {
    OUTPUT_XLSX,
    OUTPUT_CSV,     /* contacts.csv */
    OUTPUT_TALLIES, /* the other CSV files */
    OUTPUT_HTML,
    OUTPUT_JSON,
    OUTPUTS,
};

/* A set of outputs: bit 1 << OUTPUT_XLSX and so on. */
enum { OUTPUTS_ALL = (1 << OUTPUTS) - 1 };

/* What users call them; NULL-terminated. */
extern const char *const output_names[OUTPUTS + 1];

struct writer {
    enum output output;
    const char *const *files; /* NULL-terminated */
    bool (*begin)(void **state, struct report *report, struct error *error);
    /* Gets one cell for each of the report's columns. NULL: the writer needs no contacts. */
    bool (*row)(void *state, const struct cell *cells, struct error *error);
    bool (*end)(void *state, struct error *error);
    void (*discard)(void *state);
};

extern const struct writer contacts_csv_writer;
extern const struct writer tallies_csv_writer;
extern const struct writer workbook_writer;
extern const struct writer page_writer;
extern const struct writer summary_json_writer;

struct writing;

/* Begins the writers of `outputs` (a set) and gives them the snapshot's contacts in that order,
   each after `stage` (NULL: all, unchanged). Does not use the report's tally. Fails as the writers
   do, or as reading the snapshot does; then it discards every writer. */
bool writers_begin(struct writing **writing, unsigned outputs, struct report *report,
                   const struct snapshot *snapshot, const struct order *order,
                   const struct row_stage *stage, struct error *error);

/* Ends all writers, which now use the report's tally. Fails as they do. Frees `writing` either
   way. */
bool writers_end(struct writing *writing, struct error *error);

/* Discards every writer that has not ended, and frees `writing`. NULL is allowed. */
void writers_discard(struct writing *writing);

/* Lists the files of the writers of `outputs` and then `further`, NULL-terminated. The arena owns
   the list. */
const char *const *writers_files(unsigned outputs, const char *further, struct arena *arena);

#endif
