/* Which options act where: one that has no effect is never ignored in silence. Pure. */
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
    RUN_VERIFIES = 1 << 3,       /* looks at a file, and nothing else */
};

/* Whether the option acts in such a run, with what else the settings say. */
bool option_has_effect(const struct option_spec *spec, enum run_mode mode,
                       const struct settings *settings);

/* Whether what the option says shows in any of the outputs that --only asks for, or in what is
   printed. */
bool option_shapes_something(const struct option_spec *spec, const struct settings *settings);

/* Whether to tell the user that the option has no effect: it was given, where it is meant for this
   run. A definition and the environment serve several commands, so what they say is meant for this
   run only if it changes what is read (--sort, --direction). */
bool option_is_idle(const struct option_spec *spec, enum run_mode mode,
                    const struct settings *settings);

/* Fails with EXIT_WRONG_USE if options contradict one another: --quiet and --verbose, or --resume
   beside --from. */
bool options_check_together(const struct settings *settings, struct error *error);

#endif
