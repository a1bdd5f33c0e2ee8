/* Waits that end early when the server ends. */
#ifndef SANDBOX_NAP_H
#define SANDBOX_NAP_H

#include <stdbool.h>
#include <stdint.h>

/* Waits, unless `stop_fd` becomes readable. Returns whether the whole time has passed. */
bool nap_ms(int stop_fd, uint64_t ms);

#endif
