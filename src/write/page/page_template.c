#include "write/page/page_template.h"

#include "base/memory.h"
#include "mustache/mustache.h"
#include "write/page/page_templates.h"

#include <stdlib.h>
#include <string.h>

struct page_template {
    char *name; /* its name in the set */
    struct mustache_folder folder;
    struct mustache_set *set;
};

static const struct mustache_loader built_in = {mustache_table_load, page_templates};

static bool open_built_in(struct page_template *template, struct error *error)
{
    template->name = memory_copy_text("summary");
    template->set = mustache_set_new(&built_in, 1, MUSTACHE_MISSING_IS_ERROR);
    return mustache_check(template->set, template->name, error);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return memory_copy_text(".");
    return memory_copy_bytes(path, slash == path ? 1 : (size_t)(slash - path));
}

/* Gives the file a name that no tag can contain: otherwise it would replace a built-in template of
   the same name that it includes. */
static bool open_file(struct page_template *template, const char *path, struct error *error)
{
    const struct mustache_loader loaders[] = {{mustache_folder_load, &template->folder}, built_in};
    char *folder = folder_of(path);
    bool ok = mustache_folder_open(&template->folder, folder, error);
    free(folder);
    template->name = memory_copy_text(" ");
    template->set = mustache_set_new(loaders, 2, MUSTACHE_MISSING_IS_ERROR);
    return ok && mustache_add_file(template->set, template->name, path, error) &&
           mustache_check(template->set, template->name, error);
}

bool page_template_open(struct page_template **opened, const char *path, struct error *error)
{
    struct page_template *template = memory_new(1, sizeof *template);
    template->folder.descriptor = -1;
    bool ok = path ? open_file(template, path, error) : open_built_in(template, error);
    if (ok)
        *opened = template;
    else
        page_template_free(template);
    return ok;
}

void page_template_free(struct page_template *template)
{
    if (!template)
        return;
    mustache_set_free(template->set);
    mustache_folder_close(&template->folder);
    free(template->name);
    free(template);
}

bool page_template_render(struct page_template *template, struct json_object *view,
                          struct buffer *html, struct error *error)
{
    return mustache_render(template->set, template->name, view, html, error);
}
