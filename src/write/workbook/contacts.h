/* The sheets of the contacts. Their rows do not go through the library. */
#ifndef ROLLCALL_WORKBOOK_CONTACTS_H
#define ROLLCALL_WORKBOOK_CONTACTS_H

#include "base/error.h"
#include "model/cell.h"

#include <stdbool.h>

struct book;
struct contacts;

/* Borrows the book, and keeps the rows in that directory. Both fail with errno set; the caller then
   still calls contacts_close. */
bool contacts_open(struct contacts **contacts, struct book *book, const char *directory);
bool contacts_write(struct contacts *contacts, const struct cell *cells);

/* Sets the sheets up for the rows written; no more may follow. Fails likewise. */
bool contacts_end(struct contacts *contacts);

/* Puts the rows into the closed workbook at `path`, as xlsx_join does. */
bool contacts_join(const struct contacts *contacts, const char *path, struct error *error);

/* NULL is allowed. */
void contacts_close(struct contacts *contacts);

#endif
