#include "fetch/proof/passes.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Keys that few contacts share, in the order of their turns: addresses and numbers are unique where
   there are any, and only an import creates many contacts in the same second. */
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

/* After the first pass waiting always pays, since all later passes build on the second. After the
   second it pays only if nothing but the age of the newest contacts stands in the way of a proof.
   Where new contacts never cease, waiting does not help. */
int64_t passes_wait_s(int pass, const struct pass_record *record, int64_t newest, int64_t now)
{
    enum { SETTLED_S = 3, AHEAD_S = 1 };
    bool is_age_all = record->old_since < record->read_since &&
                      (!record->count_fits || record->read_since >= record->count_first);
    bool is_new = newest + SETTLED_S > now && newest <= now + AHEAD_S;
    return is_new && (pass == 1 || (pass == 2 && is_age_all)) ? newest + SETTLED_S - now : 0;
}
