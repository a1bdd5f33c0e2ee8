/* Where the pages of a pass go: into the snapshot, and into the record of the pass. */
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

/* Records without a usable id are remembered for a pass, to tell doubled ones. */
enum { REJECTED_MAX = 1024 };

/* While a pass is read all this, and what it points to, is the intake's. */
struct pass_sink {
    struct snapshot_writer *writer;
    const struct source *asked;    /* the source, as the pass asks for it */
    struct checkpoint *checkpoint; /* of which the last pass is under way */
    int64_t requests_before;       /* those of the runs before this one */
    uint64_t rejected[REJECTED_MAX];
    int64_t repeated_pages; /* in a row */
    struct reread reread;
};

/* Before each pass, and each rest of one. */
void pass_sink_begin(struct pass_sink *pass);

/* The parts of a struct page_sink whose context is a pass_sink. They fail with EXIT_OUTPUT if the
   snapshot cannot be written, with EXIT_API if page after page brings nothing new. */
bool pass_sink_take(void *pass, const struct page_read *read, struct error *error);
bool pass_sink_save(void *pass, struct error *error);

/* Frees what it owns. */
void pass_sink_free(struct pass_sink *pass);

#endif
