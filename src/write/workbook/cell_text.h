/* What a text may be in a spreadsheet's cell. */
#ifndef ROLLCALL_CELL_TEXT_H
#define ROLLCALL_CELL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a spreadsheet would read an escape here, as "_x0041_" for U+0041 (ECMA-376, ST_Xstring).
   Its last underscore may be the first one of an escape for a carriage return. */
bool cell_text_is_escape(const char *text);

/* What to write for an underscore that would start an escape: readers show it as an underscore. */
extern const char cell_text_underscore[]; /* "_x005F_" */

/* How many bytes of the text a cell takes: all of them, or the whole characters that fit. The room
   is counted as spreadsheets count, including what is written for escapes. */
size_t cell_text_fitting(const char *text);

/* The length of the text as spreadsheets count, in units of UTF-16. */
size_t cell_text_units(const char *text);

#endif
