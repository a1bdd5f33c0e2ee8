#include "model/custom.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "model/long_number.h"

#include <json-c/json.h>
#include <math.h>

struct json_object *custom_parse(const char *json)
{
    struct json_object *custom = json ? long_number_parse(json) : NULL;
    if (custom && !json_object_is_type(custom, json_type_object)) {
        json_object_put(custom);
        return NULL;
    }
    return custom;
}

static const char *keep_json(struct arena *arena, struct json_object *value)
{
    size_t length;
    const char *json = json_object_to_json_string_length(
        value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &length);
    return utf8_keep(json, length, arena);
}

struct cell custom_cell(struct json_object *custom, const char *key, struct arena *arena)
{
    struct json_object *value = custom ? json_object_object_get(custom, key) : NULL;
    struct cell cell = {.kind = CELL_EMPTY};
    switch (json_object_get_type(value)) {
    case json_type_null:
        break;
    case json_type_boolean:
        cell.kind = CELL_BOOLEAN;
        cell.truth = json_object_get_boolean(value);
        break;
    case json_type_string:
        cell = cell_of_text(utf8_keep(json_object_get_string(value),
                                      (size_t)json_object_get_string_len(value), arena));
        break;
    case json_type_int:
    case json_type_double:
        cell.number = json_object_get_double(value);
        cell.text = keep_json(arena, value);
        cell.kind = isfinite(cell.number) ? CELL_NUMBER : CELL_TEXT;
        break;
    default:
        cell = cell_of_text(keep_json(arena, value));
    }
    return cell;
}

void custom_free(struct json_object *custom)
{
    json_object_put(custom);
}
