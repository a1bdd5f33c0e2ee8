/* Knows which options act in which run, so that the user hears of every one without effect.
   Pure. */
#ifndef ROLLCALL_EFFECT_H
#define ROLLCALL_EFFECT_H

#include "base/error.h"
#include "cli/options.h"
#include "cli/settings.h"

#include <stdbool.h>

/* What a run does; a set of these. */
enum run_mode {
    RUN_FETCHES = 1 << 0,        /* reads the API */
    RUN_READS_SNAPSHOT = 1 << 1, /* --from */
    RUN_CHECKS = 1 << 2,         /* tries the API, and reads one page */
    RUN_VERIFIES = 1 << 3,       /* only reads a file */
};

/* Whether the option acts in such a run, given the other settings. */
bool option_has_effect(const struct option_spec *spec, enum run_mode mode,
                       const struct settings *settings);

/* Whether the option changes any output that --only asks for, or the totals at the terminal. */
bool option_shapes_something(const struct option_spec *spec, const struct settings *settings);

/* Whether to tell the user that the option has no effect. An option on the command line is meant
   for this run. A definition and the environment serve several commands: an option there is meant
   for this run only if it changes what is read (--sort, --direction). */
bool option_is_idle(const struct option_spec *spec, enum run_mode mode,
                    const struct settings *settings);

/* Fails with EXIT_WRONG_USE if options contradict one another: --quiet and --verbose or
   --json, or --resume beside --from. */
bool options_check_together(const struct settings *settings, struct error *error);

#endif
