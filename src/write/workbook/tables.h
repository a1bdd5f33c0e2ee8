/* The sheets of the dimensions: one table each, with a sum and bars. */
#ifndef ROLLCALL_TABLES_H
#define ROLLCALL_TABLES_H

#include "write/workbook/book.h"

/* The sheets are added before their numbers are known: they come before the contacts' sheets. */
struct tables {
    lxw_worksheet *sheets[DIMENSIONS];
};

/* Adds the sheets. False if the library cannot. */
bool tables_add(struct tables *tables, struct book *book);

/* Fills them. Fails as the tally does. */
bool tables_write(const struct tables *tables, struct book *book, struct error *error);

#endif
