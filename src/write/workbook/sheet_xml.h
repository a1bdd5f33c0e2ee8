/* The rows of a worksheet as XML (SpreadsheetML, ECMA-376). Texts stand in their cells, so that
   rows can be written one after the other. */
#ifndef ROLLCALL_SHEET_XML_H
#define ROLLCALL_SHEET_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct sheet_xml;

/* The text of a cell was not fit for it; bits. */
enum sheet_flaw {
    SHEET_FORBIDDEN = 1, /* characters that XML forbids became U+FFFD */
    SHEET_CUT = 2,
};

/* Rows of so many cells at most. The caller frees it with free(). */
struct sheet_xml *sheet_xml_new(size_t columns);

/* Begins and ends the row of that number, from 1. */
void sheet_xml_begin_row(struct sheet_xml *sheet, uint32_t row, struct buffer *out);
void sheet_xml_end_row(struct buffer *out);

/* Append a cell of the row: the columns count from 0 and go up, `style` is an index of the
   workbook's cell formats. A cell that is left out is an empty one. */

/* The text has a byte at least. Returns the flaws that it had. */
unsigned sheet_xml_text(const struct sheet_xml *sheet, size_t column, int style, const char *text,
                        struct buffer *out);
/* Finite, and exact: the shortest decimal that reads back as the same number. */
void sheet_xml_number(const struct sheet_xml *sheet, size_t column, int style, double number,
                      struct buffer *out);
void sheet_xml_boolean(const struct sheet_xml *sheet, size_t column, int style, bool truth,
                       struct buffer *out);
/* A day counted from 1899-12-30, not negative, and the seconds since it began, less than 86400. */
void sheet_xml_time(const struct sheet_xml *sheet, size_t column, int style, uint32_t day,
                    uint32_t second, struct buffer *out);

#endif
