/* Definition files: JSON (comments allowed) whose keys are options. */
#ifndef ROLLCALL_DEFINITION_H
#define ROLLCALL_DEFINITION_H

#include "base/arena.h"
#include "base/error.h"
#include "cli/settings.h"

#include <stdbool.h>

enum { DEFINITION_BYTES_MAX = 1 << 20 };

/* Sets the options that the file gives. A key outside `groups` belongs to another command: its
   value is checked and ignored. Fails with EXIT_WRONG_USE, naming file, line and column (counted in
   characters from 1). */
bool definition_read(const char *path, unsigned groups, struct settings *settings,
                     struct arena *arena, struct error *error);

/* The same for a text; errors name `path`. */
bool definition_parse(const char *path, const char *text, unsigned groups,
                      struct settings *settings, struct arena *arena, struct error *error);

#endif
