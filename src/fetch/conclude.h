/* Makes the ledger of a fetch whose passes are over. */
#ifndef ROLLCALL_CONCLUDE_H
#define ROLLCALL_CONCLUDE_H

#include "base/error.h"
#include "fetch/proof/witness.h"
#include "model/checkpoint.h"
#include "model/ledger.h"
#include "model/source.h"

#include <stdbool.h>

struct snapshot_writer;

struct conclusion {
    const struct source *source;
    const struct checkpoint *checkpoint;
    struct snapshot_writer *writer;
    int since_pass; /* the pass that is proven; 0: none */
    enum closing closing;
};

/* Drops the contacts that the list no longer holds, and fills the ledger. Fails with EXIT_OUTPUT.
 */
bool conclude_fetch(const struct conclusion *conclusion, struct ledger *ledger,
                    struct error *error);

#endif
