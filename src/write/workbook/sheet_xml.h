/* The rows of a worksheet as XML (SpreadsheetML, ECMA-376). Cells hold their texts inline, so rows
   can be written one after another. */
#ifndef ROLLCALL_SHEET_XML_H
#define ROLLCALL_SHEET_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct sheet_xml;

/* What was wrong with a cell's text; a set of bits. */
enum sheet_flaw {
    SHEET_FORBIDDEN = 1, /* characters that XML forbids became U+FFFD */
    SHEET_CUT = 2,
};

/* For rows of at most `columns` cells. The caller frees it with free(). */
struct sheet_xml *sheet_xml_new(size_t columns);

/* Begin and end the row with that number, from 1. */
void sheet_xml_begin_row(struct sheet_xml *sheet, uint32_t row, struct buffer *out);
void sheet_xml_end_row(struct buffer *out);

/* Append a cell of the row. Columns count from 0 and ascend; a column left out is an empty cell.
   `style` is an index into the workbook's cell formats. */

/* The text has at least one byte. Returns its flaws. */
unsigned sheet_xml_text(const struct sheet_xml *sheet, size_t column, int style, const char *text,
                        struct buffer *out);
/* `number` is finite. Writes the shortest decimal that reads back as the same number. */
void sheet_xml_number(const struct sheet_xml *sheet, size_t column, int style, double number,
                      struct buffer *out);
void sheet_xml_boolean(const struct sheet_xml *sheet, size_t column, int style, bool truth,
                       struct buffer *out);
/* `day` counts from 1899-12-30; `second` counts from its start and is below 86400. */
void sheet_xml_time(const struct sheet_xml *sheet, size_t column, int style, uint32_t day,
                    uint32_t second, struct buffer *out);

#endif
