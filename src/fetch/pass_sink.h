/* Stores the pages of a pass in the snapshot, and notes in the pass's record what they show. */
#ifndef ROLLCALL_PASS_SINK_H
#define ROLLCALL_PASS_SINK_H

#include "base/error.h"
#include "fetch/intake.h"
#include "fetch/reread.h"
#include "model/checkpoint.h"
#include "model/source.h"
#include "snapshot/writer.h"

#include <stdbool.h>
#include <stdint.h>

/* Records without a usable id that a pass remembers, to recognise one that comes twice. */
enum { REJECTED_MAX = 1024 };

/* While a pass is read, only the intake's thread touches this and what it points to. */
struct pass_sink {
    struct snapshot_writer *writer;
    const struct source *asked;    /* the source in the order of the pass */
    struct checkpoint *checkpoint; /* its latest pass is the current one */
    int64_t requests_before;       /* by earlier runs */
    int64_t retries_before;        /* likewise */
    uint64_t rejected[REJECTED_MAX];
    int64_t repeated_pages; /* in a row, without anything new */
    struct reread reread;
};

/* Before each pass, and before the rest of a pass that is resumed. */
void pass_sink_begin(struct pass_sink *pass);

/* The two calls of a struct page_sink whose context is a pass_sink. They fail with EXIT_OUTPUT if
   the snapshot cannot be written, with EXIT_API if page after page brings nothing new. */
bool pass_sink_take(void *pass, const struct page_read *read, struct error *error);
bool pass_sink_save(void *pass, struct error *error);

/* Frees what it owns. */
void pass_sink_free(struct pass_sink *pass);

#endif
