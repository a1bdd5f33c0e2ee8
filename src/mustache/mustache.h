/* Mustache templates over JSON values: variables, sections, partials and inheritance, without
   lambdas. Variables are escaped for HTML unless the template says {{{name}}} or {{&name}}.

   A section is not rendered if its value is false, null, 0, "", [] or missing. An error in a
   template is EXIT_WRONG_USE and reads "file:line:column: what". Lines and columns count from 1,
   columns in characters. */
#ifndef ROLLCALL_MUSTACHE_H
#define ROLLCALL_MUSTACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

struct error;
struct json_object;
struct mustache_set;

/* The limits of templates. */
enum {
    MUSTACHE_MAX_TEMPLATE_BYTES = 1024 * 1024,
    MUSTACHE_MAX_NAME_BYTES = 255,
    MUSTACHE_MAX_DELIMITER_BYTES = 32,
    MUSTACHE_MAX_PIECES = 256 * 1024, /* tags and lines of one template */
    MUSTACHE_MAX_SECTION_DEPTH = 64,  /* sections, blocks and parents inside one another */
    MUSTACHE_MAX_PARTIAL_DEPTH = 32,  /* partials and parents including one another */
    MUSTACHE_MAX_TEMPLATES = 256,     /* in one set */
    MUSTACHE_MAX_OUTPUT_BYTES = 16 * 1024 * 1024,
    MUSTACHE_MAX_STEPS = 20 * 1000 * 1000, /* pieces and loop turns rendered, names compared */
};

/* The text of a template, found by a loader. */
struct mustache_source {
    struct buffer text;
    char *path; /* its name in error messages; NULL: the template's name */
};

enum mustache_found {
    MUSTACHE_FOUND,
    MUSTACHE_ABSENT, /* the set asks the next loader */
    MUSTACHE_REFUSED /* the error says why */
};

/* Finds the text of a partial or parent by its name. */
struct mustache_loader {
    enum mustache_found (*load)(const void *context, const char *name,
                                struct mustache_source *source, struct error *error);
    const void *context; /* borrowed; outlives the set */
};

/* What happens to a partial that no loader has. */
enum mustache_missing { MUSTACHE_MISSING_IS_EMPTY, MUSTACHE_MISSING_IS_ERROR };

/* Templates that can include one another, each loaded and parsed once. Copies the loaders and asks
   them in order. Free the set with mustache_set_free(). */
struct mustache_set *mustache_set_new(const struct mustache_loader *loaders, size_t count,
                                      enum mustache_missing missing);

/* NULL is allowed. */
void mustache_set_free(struct mustache_set *set);

/* Parses `text` as the template `name`, which must be new to the set. Error messages call it
   `path`. Copies both and the text. */
bool mustache_add(struct mustache_set *set, const char *name, const char *path, const char *text,
                  size_t length, struct error *error);

/* The same with the text of the file at `path`, which may be anywhere: the user named it. */
bool mustache_add_file(struct mustache_set *set, const char *name, const char *path,
                       struct error *error);

/* Loads the template `name` and every one that it includes, and finds their errors without
 * rendering. */
bool mustache_check(struct mustache_set *set, const char *name, struct error *error);

/* Checks the template `name` and appends it, filled from `data` (NULL is JSON's null), to `out`. On
   failure `out` is unchanged. */
bool mustache_render(struct mustache_set *set, const char *name, struct json_object *data,
                     struct buffer *out, struct error *error);

/* Loads from a table that ends with a NULL name: the loader's context is its first entry. */
struct mustache_entry {
    const char *name;
    const char *text;
};

enum mustache_found mustache_table_load(const void *context, const char *name,
                                        struct mustache_source *source, struct error *error);

/* Loads NAME.mustache from one folder and from nowhere else: the loader's context is the folder. It
   refuses links, anything but plain files, and names that could lead out of the folder. */
struct mustache_folder {
    int descriptor;
    char *path;
};

/* Close the folder with mustache_folder_close() when no set uses it any more, even after a
   failure. */
bool mustache_folder_open(struct mustache_folder *folder, const char *path, struct error *error);

void mustache_folder_close(struct mustache_folder *folder);

enum mustache_found mustache_folder_load(const void *context, const char *name,
                                         struct mustache_source *source, struct error *error);

#endif
