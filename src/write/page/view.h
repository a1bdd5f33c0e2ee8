/* What a page's template can use: the report's numbers, ready to be shown. */
#ifndef ROLLCALL_VIEW_H
#define ROLLCALL_VIEW_H

#include "base/error.h"

struct json_object;
struct report;

/* NULL on failure, as the tally fails. The caller owns one reference. */
struct json_object *view_make(const struct report *report, struct error *error);

#endif
