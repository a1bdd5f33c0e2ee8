/* The columns of the table of contacts, in CSV and workbook. */
#ifndef ROLLCALL_COLUMN_H
#define ROLLCALL_COLUMN_H

#include "base/error.h"
#include "model/cell.h"
#include "model/contact.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A contact and the values derived from it. Everything is borrowed until the next row is read. */
struct row {
    struct contact contact;   /* without its inboxes: see `inboxes` */
    const char *country_code; /* normalised; NULL if there is none */
    const char *country; /* the English name, or else the contact's own text; NULL if unknown */
    const char *inboxes; /* distinct names, joined by "; "; NULL if there is none */
};

enum column_id {
    COLUMN_ID,
    COLUMN_TEXT, /* one of the contact's texts, unchanged */
    COLUMN_COUNTRY,
    COLUMN_COUNTRY_CODE,
    COLUMN_BLOCKED,
    COLUMN_INBOXES,
    COLUMN_LABELS,
    COLUMN_CREATED_AT,
    COLUMN_LAST_ACTIVITY_AT,
    COLUMN_CUSTOM, /* one custom attribute */
};

struct column {
    const char *name; /* the header: "email", "custom.plan" */
    enum column_id id;
    enum contact_text text; /* of COLUMN_TEXT */
};

/* The column by which rows are sorted. */
struct order {
    const char *column; /* a name that column_check accepts, or NULL: by id */
    bool descending;
};

struct columns {
    struct column *items;
    size_t count;
};

extern const char column_custom_prefix[]; /* "custom." */

/* The KEY of "custom.KEY", which may hold dots and blanks; NULL if the name is none of these. */
const char *column_custom_key(const char *name);

/* Whether a column of that name exists or can exist: any custom attribute may exist. `column`
   borrows the name. */
bool column_find(const char *name, struct column *column);

/* Fails with EXIT_WRONG_USE if no column has that name; the error names it and all columns. */
bool column_check(const char *name, struct error *error);

/* The named columns or, if `name_count` is 0, all: the fixed ones, then one for each custom key.
   The caller has checked the names. Names and keys are borrowed; the arena owns the rest. */
struct columns columns_choose(const char *const *names, size_t name_count,
                              const char *const *custom_keys, size_t custom_key_count,
                              struct arena *arena);

/* Fills one cell for each column. The arena owns the texts, so that they outlive the row. */
void columns_fill(const struct columns *columns, const struct row *row, struct arena *arena,
                  struct cell *cells);

#endif
