#include "dice.h"

/* SplitMix64's finaliser: every bit of the input touches every bit of the output. */
static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

struct dice dice_for(uint64_t seed, uint64_t number, enum dice_purpose purpose)
{
    return (struct dice){mix(mix(seed + 1) ^ mix(number * DICE_PURPOSES + purpose + 1))};
}

struct dice dice_for_event(uint64_t seed, uint64_t number)
{
    return (struct dice){mix(mix(~seed) ^ mix(number + 1))};
}

uint64_t dice_roll(struct dice *dice)
{
    dice->state += UINT64_C(0x9e3779b97f4a7c15);
    return mix(dice->state);
}

uint32_t dice_below(struct dice *dice, uint32_t limit)
{
    return (uint32_t)(((dice_roll(dice) >> 32) * limit) >> 32);
}

uint32_t dice_skewed(struct dice *dice, uint32_t limit)
{
    return dice_below(dice, dice_below(dice, limit) + 1);
}

bool dice_percent(struct dice *dice, uint32_t percent)
{
    return dice_below(dice, 100) < percent;
}
