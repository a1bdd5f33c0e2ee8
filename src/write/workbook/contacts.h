/* The sheets of the contacts. Their frame (headers, widths, filter) is the library's, as the other
   sheets are; their rows do not go through it. */
#ifndef ROLLCALL_WORKBOOK_CONTACTS_H
#define ROLLCALL_WORKBOOK_CONTACTS_H

#include "model/cell.h"
#include "model/country_memo.h"
#include "write/workbook/sheet_store.h"
#include "write/workbook/sheet_xml.h"
#include "write/workbook/table_headers.h"
#include "write/workbook/workbook.h"

/* The first holds as many contacts as a sheet can, then the next begins. */
struct contacts_sheet {
    lxw_worksheet *frame;
    char *part; /* its name in the workbook's archive */
    int64_t row_count;
    struct stored_rows rows;
};

struct contacts {
    const char **headers; /* and widths: one for each column; the workbook's arena's */
    int *widths;
    int styles[FORMATS]; /* the numbers of those formats that rows use */
    int64_t measured;    /* rows whose texts the widths go by */
    struct country_memo *countries;
    struct sheet_xml *xml;
    struct sheet_store *store;
    struct contacts_sheet *sheets; /* one or more */
    size_t sheet_count;
};

/* Fills workbook->contacts. This and writing fail with errno set; then the contacts are still to be
   closed. */
bool workbook_open_contacts(struct workbook *workbook, const char *directory);
bool workbook_write_contact(struct workbook *workbook, const struct cell *cells);

/* No more rows: sets the sheets up for those that came. Fails likewise. */
bool workbook_end_contacts(struct workbook *workbook);

/* Puts the rows into the closed workbook at `path`, as xlsx_join does. */
bool workbook_join_contacts(const struct contacts *contacts, const char *path, struct error *error);

/* NULL is allowed. */
void workbook_close_contacts(struct contacts *contacts);

/* Adds one more sheet. False, with errno set, if the library cannot. */
bool workbook_add_contacts_sheet(struct workbook *workbook);

/* Gives it headers, widths and a filter, for as many rows as it has. */
void workbook_set_up_contacts_sheet(struct workbook *workbook, struct contacts_sheet *sheet);

#endif
