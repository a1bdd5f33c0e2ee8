/* The headers of a table, no two alike: spreadsheets know its columns by them. */
#ifndef ROLLCALL_TABLE_HEADERS_H
#define ROLLCALL_TABLE_HEADERS_H

#include "lang/language.h"
#include "model/column.h"

struct arena;

/* One line for each column: its header, with " 2" and so on behind it where one before it differs
   in nothing but case or blanks. The arena owns them. */
const char **table_headers_make(const struct language *language, const struct columns *columns,
                                struct arena *arena);

#endif
