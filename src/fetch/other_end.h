/* Asks for the other end of the list, once the passes prove that it has been read whole. */
#ifndef ROLLCALL_OTHER_END_H
#define ROLLCALL_OTHER_END_H

#include "base/error.h"
#include "fetch/proof/witness.h"
#include "model/source.h"

#include <stdbool.h>
#include <stdint.h>

struct reader;
struct snapshot_writer;

struct other_end {
    struct reader *reader;
    struct snapshot_writer *writer;
    const struct source *asked; /* the list, in the order of the last pass */
    int since_pass;             /* the pass that is proven */
    int64_t created_before;     /* contacts created before that surely were there when it began */
    int64_t contacts;           /* read since then */
};

/* Asks for page 1 in the opposite direction or, where the server does not obey that, by the key
   with a minus, as Chatwoot has it. If neither shows the other end, the same by email. Fails as
   reader_peek does, and with EXIT_OUTPUT. */
bool other_end_ask(const struct other_end *end, enum witness_word *word, struct error *error);

#endif
