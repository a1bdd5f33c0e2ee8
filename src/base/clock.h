/* The two clocks. Policy never reads them: its callers pass the time. */
#ifndef ROLLCALL_CLOCK_H
#define ROLLCALL_CLOCK_H

#include <stdint.h>

/* Milliseconds since some fixed moment; never goes back. */
int64_t clock_monotonic_ms(void);

/* Seconds since 1970-01-01T00:00:00Z. */
int64_t clock_wall_seconds(void);

void clock_sleep_ms(int64_t ms);

#endif
