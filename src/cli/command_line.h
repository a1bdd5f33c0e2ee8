/* A command's arguments, with what the definition and the environment add to them. */
#ifndef ROLLCALL_COMMAND_LINE_H
#define ROLLCALL_COMMAND_LINE_H

#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/settings.h"

#include <stdbool.h>

/* Fills the settings: what the command line says wins over the environment, that over the
   definition, and that over the standard. argv[0] is the command's name. `wants_help` is set if
   --help is among the arguments; then the rest is not looked at. The arena keeps the texts. Fails
   with EXIT_WRONG_USE. */
bool command_line_read(const struct command *command, int argc, char **argv,
                       struct settings *settings, struct arena *arena, bool *wants_help,
                       struct error *error);

#endif
