/* Counts a snapshot on a thread of its own, beside those who write its contacts. */
#ifndef ROLLCALL_COUNTING_H
#define ROLLCALL_COUNTING_H

#include "base/error.h"
#include "tally/tally.h"

#include <stdbool.h>
#include <stdint.h>

struct counting;

/* Begins to count, as tally_make does. Until the end nobody else uses the snapshot's connection.
   The snapshot and the bounds are borrowed. Fails with EXIT_UNEXPECTED if no thread can be had. */
bool counting_begin(struct counting **counting, const struct snapshot *snapshot, int64_t as_of,
                    const struct activity_bounds *bounds, struct error *error);

/* Waits for the tally, which is the caller's. Fails as tally_make does, and frees the counting
   either way. */
bool counting_end(struct counting *counting, struct tally **tally, struct error *error);

#endif
