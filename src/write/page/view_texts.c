/* The catalogue's texts by their keys: a template writes {{text.report.title}}. */
#include "base/memory.h"
#include "write/page/view_parts.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

/* The object of that name; makes it if there is none. */
static struct json_object *get_object(struct json_object *parent, const char *name)
{
    struct json_object *object;
    if (!json_object_object_get_ex(parent, name, &object)) {
        object = json_object_new_object();
        json_object_object_add(parent, name, object);
    }
    return object;
}

struct json_object *view_texts(const struct report *report)
{
    struct json_object *texts = json_object_new_object();
    for (int id = 0; id < TEXTS; id++) {
        char *key = memory_copy_text(text_keys[id]);
        struct json_object *object = texts;
        char *part = key;
        for (char *dot; (dot = strchr(part, '.')); part = dot + 1) {
            *dot = '\0';
            object = get_object(object, part);
        }
        view_add_text(object, part, language_text(report->language, (enum text_id)id));
        free(key);
    }
    return texts;
}
