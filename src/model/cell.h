/* One value of a table, with its type. */
#ifndef ROLLCALL_CELL_H
#define ROLLCALL_CELL_H

#include <stdbool.h>
#include <stdint.h>

enum cell_kind {
    CELL_EMPTY,
    CELL_TEXT,
    CELL_NUMBER, /* with its exact spelling in `text` */
    CELL_BOOLEAN,
    CELL_TIME,
};

struct cell {
    enum cell_kind kind;
    const char *text; /* of CELL_TEXT and CELL_NUMBER; borrowed */
    const char *code; /* of CELL_TEXT that names a country: its code; else NULL. Borrowed */
    double number;    /* of CELL_NUMBER */
    bool truth;       /* of CELL_BOOLEAN */
    int64_t seconds;  /* of CELL_TIME; since 1970 */
};

/* An empty cell for NULL and "". */
static inline struct cell cell_of_text(const char *text)
{
    bool empty = !text || !*text;
    return (struct cell){.kind = empty ? CELL_EMPTY : CELL_TEXT, .text = text};
}

#endif
