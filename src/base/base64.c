#include "base/base64.h"

#include "base/buffer.h"

#include <stdint.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(const char *bytes, size_t length, struct buffer *out)
{
    for (size_t at = 0; at < length; at += 3) {
        size_t taken = length - at < 3 ? length - at : 3;
        uint32_t group = 0;
        for (size_t i = 0; i < 3; i++)
            group = group << 8 | (i < taken ? (unsigned char)bytes[at + i] : 0);
        for (size_t i = 0; i < 4; i++)
            buffer_append_char(out, i <= taken ? alphabet[group >> (18 - 6 * i) & 63] : '=');
    }
}

/* 0 to 63, or -1. */
static int value_of(char c)
{
    if (c == '-')
        return 62;
    if (c == '_')
        return 63;
    const char *place = c ? strchr(alphabet, c) : NULL;
    return place ? (int)(place - alphabet) : -1;
}

void base64_decode(const char *text, size_t length, struct buffer *out)
{
    uint32_t bits = 0;
    int bit_count = 0;
    for (size_t at = 0; at < length && base64_has(text[at]); at++) {
        bits = (bits << 6 | (uint32_t)value_of(text[at])) & 0xFFFF;
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            buffer_append_char(out, (char)(bits >> bit_count & 0xFF));
        }
    }
}

bool base64_has(char c)
{
    return value_of(c) >= 0;
}
