/* What a command is. Each command is one file in command/ that exports one of these structs; main.c
   lists them. */
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
    bool takes_definition;   /* as its one, optional positional argument */
    size_t operands;         /* required positional arguments, kept in settings.operands */
    bool (*run)(const struct settings *settings, struct error *error);
};

#endif
