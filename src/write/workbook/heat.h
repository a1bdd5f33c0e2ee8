/* Countries by activity on Summary, coloured by their numbers. */
#ifndef ROLLCALL_HEAT_H
#define ROLLCALL_HEAT_H

#include "base/error.h"

struct summary;

/* Fails as the tally does. */
bool summary_write_heat(struct summary *summary, struct error *error);

#endif
