/* The template of summary.html: the built-in one, or a user's file. */
#ifndef ROLLCALL_PAGE_TEMPLATE_H
#define ROLLCALL_PAGE_TEMPLATE_H

#include "base/error.h"

#include <stdbool.h>

struct buffer;
struct json_object;
struct page_template;

/* Reads the template and all its partials. A NULL `path` is the built-in template. Looks for a
   partial in the file's folder, then among the built-in ones. Fails with EXIT_WRONG_USE, naming
   file, line and column. */
bool page_template_open(struct page_template **opened, const char *path, struct error *error);

/* NULL is allowed. */
void page_template_free(struct page_template *template);

/* Appends the page. */
bool page_template_render(struct page_template *template, struct json_object *view,
                          struct buffer *html, struct error *error);

#endif
