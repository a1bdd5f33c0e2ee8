#include "mustache/value.h"

#include "mustache/mustache.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Copies the name's first part into `key` and returns what follows its dot, NULL if it is the last.
 */
static const char *split_name(const char *name, char key[MUSTACHE_MAX_NAME_BYTES + 1])
{
    size_t length = strcspn(name, ".");
    memcpy(key, name, length);
    key[length] = '\0';
    return name[length] == '.' ? name + length + 1 : NULL;
}

static bool get_member(struct json_object *object, const char *key, struct json_object **value)
{
    return json_object_is_type(object, json_type_object) &&
           json_object_object_get_ex(object, key, value);
}

struct json_object *mustache_look_up(const struct mustache_context *context, const char *name,
                                     size_t *steps)
{
    if (strcmp(name, ".") == 0)
        return context->value;

    char key[MUSTACHE_MAX_NAME_BYTES + 1];
    const char *rest = split_name(name, key);
    struct json_object *value = NULL;
    bool found = false;
    for (; context && !found; context = context->outer) {
        found = get_member(context->value, key, &value);
        (*steps)++;
    }
    /* The first part decides where to look: if the rest is missing there, we do not search further
       out. */
    while (found && rest) {
        rest = split_name(rest, key);
        found = get_member(value, key, &value);
        (*steps)++;
    }
    return found ? value : NULL;
}

bool mustache_holds(struct json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_null:
        return false;
    case json_type_boolean:
        return json_object_get_boolean(value);
    case json_type_int:
        return json_object_get_int64(value) != 0;
    case json_type_double:
        return json_object_get_double(value) != 0.0;
    case json_type_string:
        return json_object_get_string_len(value) > 0;
    case json_type_array:
        return json_object_array_length(value) > 0;
    case json_type_object:
        return true;
    }
    return false;
}

/* The fewest digits that read back as the same number, with a decimal point in every locale. */
static const char *fraction_text(double fraction, struct mustache_number *number)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(number->text, sizeof number->text, "%.*g", digits, fraction);
        if (strtod(number->text, NULL) == fraction)
            break;
    }
    char *comma = strchr(number->text, ',');
    if (comma)
        *comma = '.';
    return number->text;
}

const char *mustache_value_text(struct json_object *value, struct mustache_number *number,
                                size_t *length)
{
    const char *text = "";
    switch (json_object_get_type(value)) {
    case json_type_null:
        break;
    case json_type_string:
        *length = (size_t)json_object_get_string_len(value);
        return json_object_get_string(value);
    case json_type_double:
        text = fraction_text(json_object_get_double(value), number);
        break;
    default:
        return json_object_to_json_string_length(
            value, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, length);
    }
    *length = strlen(text);
    return text;
}

long mustache_list_length(struct json_object *value)
{
    if (!json_object_is_type(value, json_type_array))
        return -1;
    return (long)json_object_array_length(value);
}

struct json_object *mustache_list_item(struct json_object *list, size_t index)
{
    return json_object_array_get_idx(list, index);
}
