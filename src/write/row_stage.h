/* A stage between the row feed and the writers: it passes a contact on unchanged, changes its
   cells, or refuses it and says why. */
#ifndef ROLLCALL_ROW_STAGE_H
#define ROLLCALL_ROW_STAGE_H

#include "base/error.h"
#include "model/cell.h"

#include <stdbool.h>

/* Why a contact is not written. Borrowed until the next row. */
struct refusal {
    const char *reason; /* a word for programs, such as "no_email"; NULL: it is not refused */
    const char *value;  /* the offending value, or NULL */
};

struct row_stage {
    /* Looks at a row and may change its cells. Fills `refusal` if no writer shall get the row. A
       text that it puts into a cell has to last until the next row. */
    bool (*look)(void *context, struct cell *cells, struct refusal *refusal, struct error *error);
    /* Gets each refused row. NULL: refused rows are dropped. */
    bool (*refused)(void *context, const struct cell *cells, const struct refusal *refusal,
                    struct error *error);
    void *context;
};

#endif
