/* What a text may be in a spreadsheet's cell. */
#ifndef ROLLCALL_CELL_TEXT_H
#define ROLLCALL_CELL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a spreadsheet would read "_x0041_" here as the character U+0041 (ECMA-376, ST_Xstring).
   The underscore at its end may be the one with which a carriage return is going to be written. */
bool cell_text_is_escape(const char *text);

/* What to write for the underscore that starts an escape, so that it is read as one. */
extern const char cell_text_underscore[]; /* "_x005F_" */

/* How many bytes of the text a cell takes: all of them, or as many characters as it has room for,
   counted as spreadsheets do and with what has to be written for escapes. */
size_t cell_text_fitting(const char *text);

/* The length of the text as spreadsheets count, in units of UTF-16. */
size_t cell_text_units(const char *text);

#endif
