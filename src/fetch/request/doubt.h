/* Tells a server that fails every request from one that fails some by chance. Pure.

   A failure alone says neither. The requests beside it tell: those that started after it, as only
   they surely found the server as it was then or later. If they succeed, the failure was a mishap
   of that request. If they fail as well, it becomes ever harder to believe in chance. `odds` says
   how hard: how many times likelier the latest answers are if the server fails almost every request
   than if it fails as many by chance as it did before. An answer that started earlier is no
   evidence, however late it comes. Each answer counts once. */
#ifndef ROLLCALL_DOUBT_H
#define ROLLCALL_DOUBT_H

#include <stdbool.h>
#include <stdint.h>

enum { DOUBT_WITNESSES = 32 }; /* successes that are remembered */

/* Made by doubt_begin. Its parts are private. */
struct doubt {
    double odds_more; /* the odds, less 1 */
    int64_t since;    /* the earliest of the failures that are doubted; if odds_more > 0 */
    int failures;     /* how many they are */
    int judged;       /* answers that `chance` is of */
    double chance;    /* the share of requests that fails by chance, as far as is known */
    int64_t witnesses[DOUBT_WITNESSES]; /* tickets of successes that have not testified; 0: none */
    int witness_next;
};

struct doubt doubt_begin(void);

/* A request has succeeded, or failed in a way that may pass. `ticket`, from 1, counts requests in
   the order in which they started. */
void doubt_succeeded(struct doubt *doubt, int64_t ticket);
void doubt_failed(struct doubt *doubt, int64_t ticket);

/* Whether it cannot be chance any more. As long as requests are in flight that may tell otherwise,
   that takes more. */
bool doubt_is_settled(const struct doubt *doubt, int witnesses_in_flight);

/* Whether a few more failures would settle it, so that it is better to wait for answers. */
bool doubt_is_grave(const struct doubt *doubt);

/* The failures that were doubted had a cause, or will be judged by others: none is doubted now. */
void doubt_settle(struct doubt *doubt);

/* So many fail by chance at least, as something else has shown. */
void doubt_learn_chance(struct doubt *doubt, double share);

#endif
