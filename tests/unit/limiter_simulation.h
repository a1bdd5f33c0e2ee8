/* A client with the rate limiter reads pages of a made-up server, in simulated time. */
#ifndef ROLLCALL_TESTS_LIMITER_SIMULATION_H
#define ROLLCALL_TESTS_LIMITER_SIMULATION_H

#include "fetch/request/rate_limiter.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    SIMULATION_CONNECTIONS_MAX = 32,
    SIMULATION_WAITING_MAX = 128, /* as slots.h has it */
    SIMULATION_REQUESTS_MAX = 20000,
};

enum limit_kind {
    LIMIT_SLIDING, /* so many in any second */
    LIMIT_FIXED,   /* so many in each second by the clock */
    LIMIT_BUCKET,  /* a quarter of a second's at once, the rest evenly */
};

struct server {
    enum limit_kind kind;
    int limit; /* requests a second; 0: any number */
    int64_t retry_after_ms;
    int64_t latency_ms;
    int64_t phase_ms;  /* how far its second has come when the run begins */
    int mishap_every;  /* one request in so many fails for no reason; 0: none */
    double chance;     /* the share of requests that fails for no reason */
    int fails_once_of; /* of so many pages, the first fails_once fail at the first attempt */
    int fails_once;
    int64_t down_from_ms;  /* nothing succeeds from then … */
    int64_t down_until_ms; /* … until then */
};

struct client {
    int connections;
    double rate; /* its user's limit, or 0 */
    int pages;
    bool is_blind; /* its limiter is told of successes only: with the server's limit as its rate it
                      shows what is possible */
    uint32_t seed;
};

struct outcome {
    int64_t took_ms;
    int started;
    int refused;        /* by the limit */
    int failed;         /* for other reasons */
    int in_outage;      /* of these, in the outage */
    int most_in_second; /* requests */
};

/* Fails the test if the run has no end. */
struct outcome simulate(const struct server *server, const struct client *client);

/* How long a client takes that knows the server's limit and does not mind failures. */
int64_t simulate_ideal_ms(const struct server *server, const struct client *client);

#endif
