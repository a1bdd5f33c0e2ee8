/* The templates of `templates/`, compiled in. Made by the build. */
#ifndef ROLLCALL_PAGE_TEMPLATES_H
#define ROLLCALL_PAGE_TEMPLATES_H

#include "mustache/mustache.h"

extern const struct mustache_entry page_templates[]; /* ends with a NULL name */

#endif
