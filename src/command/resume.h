/* Decides whether an unfinished fetch may be resumed. Pure. */
#ifndef ROLLCALL_RESUME_H
#define ROLLCALL_RESUME_H

#include "base/error.h"
#include "model/source.h"

#include <stdbool.h>
#include <stdint.h>

/* Fails with EXIT_WRONG_USE, naming the difference, unless both ask the same of the same server. */
bool resume_check_source(const struct source *unfinished, const struct source *asked,
                         struct error *error);

/* Fails with EXIT_WRONG_USE if `now` is more than `age_max_s` after `saved_at` (seconds since
   1970): by then the list has moved on. Allows a `now` before `saved_at`, from a clock that was set
   back. */
bool resume_check_age(int64_t saved_at, int64_t now, int64_t age_max_s, struct error *error);

#endif
