#include "model/long_number.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/json_quoted.h"

#include <json-c/json.h>
#include <json-c/json_visit.h>
#include <string.h>

static const char mark[] = "e0";

enum { DIGITS_LEAST = 19 }; /* of a number beyond 64 bits */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Looks at every 19th byte only, and around those that are digits. */
static bool holds_long_run(const char *json, size_t bytes)
{
    for (size_t at = DIGITS_LEAST - 1; at < bytes; at += DIGITS_LEAST) {
        if (!is_digit(json[at]))
            continue;
        size_t start = at;
        while (start > 0 && is_digit(json[start - 1]))
            start--;
        while (at + 1 < bytes && is_digit(json[at + 1]))
            at++;
        if (at + 1 - start >= DIGITS_LEAST)
            return true;
    }
    return false;
}

/* Whether a number, as JSON spells it, is a whole one that does not fit into 64 bits. */
static bool is_beyond(const char *number, size_t bytes)
{
    bool is_negative = *number == '-';
    const char *most = is_negative ? "9223372036854775808" : "18446744073709551615";
    size_t most_digits = strlen(most);
    const char *digits = number + is_negative;
    size_t count = bytes - is_negative;
    for (size_t i = 0; i < count; i++) {
        if (!is_digit(digits[i]))
            return false;
    }
    return count > most_digits || (count == most_digits && strncmp(digits, most, count) > 0);
}

static bool is_of_number(char c)
{
    return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

bool long_number_mark(const char *json, size_t bytes, struct buffer *out)
{
    size_t copied = 0;
    if (!holds_long_run(json, bytes))
        return false;
    for (size_t at = 0; at < bytes;) {
        if (json[at] == '"') {
            at += json_quoted_bytes(json + at, bytes - at);
            continue;
        }
        size_t end = at;
        while (end < bytes && is_of_number(json[end]))
            end++;
        if (end > at && is_beyond(json + at, end - at)) {
            buffer_append(out, json + copied, end - copied);
            buffer_append_text(out, mark);
            copied = end;
        }
        at = end > at ? end : at + 1;
    }
    if (copied == 0)
        return false;
    buffer_append(out, json + copied, bytes - copied);
    return true;
}

static int unmark_value(struct json_object *value, int flags, struct json_object *parent,
                        const char *key, size_t *index, void *context)
{
    (void)parent;
    (void)key;
    (void)index;
    (void)context;
    if (flags == JSON_C_VISIT_SECOND || !json_object_is_type(value, json_type_double))
        return JSON_C_VISIT_RETURN_CONTINUE;
    const char *text = json_object_get_string(value);
    size_t bytes = strlen(text);
    size_t marked = sizeof mark - 1;
    if (bytes > marked && strcmp(text + bytes - marked, mark) == 0 &&
        is_beyond(text, bytes - marked))
        json_object_set_serializer(value, json_object_userdata_to_json_string,
                                   memory_copy_bytes(text, bytes - marked),
                                   json_object_free_userdata);
    return JSON_C_VISIT_RETURN_CONTINUE;
}

void long_number_unmark(struct json_object *root)
{
    json_c_visit(root, 0, unmark_value, NULL);
}

struct json_object *long_number_parse(const char *json)
{
    struct buffer marked = {0};
    bool is_marked = long_number_mark(json, strlen(json), &marked);
    struct json_object *root = json_tokener_parse(is_marked ? buffer_text(&marked) : json);
    if (is_marked)
        long_number_unmark(root);
    buffer_free(&marked);
    return root;
}
