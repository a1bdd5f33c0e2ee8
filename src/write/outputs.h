/* Makes a report's outputs from a snapshot. */
#ifndef ROLLCALL_OUTPUTS_H
#define ROLLCALL_OUTPUTS_H

#include "base/error.h"
#include "report/report.h"
#include "snapshot/snapshot.h"
#include "tally/activity.h"

#include <stdbool.h>

/* Makes the outputs of the set `outputs`. Writes the snapshot's contacts in that order while
   another thread counts them, then writes the counts. Sets the report's tally; the caller frees it
   either way. Fails as counting_end and the writers do. If both fail, the error is that of the
   count. A failure of the writers names the output directory. */
bool outputs_make(unsigned outputs, struct report *report, const struct snapshot *snapshot,
                  const struct order *order, const struct activity_bounds *bounds,
                  struct error *error);

#endif
