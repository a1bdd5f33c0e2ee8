#include "json_text.h"

#include <string.h>

static void escape(struct buffer *json, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    const char unicode[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    switch (c) {
    case '"':
        buffer_append_text(json, "\\\"");
        break;
    case '\\':
        buffer_append_text(json, "\\\\");
        break;
    case '\n':
        buffer_append_text(json, "\\n");
        break;
    default:
        buffer_append(json, unicode, sizeof unicode);
    }
}

void json_text(struct buffer *json, const char *text)
{
    if (!text) {
        buffer_append_text(json, "null");
        return;
    }
    buffer_append_char(json, '"');
    const char *plain = text;
    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buffer_append(json, plain, (size_t)(at - plain));
        escape(json, c);
        plain = at + 1;
    }
    buffer_append_text(json, plain);
    buffer_append_char(json, '"');
}

void json_number(struct buffer *json, int64_t number)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        *--at = '-';
    buffer_append(json, at, (size_t)(digits + sizeof digits - at));
}
