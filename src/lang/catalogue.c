#include "lang/catalogue.h"

#include <json-c/json.h>

static bool find_text(struct catalogue *catalogue, enum text_id id)
{
    struct json_object *text;
    if (!json_object_object_get_ex(catalogue->json, text_keys[id], &text) ||
        !json_object_is_type(text, json_type_string))
        return false;
    catalogue->texts[id] = json_object_get_string(text);
    return catalogue->texts[id][0] != '\0';
}

bool catalogue_read(struct catalogue *catalogue, const struct catalogue_file *file,
                    struct error *error)
{
    catalogue->json = json_tokener_parse(file->json);
    if (!json_object_is_type(catalogue->json, json_type_object)) {
        catalogue_clear(catalogue);
        return error_set(error, EXIT_UNEXPECTED, "lang/%s.json: not a JSON object", file->code);
    }
    for (int i = 0; i < TEXTS; i++) {
        if (!find_text(catalogue, (enum text_id)i)) {
            catalogue_clear(catalogue);
            return error_set(error, EXIT_UNEXPECTED, "lang/%s.json: no text '%s'", file->code,
                             text_keys[i]);
        }
    }
    return true;
}

void catalogue_clear(struct catalogue *catalogue)
{
    json_object_put(catalogue->json);
    *catalogue = (struct catalogue){0};
}
