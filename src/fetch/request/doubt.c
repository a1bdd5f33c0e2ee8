#include "fetch/request/doubt.h"

#include <string.h>

/* A server that refuses beyond a limit still serves some. */
static const double failing_share = 0.95;
static const double chance_least = 0.02;
static const double chance_most = 0.5;
static const double odds_settled = 8000; /* wrong about once in so many failures, … */
static const double odds_certain = 64e6; /* … whatever those say that are in flight */
static const double odds_grave = 5;
static const int memory_answers = 32; /* of `chance` */
static const int memory_first = 10;   /* what is assumed at first counts as so many answers */

static double chance_of(const struct doubt *doubt)
{
    return doubt->chance < chance_least  ? chance_least
           : doubt->chance > chance_most ? chance_most
                                         : doubt->chance;
}

static void multiply_odds(struct doubt *doubt, double factor)
{
    double odds = (1 + doubt->odds_more) * factor;
    doubt->odds_more = odds > 1 ? odds - 1 : 0;
}

/* As an average at first, so that it is found out soon; then the latest answers count most. */
static void note_chance(struct doubt *doubt, double failed)
{
    int weight = memory_first + ++doubt->judged;
    if (weight > memory_answers)
        weight = doubt->judged = memory_answers;
    doubt->chance += (failed - doubt->chance) / weight;
}

/* If the odds are even again, what was doubted has been chance. */
static void testify_success(struct doubt *doubt)
{
    double chance = chance_of(doubt);
    multiply_odds(doubt, (1 - failing_share) / (1 - chance));
    if (doubt->odds_more > 0)
        return;
    for (; doubt->failures > 0; doubt->failures--)
        note_chance(doubt, 1);
}

struct doubt doubt_begin(void)
{
    const double chance_first = 0.05;
    return (struct doubt){.chance = chance_first};
}

void doubt_succeeded(struct doubt *doubt, int64_t ticket)
{
    note_chance(doubt, 0);
    if (doubt->odds_more > 0 && ticket > doubt->since) {
        testify_success(doubt);
        return;
    }
    doubt->witnesses[doubt->witness_next] = ticket;
    doubt->witness_next = (doubt->witness_next + 1) % DOUBT_WITNESSES;
}

/* Successes that have come before the failure, but started after it. */
static void hear_witnesses(struct doubt *doubt, int64_t ticket)
{
    for (int i = 0; i < DOUBT_WITNESSES && doubt->odds_more > 0; i++) {
        if (doubt->witnesses[i] <= ticket)
            continue;
        doubt->witnesses[i] = 0;
        testify_success(doubt);
    }
}

void doubt_failed(struct doubt *doubt, int64_t ticket)
{
    if (doubt->odds_more <= 0 || ticket < doubt->since)
        doubt->since = ticket;
    doubt->failures++;
    multiply_odds(doubt, failing_share / chance_of(doubt));
    hear_witnesses(doubt, ticket);
}

bool doubt_is_settled(const struct doubt *doubt, int witnesses_in_flight)
{
    return 1 + doubt->odds_more >= (witnesses_in_flight > 0 ? odds_certain : odds_settled);
}

bool doubt_is_grave(const struct doubt *doubt)
{
    return 1 + doubt->odds_more >= odds_grave;
}

void doubt_settle(struct doubt *doubt)
{
    doubt->odds_more = 0;
    doubt->failures = 0;
    memset(doubt->witnesses, 0, sizeof doubt->witnesses);
}

void doubt_learn_chance(struct doubt *doubt, double share)
{
    if (share > doubt->chance)
        doubt->chance = share;
}
