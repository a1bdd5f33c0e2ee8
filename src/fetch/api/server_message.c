#include "fetch/api/server_message.h"

#include "base/buffer.h"
#include "base/shown.h"

#include <json-c/json.h>

/* A word of the server's own: a text, or a number such as a code. */
static void append_word(struct json_object *value, struct buffer *out)
{
    if (!json_object_is_type(value, json_type_string) &&
        !json_object_is_type(value, json_type_int) && !json_object_is_type(value, json_type_double))
        return;
    struct buffer word = {0};
    const char *text = json_object_get_string(value);
    shown_append(text, shown_whole_bytes(text, SERVER_MESSAGE_BYTES_MAX), &word);
    if (word.length > 0 && out->length > 0)
        buffer_append_text(out, "; ");
    buffer_append(out, buffer_text(&word), word.length);
    buffer_free(&word);
}

static void append_message(struct json_object *value, int depth, struct buffer *out);

/* The first of the usual members that says anything. */
static void append_member(struct json_object *object, int depth, struct buffer *out)
{
    static const char *const keys[] = {"message",           "error",         "errors", "msg",
                                       "error_description", "error_message", "detail", "title"};
    size_t before = out->length;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && out->length == before; i++)
        append_message(json_object_object_get(object, keys[i]), depth, out);
}

/* Errors come as texts, as objects that hold a message, and as lists of both. */
static void append_message(struct json_object *value, int depth, struct buffer *out)
{
    enum { DEPTH_MAX = 3 };
    if (depth == DEPTH_MAX || out->length > SERVER_MESSAGE_BYTES_MAX)
        return;
    if (json_object_is_type(value, json_type_object)) {
        append_member(value, depth + 1, out);
    } else if (json_object_is_type(value, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(value); i++)
            append_message(json_object_array_get_idx(value, i), depth + 1, out);
    } else {
        append_word(value, out);
    }
}

void server_message_append(struct json_object *root, struct buffer *out)
{
    if (json_object_is_type(root, json_type_object))
        append_member(root, 0, out);
}
