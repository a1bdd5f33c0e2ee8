/* The sheets of the contacts. Their rows do not go through the library. */
#ifndef ROLLCALL_WORKBOOK_CONTACTS_H
#define ROLLCALL_WORKBOOK_CONTACTS_H

#include "base/error.h"
#include "model/cell.h"

#include <stdbool.h>

struct book;
struct contacts;

/* The book is borrowed; the rows are kept in that directory. This and writing fail with errno set;
   then the contacts are still to be closed. */
bool contacts_open(struct contacts **contacts, struct book *book, const char *directory);
bool contacts_write(struct contacts *contacts, const struct cell *cells);

/* No more rows: sets the sheets up for those that came. Fails likewise. */
bool contacts_end(struct contacts *contacts);

/* Puts the rows into the closed workbook at `path`, as xlsx_join does. */
bool contacts_join(const struct contacts *contacts, const char *path, struct error *error);

/* NULL is allowed. */
void contacts_close(struct contacts *contacts);

#endif
