/* The sheet Summary: key figures, charts, and countries by activity. */
#ifndef ROLLCALL_SUMMARY_H
#define ROLLCALL_SUMMARY_H

#include "write/workbook/book.h"

/* Fills the sheet. Fails as the tally does. */
bool summary_write(struct book *book, lxw_worksheet *sheet, struct error *error);

#endif
