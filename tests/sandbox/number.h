/* Numbers that people write in options and rules. */
#ifndef SANDBOX_NUMBER_H
#define SANDBOX_NUMBER_H

#include "base/error.h"

#include <stdint.h>

/* Accepts only decimal digits. Fails with EXIT_WRONG_USE, naming the range from `low` to `high`. */
bool number_parse(const char *text, uint64_t low, uint64_t high, uint64_t *number,
                  struct error *error);

#endif
