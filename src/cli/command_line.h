/* Reads a command's settings from its arguments, the environment and the definition. */
#ifndef ROLLCALL_COMMAND_LINE_H
#define ROLLCALL_COMMAND_LINE_H

#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/settings.h"

#include <stdbool.h>

/* Fills the settings. The command line wins over the environment, the environment over the
   definition, the definition over the standard values. argv[0] is the command's name. Sets
   `wants_help` if --help is among the arguments, and then reads no others. The arena keeps the
   texts. Fails with EXIT_WRONG_USE. */
bool command_line_read(const struct command *command, int argc, char **argv,
                       struct settings *settings, struct arena *arena, bool *wants_help,
                       struct error *error);

#endif
