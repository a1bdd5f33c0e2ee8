#include "fetch/proof/passes.h"

#include <stdbool.h>
#include <string.h>

/* Of keys that are as good the first one counts, unless the last pass had one of them. */
const char *const pass_key_names[PASS_KEYS] = {
    [PASS_BY_NAME] = "name",
    [PASS_BY_EMAIL] = "email",
    [PASS_BY_PHONE_NUMBER] = "phone_number",
    [PASS_BY_CREATED_AT] = "created_at",
};

const char pass_several_keys[] = "email,phone_number,created_at";

struct pass_order passes_next(struct pass_order last, bool was_tied, const int64_t tied[PASS_KEYS])
{
    if (!was_tied)
        return last;
    int best = 0;
    for (int key = 0; key < PASS_KEYS; key++) {
        if (strcmp(pass_key_names[key], last.sort) == 0)
            best = key;
    }
    for (int key = 0; key < PASS_KEYS; key++) {
        if (tied[key] < tied[best])
            best = key;
    }
    return (struct pass_order){pass_key_names[best], "asc"};
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
