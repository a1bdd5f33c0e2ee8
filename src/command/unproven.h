/* Says why a fetch is not proven complete, and what may help. */
#ifndef ROLLCALL_UNPROVEN_H
#define ROLLCALL_UNPROVEN_H

#include "base/error.h"
#include "model/ledger.h"

/* Returns false with EXIT_UNPROVEN. */
bool unproven_refuse(const struct ledger *ledger, struct error *error);

#endif
