/* Makes a text safe for the place that it is written to. */
#ifndef ROLLCALL_ESCAPE_H
#define ROLLCALL_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

/* The place. Texts are valid UTF-8; characters that XML 1.0 forbids become U+FFFD in HTML. */
enum escape_context {
    ESCAPE_NONE,            /* unchanged: only for a text that is markup already */
    ESCAPE_HTML_TEXT,       /* between tags, or inside a quoted attribute */
    ESCAPE_HTML_ATTRIBUTE,  /* the same, and TAB, LF and CR survive the normalising of attributes */
    ESCAPE_URL_COMPONENT,   /* one segment, name or value of a URL: RFC 3986 unreserved is kept */
    ESCAPE_JSON_STRING,     /* between the quotes of a JSON string: RFC 8259, section 7 */
    ESCAPE_SPREADSHEET_CELL /* a cell of a CSV: no spreadsheet takes it for a formula */
};

/* Appends the text as `context` needs it. */
void escape_append(enum escape_context context, const char *text, struct buffer *out);

/* The same for a text that may hold NUL characters. */
void escape_append_bytes(enum escape_context context, const char *bytes, size_t length,
                         struct buffer *out);

/* Whether a spreadsheet could take the text for a formula: then ESCAPE_SPREADSHEET_CELL changes
   it. */
bool escape_suspects_formula(const char *bytes, size_t length);

/* The length of the character at `bytes` if XML 1.0 forbids it: 1 or 3 bytes. 0 if XML allows it.
   `length` is at least 1. */
size_t xml_forbidden(const char *bytes, size_t length);

/* Appends the text with every character that XML 1.0 forbids replaced by U+FFFD. Returns how many
   were replaced; if 0, the original can be used unchanged. */
size_t xml_clean(const char *text, struct buffer *out);

#endif
