/* The texts of one language, read from its JSON file of `templates/lang/`. */
#ifndef ROLLCALL_CATALOGUE_H
#define ROLLCALL_CATALOGUE_H

#include "base/error.h"
#include "lang/text.h"

#include <stdbool.h>

struct json_object;

struct catalogue {
    struct json_object *json; /* owns the texts */
    const char *texts[TEXTS];
};

/* The files, compiled in. Made by the build; ends with a NULL code. */
struct catalogue_file {
    const char *code; /* "zh-Hans" */
    const char *json;
};

extern const struct catalogue_file catalogue_files[];

/* Fails with EXIT_UNEXPECTED, naming the key, if a text is missing or empty. */
bool catalogue_read(struct catalogue *catalogue, const struct catalogue_file *file,
                    struct error *error);

/* {0} is allowed. */
void catalogue_clear(struct catalogue *catalogue);

#endif
