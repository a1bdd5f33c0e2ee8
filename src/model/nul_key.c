#include "model/nul_key.h"

#include "base/buffer.h"
#include "model/json_quoted.h"

#include <string.h>

static const char escaped[] = "\\u0000";
static const char hidden[] = "\xC0\x80";

enum { ESCAPED_BYTES = sizeof escaped - 1, HIDDEN_BYTES = sizeof hidden - 1 };

static bool holds(const char *bytes, size_t length, const char *part, size_t part_length)
{
    return memmem(bytes, length, part, part_length);
}

static bool is_key(const char *behind, size_t bytes)
{
    size_t at = 0;
    while (at < bytes && strchr(" \t\r\n", behind[at]) && behind[at])
        at++;
    return at < bytes && behind[at] == ':';
}

static bool is_escaped_nul(const char *at, size_t bytes)
{
    return bytes >= ESCAPED_BYTES && memcmp(at, escaped, ESCAPED_BYTES) == 0;
}

/* The bytes of a character or escape: backslashes come in pairs or begin an escape. */
static size_t step(const char *at, size_t bytes)
{
    return is_escaped_nul(at, bytes) ? ESCAPED_BYTES : *at == '\\' && bytes > 1 ? 2 : 1;
}

static bool has_nul(const char *key, size_t bytes)
{
    for (size_t at = 0; at < bytes; at += step(key + at, bytes - at)) {
        if (is_escaped_nul(key + at, bytes - at))
            return true;
    }
    return false;
}

static void append_hidden(const char *key, size_t bytes, struct buffer *out)
{
    for (size_t at = 0; at < bytes; at += step(key + at, bytes - at)) {
        if (is_escaped_nul(key + at, bytes - at))
            buffer_append(out, hidden, HIDDEN_BYTES);
        else
            buffer_append(out, key + at, step(key + at, bytes - at));
    }
}

bool nul_key_hide(const char *json, size_t bytes, struct buffer *out)
{
    size_t copied = 0;
    if (!holds(json, bytes, escaped, ESCAPED_BYTES))
        return false;
    for (size_t at = 0; at < bytes;) {
        if (json[at] != '"') {
            at++;
            continue;
        }
        size_t quoted = json_quoted_bytes(json + at, bytes - at);
        if (is_key(json + at + quoted, bytes - at - quoted) && has_nul(json + at, quoted)) {
            buffer_append(out, json + copied, at - copied);
            append_hidden(json + at, quoted, out);
            copied = at + quoted;
        }
        at += quoted;
    }
    if (copied == 0)
        return false;
    buffer_append(out, json + copied, bytes - copied);
    return true;
}

bool nul_key_is(const char *key)
{
    return strstr(key, hidden);
}

bool nul_key_show(const char *json, size_t bytes, struct buffer *out)
{
    if (!holds(json, bytes, hidden, HIDDEN_BYTES))
        return false;
    for (size_t at = 0; at < bytes;) {
        bool is_nul = bytes - at >= HIDDEN_BYTES && memcmp(json + at, hidden, HIDDEN_BYTES) == 0;
        buffer_append(out, is_nul ? escaped : json + at, is_nul ? ESCAPED_BYTES : 1);
        at += is_nul ? HIDDEN_BYTES : 1;
    }
    return true;
}
