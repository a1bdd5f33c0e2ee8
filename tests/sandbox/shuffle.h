/* Another order for each key, without storing it. */
#ifndef SANDBOX_SHUFFLE_H
#define SANDBOX_SHUFFLE_H

#include <stdint.h>

/* The new place of `place`, below `count`. For one key and count, no two places map to the same
   one. */
uint32_t shuffle_place(uint64_t key, uint32_t place, uint32_t count);

#endif
