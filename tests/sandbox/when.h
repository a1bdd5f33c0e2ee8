/* The left side of a rule "WHEN: WHAT": which requests for contacts it is about. */
#ifndef SANDBOX_WHEN_H
#define SANDBOX_WHEN_H

#include "base/error.h"

#include <stdint.h>

enum { RULE_BYTES_MAX = 65536 };

/* All conditions have to hold; 0 asks for nothing. */
struct when {
    uint64_t page;
    uint64_t request;
    uint64_t every;
    uint64_t after;
    uint64_t times;
    uint64_t matches; /* how many requests it was about so far */
};

/* Splits the rule, which is taken apart, and reads its left side; `what` gets the right side
   without blanks around it. Fails with EXIT_WRONG_USE. */
bool when_parse(char *rule, struct when *when, char **what, struct error *error);

/* Whether it is about request number `request` (from 1) for `page`; if so, that is counted. */
bool when_matches(struct when *when, uint64_t request, uint64_t page);

#endif
