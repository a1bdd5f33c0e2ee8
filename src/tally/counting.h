/* Counts a snapshot on a thread of its own, while others write its contacts. */
#ifndef ROLLCALL_COUNTING_H
#define ROLLCALL_COUNTING_H

#include "base/error.h"
#include "tally/tally.h"

#include <stdbool.h>
#include <stdint.h>

struct counting;

/* Begins to count as tally_make does. Until counting_end nobody else may use the snapshot's
   connection. The snapshot and the bounds are borrowed. Fails with EXIT_UNEXPECTED if no thread can
   be started. */
bool counting_begin(struct counting **counting, const struct snapshot *snapshot, int64_t as_of,
                    const struct activity_bounds *bounds, struct error *error);

/* Waits for the tally, which the caller owns. Fails as tally_make does, and always frees the
   counting. */
bool counting_end(struct counting *counting, struct tally **tally, struct error *error);

#endif
