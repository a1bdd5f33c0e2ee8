/* The answer a client should come to: every id that matches, for tests to compare with. */
#ifndef SANDBOX_TRUTH_H
#define SANDBOX_TRUTH_H

#include "order.h"

#include <microhttpd.h>

/* Sends {"contacts":N,"ids":[…]} in the order of creation, piece by piece. */
enum MHD_Result truth_deliver(struct MHD_Connection *connection, struct order *order,
                              const struct request *request);

#endif
