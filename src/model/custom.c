#include "model/custom.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "model/long_number.h"
#include "model/nul_key.h"

#include <json-c/json.h>
#include <math.h>
#include <string.h>

static struct json_object *parse(const char *json)
{
    struct buffer hidden = {0};
    bool is_hidden = nul_key_hide(json, strlen(json), &hidden);
    struct json_object *root = long_number_parse(is_hidden ? buffer_text(&hidden) : json);
    buffer_free(&hidden);
    return root;
}

struct json_object *custom_parse(const char *json)
{
    struct json_object *custom = json ? parse(json) : NULL;
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
    struct buffer shown = {0};
    bool is_shown = nul_key_show(json, length, &shown);
    const char *kept =
        is_shown ? utf8_keep(shown.bytes, shown.length, arena) : utf8_keep(json, length, arena);
    buffer_free(&shown);
    return kept;
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
