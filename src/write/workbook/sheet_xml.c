#include "write/workbook/sheet_xml.h"

#include "base/buffer.h"
#include "base/digits.h"
#include "base/escape.h"
#include "base/iso8601.h"
#include "base/memory.h"
#include "base/number.h"
#include "write/workbook/cell_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LETTERS_MAX = 4,       /* "XFD" is the last column; one for the NUL */
    MARKUP_BYTES_MAX = 160 /* around a cell's content */
};

struct sheet_xml {
    char row[DIGITS_MAX];
    size_t row_length;
    char letters[][LETTERS_MAX]; /* the names of the columns */
};

static void name_column(size_t column, char letters[static LETTERS_MAX])
{
    enum { ALPHABET = 26 };
    size_t length = 0;
    for (size_t left = column + 1; left > 0; left = (left - 1) / ALPHABET)
        length++;
    letters[length] = '\0';
    for (size_t left = column + 1; left > 0; left = (left - 1) / ALPHABET)
        letters[--length] = (char)('A' + (left - 1) % ALPHABET);
}

struct sheet_xml *sheet_xml_new(size_t columns)
{
    struct sheet_xml *sheet =
        memory_new(1, sizeof(struct sheet_xml) + columns * sizeof *sheet->letters);
    for (size_t i = 0; i < columns; i++)
        name_column(i, sheet->letters[i]);
    return sheet;
}

/* These write to `at`, which has room enough, and return the end of what they wrote. */

static char *put(char *at, const char *bytes, size_t length)
{
    memcpy(at, bytes, length);
    return at + length;
}

static char *put_literal(char *at, const char *text)
{
    return put(at, text, strlen(text));
}

void sheet_xml_begin_row(struct sheet_xml *sheet, uint32_t row, struct buffer *out)
{
    char *start = buffer_reserve(out, MARKUP_BYTES_MAX);
    sheet->row_length = (size_t)(digits_put(sheet->row, row) - sheet->row);
    char *at = put_literal(start, "<row r=\"");
    at = put(at, sheet->row, sheet->row_length);
    at = put_literal(at, "\">");
    out->length += (size_t)(at - start);
}

void sheet_xml_end_row(struct buffer *out)
{
    buffer_append_text(out, "</row>");
}

/* Writes a cell up to the end of its style, leaving the quotation mark open. */
static char *put_start(char *at, const struct sheet_xml *sheet, size_t column, int style)
{
    at = put_literal(at, "<c r=\"");
    at = put_literal(at, sheet->letters[column]);
    at = put(at, sheet->row, sheet->row_length);
    at = put_literal(at, "\" s=\"");
    return digits_put(at, (uint64_t)style);
}

/* Bytes that cannot be copied: markup, escapes, controls, and bytes that may begin a forbidden
   character. */
static const bool is_special[256] = {
    [0x00] = true, [0x01] = true, [0x02] = true, [0x03] = true, [0x04] = true, [0x05] = true,
    [0x06] = true, [0x07] = true, [0x08] = true, [0x0B] = true, [0x0C] = true, [0x0D] = true,
    [0x0E] = true, [0x0F] = true, [0x10] = true, [0x11] = true, [0x12] = true, [0x13] = true,
    [0x14] = true, [0x15] = true, [0x16] = true, [0x17] = true, [0x18] = true, [0x19] = true,
    [0x1A] = true, [0x1B] = true, [0x1C] = true, [0x1D] = true, [0x1E] = true, [0x1F] = true,
    ['&'] = true,  ['<'] = true,  ['>'] = true,  ['_'] = true,  [0xED] = true, [0xEF] = true,
};

/* Writes what stands for the special character at `text`, and moves `text` past it. */
static char *put_special(char *at, const char **text, const char *end, unsigned *flaws)
{
    const char *special = *text;
    size_t forbidden = xml_forbidden(special, (size_t)(end - special));
    *text += forbidden ? forbidden : 1;
    if (forbidden) {
        *flaws |= SHEET_FORBIDDEN;
        return put_literal(at, "\uFFFD");
    }
    switch (*special) {
    case '&':
        return put_literal(at, "&amp;");
    case '<':
        return put_literal(at, "&lt;");
    case '>':
        return put_literal(at, "&gt;");
    case '\r': /* XML would make it a line feed */
        return put_literal(at, "_x000D_");
    case '_':
        if (cell_text_is_escape(special))
            return put_literal(at, cell_text_underscore);
        break;
    default:
        break;
    }
    return put(at, special, 1);
}

static char *put_text(char *at, const char *text, size_t length, unsigned *flaws)
{
    const char *end = text + length;
    while (text < end) {
        if (is_special[(unsigned char)*text])
            at = put_special(at, &text, end, flaws);
        else
            *at++ = *text++;
    }
    return at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Returns how many bytes fit into a cell. Adds the flaws of the text beyond them. */
static size_t cut(const char *text, size_t length, unsigned *flaws)
{
    enum { UNITS_OF_A_BYTE_MAX = 2, SURELY_FITTING = 32767 / UNITS_OF_A_BYTE_MAX };
    if (length <= SURELY_FITTING)
        return length;
    size_t fitting = cell_text_fitting(text);
    if (fitting == length)
        return length;
    struct buffer ignored = {0};
    *flaws |= SHEET_CUT | (xml_clean(text + fitting, &ignored) > 0 ? SHEET_FORBIDDEN : 0);
    buffer_free(&ignored);
    return fitting;
}

unsigned sheet_xml_text(const struct sheet_xml *sheet, size_t column, int style, const char *text,
                        struct buffer *out)
{
    enum { BYTES_FOR_ONE_MAX = 7 }; /* "_x005F_" */
    unsigned flaws = 0;
    size_t length = cut(text, strlen(text), &flaws);
    bool keep_blanks = is_blank(text[0]) || is_blank(text[length - 1]);
    char *start = buffer_reserve(out, length * BYTES_FOR_ONE_MAX + MARKUP_BYTES_MAX);
    char *at = put_start(start, sheet, column, style);
    at = put_literal(at, "\" t=\"inlineStr\"><is><t");
    at = put_literal(at, keep_blanks ? " xml:space=\"preserve\">" : ">");
    at = put_text(at, text, length, &flaws);
    at = put_literal(at, "</t></is></c>");
    out->length += (size_t)(at - start);
    return flaws;
}

static char *put_number(char *at, double number)
{
    const double exact = 9e15; /* below this, every integer is exact */
    if (fabs(number) < exact && number == trunc(number)) {
        if (number < 0)
            *at++ = '-';
        return digits_put(at, (uint64_t)fabs(number));
    }
    char text[NUMBER_BYTES];
    number_exact(number, text);
    return put_literal(at, text);
}

void sheet_xml_number(const struct sheet_xml *sheet, size_t column, int style, double number,
                      struct buffer *out)
{
    char *start = buffer_reserve(out, MARKUP_BYTES_MAX);
    char *at = put_start(start, sheet, column, style);
    at = put_literal(at, "\"><v>");
    at = put_number(at, number);
    at = put_literal(at, "</v></c>");
    out->length += (size_t)(at - start);
}

void sheet_xml_boolean(const struct sheet_xml *sheet, size_t column, int style, bool truth,
                       struct buffer *out)
{
    char *start = buffer_reserve(out, MARKUP_BYTES_MAX);
    char *at = put_start(start, sheet, column, style);
    at = put_literal(at, truth ? "\" t=\"b\"><v>1</v></c>" : "\" t=\"b\"><v>0</v></c>");
    out->length += (size_t)(at - start);
}

/* Enough digits for microseconds; spreadsheets round to milliseconds. */
static char *put_fraction(char *at, uint32_t second)
{
    enum { PLACES = 11 };
    const uint64_t scale = 100000000000; /* 10 to the power of PLACES */
    uint64_t left = (second * scale + DAY_SECONDS / 2) / DAY_SECONDS;
    if (left == 0)
        return at;
    char digits[PLACES];
    for (size_t i = PLACES; i-- > 0; left /= 10)
        digits[i] = (char)('0' + left % 10);
    size_t length = PLACES;
    while (digits[length - 1] == '0')
        length--;
    *at++ = '.';
    return put(at, digits, length);
}

void sheet_xml_time(const struct sheet_xml *sheet, size_t column, int style, uint32_t day,
                    uint32_t second, struct buffer *out)
{
    char *start = buffer_reserve(out, MARKUP_BYTES_MAX);
    char *at = put_start(start, sheet, column, style);
    at = put_literal(at, "\"><v>");
    at = digits_put(at, day);
    at = put_fraction(at, second);
    at = put_literal(at, "</v></c>");
    out->length += (size_t)(at - start);
}
