/* The rate that the server bears, in requests a second, as far as its refusals show one. Pure.

   A cut is tried: if it does not lower the share of requests that fail, it was no cure, and is
   taken back. There are two reasons for one. The server refuses everybody: then its limit is what
   it answered in the second before, as most servers count by the second. Or it refuses a few of
   many for a while, as it does just above its limit.

   A rate that is used is raised in growing steps, since the limit may be far above it. A raise that
   brings refusals is taken back, and the next one comes later. docs/pacing.md says more. */
#ifndef ROLLCALL_SERVER_RATE_H
#define ROLLCALL_SERVER_RATE_H

#include "fetch/request/last_second.h"
#include "fetch/request/start_spacing.h"

#include <stdbool.h>
#include <stdint.h>

/* Made by server_rate_begin. Its parts are private. */
struct server_rate {
    struct start_spacing spacing;
    struct last_second successes;
    int64_t begun_ms;
    int64_t tickets;        /* requests started */
    int64_t changed_ticket; /* the latest when the rate was set or raised */

    bool has_hint;   /* the server refused everybody after a few successes, … */
    int64_t hint_ms; /* … then */

    /* the cut that is being tried */
    bool is_tried;
    int tried_most;    /* on so many answers */
    double share_most; /* that may fail if it is a cure */
    int64_t before_us; /* the interval before it; 0: there was no limit */
    int tried;         /* answers since */
    int tried_failures;
    double share_borne; /* no cut has cured this share: it is not tried again */

    /* the latest raise */
    int64_t proven_us;   /* the interval before it; 0: none was raised since the latest cut */
    int64_t raised_ms;   /* when the rate was set or raised */
    int64_t patience_ms; /* how long it is used before it is raised */
    int step_percent;    /* by how much it is raised then */
    int raised_percent;  /* by how much it was raised last */
    int raise_answers;   /* since it was raised: */
    int raise_failures;

    int64_t stretch_ms; /* when the rate was cut last, or the cut was judged; counted since then: */
    int64_t stretch_successes;
    int64_t stretch_failures;
    int64_t stretch_refusals; /* of these */
};

struct server_rate server_rate_begin(int64_t now_ms);

/* A request starts; its ticket is its number, from 1. */
void server_rate_started(struct server_rate *rate, int64_t now_us);

/* The request with that ticket has succeeded, or failed in a way that may pass: refused, or else.
   `chance` is the share that fails by chance at present. */
void server_rate_succeeded(struct server_rate *rate, int64_t now_ms, int64_t ticket, double chance);
double server_rate_failed(struct server_rate *rate, int64_t now_ms, int64_t ticket,
                          bool is_refused);

/* The server refuses everybody; until `hold_until_ms` nothing starts. This and server_rate_failed
   return the share that fails by chance, if that is what it turns out to be; else 0. */
double server_rate_cut(struct server_rate *rate, int64_t now_ms, int64_t hold_until_ms,
                       double chance);

/* After that wait it still refuses: what it answered in a second is no limit of its. */
void server_rate_outage(struct server_rate *rate, int64_t hold_until_ms);

#endif
