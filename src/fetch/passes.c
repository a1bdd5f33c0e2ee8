#include "fetch/passes.h"

#include <stddef.h>
#include <string.h>

/* Round and round: names are many, addresses and numbers unique where there are any, and of the
   moments of creation only those of an import are the same. */
static const char *const keys[] = {"name", "email", "phone_number", "created_at"};

struct pass_order passes_next(struct pass_order last, bool was_tied)
{
    if (!was_tied)
        return last;
    size_t next = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i], last.sort) == 0)
            next = (i + 1) % (sizeof keys / sizeof *keys);
    }
    return (struct pass_order){keys[next], "asc"};
}
