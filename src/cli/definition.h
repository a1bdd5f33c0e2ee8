/* Definition files: JSON (comments allowed) whose keys are options. */
#ifndef ROLLCALL_DEFINITION_H
#define ROLLCALL_DEFINITION_H

#include "base/arena.h"
#include "base/error.h"
#include "cli/settings.h"

#include <stdbool.h>

enum { DEFINITION_BYTES_MAX = 1 << 20 };

/* Sets the options that the file tells. Keys of other groups than `groups` belong to other
   commands: their values are checked and passed over. Fails with EXIT_WRONG_USE, naming file, line
   and column (counted in characters from 1). */
bool definition_read(const char *path, unsigned groups, struct settings *settings,
                     struct arena *arena, struct error *error);

/* The same for a text; `path` is only named. */
bool definition_parse(const char *path, const char *text, unsigned groups,
                      struct settings *settings, struct arena *arena, struct error *error);

#endif
