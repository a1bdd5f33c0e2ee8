/* The charts of Summary. */
#ifndef ROLLCALL_CHARTS_H
#define ROLLCALL_CHARTS_H

#include "base/error.h"

struct summary;

/* Fails as the tally does. */
bool summary_draw_charts(struct summary *summary, struct error *error);

#endif
