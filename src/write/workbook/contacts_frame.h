/* What surrounds the contacts' rows: the sheets, their headers, widths and filter. The library
   makes these, like the other sheets. */
#ifndef ROLLCALL_CONTACTS_FRAME_H
#define ROLLCALL_CONTACTS_FRAME_H

#include "write/workbook/book.h"
#include "write/workbook/sheet_store.h"

/* Each sheet takes as many contacts as it can hold, then the next one begins. */
struct contacts_sheet {
    lxw_worksheet *sheet;
    char *part; /* its name in the workbook's archive */
    int64_t row_count;
    struct stored_rows rows;
};

struct contacts_frame {
    struct book *book;
    const char **headers; /* and widths: one for each column; the book's arena owns both */
    int *widths;
    struct contacts_sheet *sheets; /* one or more */
    size_t sheet_count;
};

/* Borrows the book. The caller frees the frame, also after a failure to add a sheet. */
void contacts_frame_begin(struct contacts_frame *frame, struct book *book);
void contacts_frame_free(struct contacts_frame *frame);

/* Adds one more sheet. False, with errno set, if the library cannot. */
bool contacts_frame_add_sheet(struct contacts_frame *frame);

/* Gives the sheets headers, widths and a filter, for as many rows as they have. */
void contacts_frame_set_up(struct contacts_frame *frame);

#endif
