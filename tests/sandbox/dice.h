/* Repeatable chance: the same seed, contact and purpose always roll the same numbers. */
#ifndef SANDBOX_DICE_H
#define SANDBOX_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

/* Separates the uses of one seed, so that a new use of one purpose does not change the others. */
enum dice_purpose {
    FOR_ID,
    FOR_IMPORT,
    FOR_ACTIVITY,
    FOR_PERSON,
    FOR_PROFILE,
    FOR_LABELS,
    FOR_COMPANY,
    DICE_PURPOSES,
};

struct dice dice_for(uint64_t seed, uint64_t number, enum dice_purpose purpose);

/* For events while the server runs, so that they do not depend on the made-up contacts. */
struct dice dice_for_event(uint64_t seed, uint64_t number);

uint64_t dice_roll(struct dice *dice);

/* 0 … limit - 1; `limit` at least 1. */
uint32_t dice_below(struct dice *dice, uint32_t limit);

/* Like dice_below, but small numbers are far more frequent, like big customers and recent days. */
uint32_t dice_skewed(struct dice *dice, uint32_t limit);

bool dice_percent(struct dice *dice, uint32_t percent);

#endif
