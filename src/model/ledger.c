#include "model/ledger.h"

const char *unproven_name(enum unproven reason)
{
    static const char *const names[UNPROVEN_REASONS] = {
        [UNPROVEN_CHANGED] = "changes",   [UNPROVEN_COUNTS_MORE] = "count",
        [UNPROVEN_LEFT_OUT] = "left-out", [UNPROVEN_BEYOND_REACH] = "beyond-reach",
        [UNPROVEN_END] = "end",           [UNPROVEN_TIED] = "ties",
    };
    return names[reason];
}
