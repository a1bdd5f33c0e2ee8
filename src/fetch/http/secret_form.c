#include "fetch/http/secret_form.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    NOTHING = -1,
    DEPTH_MAX = 2, /* a URL that another URL holds as a parameter is encoded twice */
    NAME_BYTES_MAX = 8,
};

static int take(const char **at, int depth);

/* The number that so many hexadecimal digits make. */
static int take_hex(const char **at, int depth, int digits)
{
    char text[5] = "";
    for (int i = 0; i < digits; i++) {
        int c = take(at, depth);
        if (c == NOTHING || !strchr("0123456789abcdefABCDEF", c))
            return NOTHING;
        text[i] = (char)c;
    }
    return (int)strtol(text, NULL, 16);
}

/* Behind a backslash. Only ASCII is ever written so where it need not be. */
static int take_json(const char **at, int depth)
{
    int c = take(at, depth);
    if (c == 'u') {
        int code = take_hex(at, depth, 4);
        return code < 0x80 ? code : NOTHING;
    }
    return c != NOTHING && strchr("\"\\/'", c) ? c : NOTHING;
}

/* Behind an ampersand. */
static int take_html(const char **at, int depth)
{
    static const struct {
        const char *name;
        char c;
    } names[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    char name[NAME_BYTES_MAX + 1] = "";
    int c;
    for (size_t i = 0; (c = take(at, depth)) != ';'; i++) {
        if (c == NOTHING || i == NAME_BYTES_MAX)
            return NOTHING;
        name[i] = (char)c;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i].name) == 0)
            return names[i].c;
    }
    bool is_hex = name[0] == '#' && (name[1] == 'x' || name[1] == 'X');
    long code = name[0] != '#' ? 0 : strtol(name + (is_hex ? 2 : 1), NULL, is_hex ? 16 : 10);
    return code > 0 && code < 0x80 ? (int)code : NOTHING;
}

/* The next character, which may be encoded up to `depth` times; NOTHING at the end. */
static int take(const char **at, int depth)
{
    if (depth == 0)
        return **at ? (unsigned char)*(*at)++ : NOTHING;
    int c = take(at, depth - 1);
    const char *behind = *at;
    int decoded = c == '%'    ? take_hex(at, depth - 1, 2)
                  : c == '\\' ? take_json(at, depth - 1)
                  : c == '&'  ? take_html(at, depth - 1)
                              : c;
    if (decoded != NOTHING)
        return decoded;
    *at = behind;
    return c;
}

/* In a form a blank is a plus sign, and base64 has an alphabet for URLs. */
static bool is_same(int c, unsigned char expected)
{
    switch (expected) {
    case ' ':
        return c == ' ' || c == '+';
    case '+':
        return c == '+' || c == '-';
    case '/':
        return c == '/' || c == '_';
    default:
        return c == expected;
    }
}

/* Not everything that looks encoded is: a secret may hold "%41" itself. */
static bool take_expected(const char **at, int depth, char expected)
{
    for (; depth >= 0; depth--) {
        const char *behind = *at;
        if (is_same(take(&behind, depth), (unsigned char)expected)) {
            *at = behind;
            return true;
        }
    }
    return false;
}

static size_t bytes_at_depth(const char *text, const char *secret, int depth)
{
    const char *at = text;
    const char *expected = secret;
    while (*expected && take_expected(&at, depth, *expected))
        expected++;
    bool is_cut_off = *at == '\0' && expected - secret >= SECRET_BYTES_MIN;
    return *expected == '\0' || is_cut_off ? (size_t)(at - text) : 0;
}

size_t secret_form_bytes(const char *text, const char *secret)
{
    size_t bytes = 0;
    for (int depth = 0; depth <= DEPTH_MAX && bytes == 0; depth++)
        bytes = bytes_at_depth(text, secret, depth);
    return bytes;
}
