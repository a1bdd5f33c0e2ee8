/* The headers of a table, all different: spreadsheets identify its columns by them. */
#ifndef ROLLCALL_TABLE_HEADERS_H
#define ROLLCALL_TABLE_HEADERS_H

#include "lang/language.h"
#include "model/column.h"

struct arena;

/* Makes one header for each column. Appends " 2" and so on if an earlier header is the same except
   for case and blanks. The arena owns them. */
const char **table_headers_make(const struct language *language, const struct columns *columns,
                                struct arena *arena);

#endif
