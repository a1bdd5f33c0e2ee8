/* The correct answer, for tests to compare with. */
#ifndef SANDBOX_TRUTH_H
#define SANDBOX_TRUTH_H

#include "request.h"
#include "roster.h"

#include <microhttpd.h>

/* Sends {"contacts":N,"ids":[…],"always":[…],"ever":[…]}, each list in the order of creation: the
   contacts that match now, that matched all the time, and that matched at any time. Waits for the
   roster's lock. */
enum MHD_Result truth_deliver(struct MHD_Connection *connection, struct roster *roster,
                              const struct filter *filter);

#endif
