/* The contacts API over HTTP, on the loopback address only. */
#ifndef SANDBOX_SERVER_H
#define SANDBOX_SERVER_H

#include "base/error.h"
#include "changes.h"
#include "index.h"
#include "rate.h"
#include "respond.h"
#include "roster.h"
#include "rules.h"

/* Everything is borrowed and has to live until server_stop. */
struct server_settings {
    uint16_t port; /* 0 takes any that is free */
    const char *key;
    const char *secret;
    uint32_t page_size_max;
    enum page_size_mode page_size_mode;
    enum dialect dialect;
    enum beyond_mode beyond;
    struct list_cap cap;
    uint32_t latency_ms;
    uint32_t requests_per_second; /* 0 for no limit */
    enum rate_window rate_window;
    const char *log_path;         /* NULL for none */
    const char *certificate_path; /* PEM; NULL for plain HTTP */
    const char *private_key_path;
    struct roster *roster;
    enum tie_order ties;
    uint64_t seed; /* decides how ties are shuffled */
    struct rules *rules;
    struct changes *changes; /* of the roster */
};

struct server;

/* Listens and answers in threads of its own. NULL on failure, with the error set. */
struct server *server_start(const struct server_settings *settings, struct error *error);

/* Where it listens. */
uint16_t server_port(const struct server *server);

/* Ends at once, even while it sends. NULL is allowed. */
void server_stop(struct server *server);

#endif
