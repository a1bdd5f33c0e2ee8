#include "write/workbook/cell_text.h"

#include <string.h>

enum { CELL_UNITS_MAX = 32767 }; /* of UTF-16, as Excel counts */

const char cell_text_underscore[] = "_x005F_";

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool cell_text_is_escape(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && is_hex(text[2]) && is_hex(text[3]) &&
           is_hex(text[4]) && is_hex(text[5]) && (text[6] == '_' || text[6] == '\r');
}

size_t cell_text_fitting(const char *text)
{
    const size_t escaping = sizeof cell_text_underscore - sizeof "_";
    size_t units = CELL_UNITS_MAX;
    size_t at = 0;
    while (text[at]) {
        unsigned char first = (unsigned char)text[at];
        size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        bytes = strnlen(text + at, bytes); /* a snapshot from elsewhere may hold a cut character */
        size_t needed = (bytes == 4 ? 2 : 1) + (cell_text_is_escape(text + at) ? escaping : 0);
        if (needed > units)
            break;
        units -= needed;
        at += bytes;
    }
    return at;
}

size_t cell_text_units(const char *text)
{
    size_t units = 0;
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        units += (byte & 0xC0) == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1;
    }
    return units;
}
