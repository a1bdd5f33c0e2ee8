/* The left side of a rule "WHEN: WHAT": the requests for contacts that it matches. */
#ifndef SANDBOX_WHEN_H
#define SANDBOX_WHEN_H

#include "base/error.h"

#include <stdint.h>

enum { RULE_BYTES_MAX = 65536 };

/* All conditions have to hold; 0 is no condition. */
struct when {
    uint64_t page;
    uint64_t request;
    uint64_t every;
    uint64_t after;
    uint64_t times;
    uint64_t chance; /* percent */
    uint64_t seed;   /* of chance */
    uint64_t from_ms;
    uint64_t until_ms;
    int64_t began_ms; /* when the first request came; 0: none has */
    uint64_t matches; /* how many requests matched so far */
};

/* Splits the rule, changing its text, and parses its left side; `what` gets the right side without
   blanks around it. Fails with EXIT_WRONG_USE. */
bool when_parse(char *rule, struct when *when, char **what, struct error *error);

/* Whether it matches request number `request` (from 1) for `page`, which comes at `now_ms` (above
   0); counts the match. It is to see every request. */
bool when_matches(struct when *when, uint64_t request, uint64_t page, int64_t now_ms);

#endif
