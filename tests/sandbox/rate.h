/* A limit of requests within any one second, or within each second of the clock. */
#ifndef SANDBOX_RATE_H
#define SANDBOX_RATE_H

#include <stdbool.h>
#include <stdint.h>

enum { RATE_MAX = 1000000 };

enum rate_window { RATE_SLIDING, RATE_FIXED };

struct rate;

/* `limit` from 1 to RATE_MAX. */
struct rate *rate_new(uint32_t limit, enum rate_window window);
void rate_free(struct rate *rate);

/* Whether one more request is within the limit; only requests within it count. NULL limits nothing.
   Any thread may call it. */
bool rate_allow(struct rate *rate);

#endif
