/* Decides whether an unfinished fetch may be resumed. Pure. */
#ifndef ROLLCALL_RESUME_H
#define ROLLCALL_RESUME_H

#include "base/error.h"
#include "model/source.h"

#include <stdbool.h>
#include <stdint.h>

/* Fails with EXIT_WRONG_USE, and says what differs, unless the same is asked of the same server. */
bool resume_check_source(const struct source *unfinished, const struct source *asked,
                         struct error *error);

/* Fails with EXIT_WRONG_USE if more than `age_max_s` lie between the moments (seconds since 1970):
   then the list has moved on. A clock that was set back is no reason. */
bool resume_check_age(int64_t saved_at, int64_t now, int64_t age_max_s, struct error *error);

#endif
