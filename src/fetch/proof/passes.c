#include "fetch/proof/passes.h"

#include <stdbool.h>
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

/* The second pass waits in any case, as all later ones build on it; the third only where the age of
   what was read is all that a proof still wants. Where contacts never stop to come no wait helps.
 */
int64_t passes_wait_s(int pass, const struct pass_record *record, int64_t newest, int64_t now)
{
    enum { SETTLED_S = 3, AHEAD_S = 1 };
    bool is_age_all = record->old_since < record->read_since &&
                      (!record->count_fits || record->read_since >= record->count_first);
    bool is_new = newest + SETTLED_S > now && newest <= now + AHEAD_S;
    return is_new && (pass == 1 || (pass == 2 && is_age_all)) ? newest + SETTLED_S - now : 0;
}
