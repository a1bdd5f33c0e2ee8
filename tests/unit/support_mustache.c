#include "support_mustache.h"

#include <json-c/json.h>
#include <stdint.h>
#include <string.h>

/* Partials from a JSON object of name to text. */
static enum mustache_found load_from_json(const void *context, const char *name,
                                          struct mustache_source *source, struct error *error)
{
    (void)error;
    struct json_object *text;
    /* json-c reads through pointers that are not const. */
    struct json_object *partials = (struct json_object *)(uintptr_t)context;
    if (!json_object_object_get_ex(partials, name, &text))
        return MUSTACHE_ABSENT;
    buffer_append_text(&source->text, json_object_get_string(text));
    return MUSTACHE_FOUND;
}

bool support_render(const char *text, struct json_object *partials, struct json_object *data,
                    enum mustache_missing missing, struct buffer *out, struct error *error)
{
    const struct mustache_loader loader = {load_from_json, partials};
    struct mustache_set *set = mustache_set_new(&loader, 1, missing);
    bool done = mustache_add(set, "t", "t.mustache", text, strlen(text), error) &&
                mustache_render(set, "t", data, out, error);
    mustache_set_free(set);
    return done;
}
