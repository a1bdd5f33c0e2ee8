#include "shuffle.h"

#include "dice.h"

enum { ROUNDS = 4 };

/* A Feistel network: each round can be undone, so no two places map to the same one. */
static uint32_t scramble(uint64_t key, uint32_t place, unsigned half_bits)
{
    uint32_t mask = (UINT32_C(1) << half_bits) - 1;
    uint32_t left = place >> half_bits;
    uint32_t right = place & mask;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        struct dice dice = dice_for_event(key + round, right);
        uint32_t mixed = left ^ ((uint32_t)dice_roll(&dice) & mask);
        left = right;
        right = mixed;
    }
    return left << half_bits | right;
}

/* The network works on a power of four; a place beyond the end is shuffled again until it is
   inside. */
uint32_t shuffle_place(uint64_t key, uint32_t place, uint32_t count)
{
    unsigned half_bits = 1;
    while (half_bits < 16 && count > UINT32_C(1) << (2 * half_bits))
        half_bits++;
    do
        place = scramble(key, place, half_bits);
    while (place >= count);
    return place;
}
