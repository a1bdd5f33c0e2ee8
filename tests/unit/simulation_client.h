/* The client of a simulated fetch. */
#ifndef ROLLCALL_TESTS_SIMULATION_CLIENT_H
#define ROLLCALL_TESTS_SIMULATION_CLIENT_H

#include "fetch/proof/page_plan.h"
#include "fetch/proof/passes.h"
#include "model/checkpoint.h"
#include "simulation.h"

enum {
    SLOTS_MAX = 8,
    ASKED_MAX = 3000, /* a server that repeats its last page has no end; a fetch gives up then */
};

struct request {
    int64_t page; /* 0: none in flight */
    struct reading reading;
    int64_t asked_ms;
    bool is_answered;
    struct answer answer;
};

struct client {
    const struct schedule *schedule;
    struct chance chance;
    struct server server;
    struct request requests[SLOTS_MAX];
    struct pass_order order;
    int pass;
    int asked;
    enum closing closing;
    int contradicted;
    struct page_plan *plan;
    struct pass_record records[SIMULATION_PASSES_MAX];
    bool has_rewound[SIMULATION_PASSES_MAX];
    int64_t created_before[SIMULATION_PASSES_MAX]; /* what was surely there as the pass began */
    int seen_in_pass[SIMULATION_CONTACTS_MAX];     /* the last one; 0: not read */
};

/* What the facts of one page point to. */
struct facts_held {
    int64_t created_at[SIMULATION_PAGE_MAX];
    int64_t ids[SIMULATION_PAGE_MAX];
    uint64_t keys[SIMULATION_PAGE_MAX];
};

/* The record of the pass that is under way. */
struct pass_record *client_current(struct client *client);

/* What the proof is told of an answer; the facts borrow `held`. */
struct page_facts client_make_facts(const struct client *client, const struct answer *answer,
                                    struct facts_held *held);

/* How many contacts created before that moment have been read since that pass began. */
int64_t client_count_since(const struct client *client, int since_pass, int64_t created_before);

/* Counts anew what has been read since each pass began. */
void client_count_read(struct client *client);

/* Reads what the plan asks for. */
void client_run_plan(struct client *client);

/* Begins a pass and reads it. */
void client_run_pass(struct client *client);

#endif
