/* Another order for each key, without writing it down. */
#ifndef SANDBOX_SHUFFLE_H
#define SANDBOX_SHUFFLE_H

#include <stdint.h>

/* Where `place`, below `count`, goes: for one key and count no two places go to the same. */
uint32_t shuffle_place(uint64_t key, uint32_t place, uint32_t count);

#endif
