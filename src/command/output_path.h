/* --output, with strftime's codes filled in. */
#ifndef ROLLCALL_OUTPUT_PATH_H
#define ROLLCALL_OUTPUT_PATH_H

#include "base/error.h"
#include "base/zone.h"

#include <stdbool.h>
#include <stdint.h>

enum { OUTPUT_PATH_MAX = 2048 };

/* Fills in the codes for `moment` (seconds since 1970) in the zone. Fails with EXIT_WRONG_USE if
   the pattern is NULL or the path becomes too long. */
bool output_path(const char *pattern, struct zone *zone, int64_t moment,
                 char path[static OUTPUT_PATH_MAX], struct error *error);

#endif
