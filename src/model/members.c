#include "model/members.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "model/decode_value.h"
#include "model/nul_key.h"

#include <json-c/json.h>
#include <string.h>

enum { TO_TEXT_FLAGS = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE };

void decoding_warn(struct decoding *decoding, enum warning warning)
{
    decoding->warnings->counts[warning]++;
}

const char *decoding_keep_text(struct decoding *decoding, const char *bytes, size_t length)
{
    if (length == 0)
        return "";
    if (utf8_is_clean(bytes, length))
        return arena_copy(decoding->arena, bytes, length);
    decoding_warn(decoding, WARNING_INVALID_TEXT);
    return utf8_keep(bytes, length, decoding->arena);
}

const char *decoding_keep_json(struct decoding *decoding, struct json_object *value)
{
    size_t length;
    const char *text = json_object_to_json_string_length(value, TO_TEXT_FLAGS, &length);
    struct buffer shown = {0};
    bool is_shown = nul_key_show(text, length, &shown);
    const char *kept = is_shown ? decoding_keep_text(decoding, shown.bytes, shown.length)
                                : decoding_keep_text(decoding, text, length);
    buffer_free(&shown);
    return kept;
}

const char *decoding_keep_rest(struct decoding *decoding, struct json_object *rest)
{
    const char *text = rest ? decoding_keep_json(decoding, rest) : NULL;
    json_object_put(rest);
    return text;
}

/* Objects mostly have their members in the same order, so the search starts where the last member
   was found. */
static const struct member *find_member(const struct member *members, const struct member *start,
                                        const char *key)
{
    for (const struct member *member = start; member->key; member++) {
        if (*member->key == *key && strcmp(member->key, key) == 0)
            return member;
    }
    for (const struct member *member = members; member < start; member++) {
        if (*member->key == *key && strcmp(member->key, key) == 0)
            return member;
    }
    return NULL;
}

struct json_object *members_take(struct decoding *decoding, struct json_object *object,
                                 const struct member *members, void *out)
{
    const unsigned flags = JSON_C_OBJECT_ADD_KEY_IS_NEW | JSON_C_OBJECT_ADD_CONSTANT_KEY;
    struct json_object *rest = NULL;
    const struct member *next = members;
    json_object_object_foreach(object, key, value)
    {
        struct json_object *left;
        const struct member *member = find_member(members, next, key);
        if (member) {
            next = member + 1;
            left = member->take(decoding, value, (char *)out + member->offset);
            if (!left)
                continue;
        } else {
            left = json_object_get(value);
        }
        if (!rest)
            rest = json_object_new_object();
        json_object_object_add_ex(rest, key, left, flags);
    }
    return rest;
}

struct json_object *member_leave(struct decoding *decoding, struct json_object *value,
                                 enum warning why)
{
    decoding_warn(decoding, why);
    return json_object_get(value);
}

bool member_is_empty_list(struct json_object *value)
{
    return json_object_is_type(value, json_type_array) && json_object_array_length(value) == 0;
}

struct json_object *members_take_inner(struct decoding *decoding, struct json_object *value,
                                       const struct member *members, void *out)
{
    if (!value || member_is_empty_list(value))
        return NULL;
    if (!json_object_is_type(value, json_type_object))
        return member_leave(decoding, value, WARNING_UNREADABLE_FIELD);
    return members_take(decoding, value, members, out);
}

struct json_object *member_nothing(struct decoding *decoding, struct json_object *value, void *out)
{
    (void)decoding;
    (void)value;
    (void)out;
    return NULL;
}

struct json_object *member_text(struct decoding *decoding, struct json_object *value, void *out)
{
    const char **text = out;
    switch (json_object_get_type(value)) {
    case json_type_null:
        return NULL;
    case json_type_string:
        *text = decoding_keep_text(decoding, json_object_get_string(value),
                                   (size_t)json_object_get_string_len(value));
        return NULL;
    case json_type_array:
    case json_type_object:
        return member_leave(decoding, value, WARNING_UNREADABLE_FIELD);
    default:
        *text = decoding_keep_json(decoding, value);
        return NULL;
    }
}

struct json_object *member_time(struct decoding *decoding, struct json_object *value, void *out)
{
    int64_t *seconds = out;
    enum time_reading reading = decode_time(value, seconds);
    if (reading == TIME_READ_FINER)
        decoding_warn(decoding, WARNING_FINER_TIME);
    return reading == TIME_UNREADABLE ? member_leave(decoding, value, WARNING_UNREADABLE_TIME)
                                      : NULL;
}

struct json_object *member_truth(struct decoding *decoding, struct json_object *value, void *out)
{
    bool *truth = out;
    bool ok = decode_truth(value, truth);
    return ok ? NULL : member_leave(decoding, value, WARNING_UNREADABLE_FIELD);
}
