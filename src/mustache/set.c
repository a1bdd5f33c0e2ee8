/* The templates of one output: loaded, parsed and linked to one another once. */
#include "mustache/mustache.h"

#include "base/error.h"
#include "base/memory.h"
#include "mustache/tree.h"

#include <stdlib.h>
#include <string.h>

struct mustache_set {
    struct mustache_loader *loaders;
    size_t loader_count;
    enum mustache_missing missing;
    struct mustache_template *templates[MUSTACHE_MAX_TEMPLATES];
    size_t count;
};

struct mustache_set *mustache_set_new(const struct mustache_loader *loaders, size_t count,
                                      enum mustache_missing missing)
{
    struct mustache_set *set = memory_new(1, sizeof *set);
    set->loaders = memory_new(count ? count : 1, sizeof *set->loaders);
    for (size_t i = 0; i < count; i++)
        set->loaders[i] = loaders[i];
    set->loader_count = count;
    set->missing = missing;
    return set;
}

static void template_free(struct mustache_template *template)
{
    for (size_t i = 0; i < template->count; i++)
        free(template->nodes[i].name);
    free(template->nodes);
    free(template->name);
    free(template->path);
    free(template->text);
    free(template);
}

void mustache_set_free(struct mustache_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->count; i++)
        template_free(set->templates[i]);
    free(set->loaders);
    free(set);
}

static struct mustache_template *find_template(const struct mustache_set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->templates[i]->name, name) == 0)
            return set->templates[i];
    }
    return NULL;
}

/* Parses and keeps the template; NULL on failure. */
static struct mustache_template *add_template(struct mustache_set *set, const char *name,
                                              const char *path, const char *text, size_t length,
                                              struct error *error)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    if (length > MUSTACHE_MAX_TEMPLATE_BYTES)
        error_set(error, EXIT_WRONG_USE, "%s: the template is larger than %d bytes", path,
                  MUSTACHE_MAX_TEMPLATE_BYTES);
    else if (length > 0 && memchr(text, '\0', length))
        error_set(error, EXIT_WRONG_USE, "%s: the template holds a NUL byte and is no text", path);
    else if (set->count == MUSTACHE_MAX_TEMPLATES)
        error_set(error, EXIT_WRONG_USE, "%s: more than %d templates", path,
                  MUSTACHE_MAX_TEMPLATES);
    else {
        if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0) {
            text += 3;
            length -= 3;
        }
        struct mustache_template *template = memory_new(1, sizeof *template);
        template->name = memory_copy_text(name);
        template->path = memory_copy_text(path);
        template->text = memory_copy_bytes(text, length);
        template->length = length;
        if (mustache_parse(template, error)) {
            set->templates[set->count++] = template;
            return template;
        }
        template_free(template);
    }
    return NULL;
}

bool mustache_add(struct mustache_set *set, const char *name, const char *path, const char *text,
                  size_t length, struct error *error)
{
    if (find_template(set, name))
        return error_set(error, EXIT_WRONG_USE, "%s: there is a template \"%s\" already", path,
                         name);
    return add_template(set, name, path, text, length, error) != NULL;
}

/* Asks the loaders. If none has the name, the set keeps an absent template. NULL on failure;
   `refused` says whether a loader refused it. */
static struct mustache_template *load_template(struct mustache_set *set, const char *name,
                                               bool *refused, struct error *error)
{
    enum mustache_found found = MUSTACHE_ABSENT;
    struct mustache_source source = {0};
    for (size_t i = 0; i < set->loader_count && found == MUSTACHE_ABSENT; i++)
        found = set->loaders[i].load(set->loaders[i].context, name, &source, error);
    *refused = found == MUSTACHE_REFUSED;

    struct mustache_template *template = NULL;
    if (!*refused)
        template = add_template(set, name, source.path ? source.path : name,
                                buffer_text(&source.text), source.text.length, error);
    if (template)
        template->absent = found == MUSTACHE_ABSENT;
    buffer_free(&source.text);
    free(source.path);
    return template;
}

/* Loads the template that the tag `node` of `from` names. */
static bool resolve_node(struct mustache_set *set, const struct mustache_template *from,
                         struct mustache_node *node, struct error *error)
{
    bool refused = false;
    struct mustache_template *target = find_template(set, node->name);
    if (!target)
        target = load_template(set, node->name, &refused, error);
    if (refused)
        return mustache_fail_at(from, node->offset, error);
    if (!target)
        return false;
    if (target->absent && set->missing == MUSTACHE_MISSING_IS_ERROR)
        return mustache_fail(from, node->offset, error, "there is no partial \"%s\"", node->name);
    node->target = target;
    return true;
}

static bool resolve_template(struct mustache_set *set, struct mustache_template *template,
                             struct error *error)
{
    for (size_t i = 0; i < template->count && !template->resolved; i++) {
        struct mustache_node *node = &template->nodes[i];
        bool includes = node->kind == MUSTACHE_PARTIAL || node->kind == MUSTACHE_PARENT;
        if (includes && !resolve_node(set, template, node, error))
            return false;
    }
    template->resolved = true;
    return true;
}

const struct mustache_template *mustache_set_resolve(struct mustache_set *set, const char *name,
                                                     struct error *error)
{
    bool refused;
    struct mustache_template *template = find_template(set, name);
    if (!template)
        template = load_template(set, name, &refused, error);
    if (!template)
        return NULL;
    if (template->absent) {
        error_set(error, EXIT_WRONG_USE, "there is no template \"%s\"", name);
        return NULL;
    }
    /* Templates found during the loop are appended, so the loop reaches them too. */
    for (size_t i = 0; i < set->count; i++) {
        if (!resolve_template(set, set->templates[i], error))
            return NULL;
    }
    return template;
}

bool mustache_check(struct mustache_set *set, const char *name, struct error *error)
{
    return mustache_set_resolve(set, name, error) != NULL;
}

enum mustache_found mustache_table_load(const void *context, const char *name,
                                        struct mustache_source *source, struct error *error)
{
    (void)error;
    for (const struct mustache_entry *entry = context; entry->name; entry++) {
        if (strcmp(entry->name, name) == 0) {
            buffer_append_text(&source->text, entry->text);
            return MUSTACHE_FOUND;
        }
    }
    return MUSTACHE_ABSENT;
}
