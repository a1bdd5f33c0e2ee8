/* What a command is. Each is one file in command/ that exports one of these; main.c lists them. */
#ifndef ROLLCALL_COMMAND_H
#define ROLLCALL_COMMAND_H

#include "base/error.h"
#include "cli/settings.h"

#include <stdbool.h>
#include <stddef.h>

struct command {
    const char *name;
    const char *summary;     /* one line */
    const char *usage;       /* what follows the name: "[DEFINITION] -o DIR [OPTION…]" */
    const char *description; /* a few lines for `rollcall help` */
    unsigned options;        /* a set of enum option_group */
    bool takes_definition;   /* as its one positional argument, which may be left out */
    size_t operands;         /* positional arguments that have to be there: settings.operands */
    bool (*run)(const struct settings *settings, struct error *error);
};

#endif
