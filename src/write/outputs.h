/* Makes a report's outputs from a snapshot. */
#ifndef ROLLCALL_OUTPUTS_H
#define ROLLCALL_OUTPUTS_H

#include "base/error.h"
#include "report/report.h"
#include "snapshot/snapshot.h"
#include "tally/activity.h"

#include <stdbool.h>

/* Makes those of the set `outputs`: writes the snapshot's contacts in that order while another
   thread counts them, then what is made of the counts. The report's tally, which it sets, has to be
   freed by the caller either way. Fails as counting_end and the writers do; where both fail the
   count tells why. A failure of the writers names the output directory. */
bool outputs_make(unsigned outputs, struct report *report, const struct snapshot *snapshot,
                  const struct order *order, const struct activity_bounds *bounds,
                  struct error *error);

#endif
