#include "base/escape.h"

#include <string.h>

#include "base/buffer.h"

static const char replacement_character[] = "\xEF\xBF\xBD";

/* XML forbids the C0 controls except TAB, LF and CR, the surrogates, U+FFFE and U+FFFF. */
size_t xml_forbidden(const char *bytes, size_t length)
{
    unsigned char first = (unsigned char)bytes[0];
    if (first < 0x20)
        return first == '\t' || first == '\n' || first == '\r' ? 0 : 1;
    if (length < 3 || (first != 0xED && first != 0xEF))
        return 0;
    unsigned char second = (unsigned char)bytes[1];
    unsigned char third = (unsigned char)bytes[2];
    bool surrogate = first == 0xED && second >= 0xA0;
    bool noncharacter = first == 0xEF && second == 0xBF && third >= 0xBE;
    return surrogate || noncharacter ? 3 : 0;
}

/* The character reference for `c`, or NULL if it can stand as it is. */
static const char *html_reference(enum escape_context context, char c)
{
    bool attribute = context == ESCAPE_HTML_ATTRIBUTE;
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\t':
        return attribute ? "&#9;" : NULL;
    case '\n':
        return attribute ? "&#10;" : NULL;
    case '\r':
        return attribute ? "&#13;" : NULL;
    default:
        return NULL;
    }
}

static void append_html(enum escape_context context, const char *bytes, size_t length,
                        struct buffer *out)
{
    size_t kept_from = 0;
    size_t at = 0;
    while (at < length) {
        const char *instead = html_reference(context, bytes[at]);
        size_t replaced_bytes = 1;
        if (!instead) {
            replaced_bytes = xml_forbidden(bytes + at, length - at);
            instead = replacement_character;
        }
        if (replaced_bytes == 0) {
            at++;
            continue;
        }
        buffer_append(out, bytes + kept_from, at - kept_from);
        buffer_append_text(out, instead);
        at += replaced_bytes;
        kept_from = at;
    }
    buffer_append(out, bytes + kept_from, length - kept_from);
}

/* Not isalnum(), which depends on the locale. */
static bool is_unreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static void append_url_component(const char *bytes, size_t length, struct buffer *out)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t at = 0; at < length; at++) {
        if (is_unreserved(bytes[at])) {
            buffer_append_char(out, bytes[at]);
            continue;
        }
        unsigned char byte = (unsigned char)bytes[at];
        const char encoded[] = {'%', digits[byte >> 4], digits[byte & 0x0F]};
        buffer_append(out, encoded, sizeof encoded);
    }
}

static bool stands_in_json(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\';
}

/* Escapes only what must be escaped, in the shorter of two forms: so each text has one spelling. */
static void append_json_escape(char c, struct buffer *out)
{
    static const char short_for[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    const char *found = c ? strchr(short_for, c) : NULL;
    if (found) {
        buffer_append_char(out, '\\');
        buffer_append_char(out, letters[found - short_for]);
    } else {
        buffer_print(out, "\\u%04x", (unsigned char)c);
    }
}

static void append_json_string(const char *bytes, size_t length, struct buffer *out)
{
    size_t kept_from = 0;
    for (size_t at = 0; at < length; at++) {
        if (stands_in_json(bytes[at]))
            continue;
        buffer_append(out, bytes + kept_from, at - kept_from);
        append_json_escape(bytes[at], out);
        kept_from = at + 1;
    }
    buffer_append(out, bytes + kept_from, length - kept_from);
}

/* A telephone number as E.164 writes it: a plus sign and 2 to 15 digits. The first digit is not
   0. */
static bool is_e164(const char *bytes, size_t length)
{
    if (length < 3 || length > 16 || bytes[0] != '+' || bytes[1] == '0')
        return false;
    for (size_t at = 1; at < length; at++) {
        if (bytes[at] < '0' || bytes[at] > '9')
            return false;
    }
    return true;
}

bool escape_suspects_formula(const char *bytes, size_t length)
{
    if (length == 0)
        return false;
    switch (bytes[0]) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
        return !is_e164(bytes, length);
    default:
        return false;
    }
}

static void append_spreadsheet_cell(const char *bytes, size_t length, struct buffer *out)
{
    if (escape_suspects_formula(bytes, length))
        buffer_append_char(out, '\'');
    buffer_append(out, bytes, length);
}

void escape_append(enum escape_context context, const char *text, struct buffer *out)
{
    escape_append_bytes(context, text, strlen(text), out);
}

void escape_append_bytes(enum escape_context context, const char *bytes, size_t length,
                         struct buffer *out)
{
    switch (context) {
    case ESCAPE_NONE:
        buffer_append(out, bytes, length);
        break;
    case ESCAPE_HTML_TEXT:
    case ESCAPE_HTML_ATTRIBUTE:
        append_html(context, bytes, length, out);
        break;
    case ESCAPE_URL_COMPONENT:
        append_url_component(bytes, length, out);
        break;
    case ESCAPE_JSON_STRING:
        append_json_string(bytes, length, out);
        break;
    case ESCAPE_SPREADSHEET_CELL:
        append_spreadsheet_cell(bytes, length, out);
        break;
    }
}

size_t xml_clean(const char *text, struct buffer *out)
{
    size_t length = strlen(text);
    size_t replaced = 0;
    size_t kept_from = 0;
    size_t at = 0;
    while (at < length) {
        size_t bad_bytes = xml_forbidden(text + at, length - at);
        if (bad_bytes == 0) {
            at++;
            continue;
        }
        buffer_append(out, text + kept_from, at - kept_from);
        buffer_append_text(out, replacement_character);
        replaced++;
        at += bad_bytes;
        kept_from = at;
    }
    buffer_append(out, text + kept_from, length - kept_from);
    return replaced;
}
