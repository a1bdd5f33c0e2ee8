/* What a fetch is to do, and what it reports meanwhile. */
#ifndef ROLLCALL_FETCH_OPTIONS_H
#define ROLLCALL_FETCH_OPTIONS_H

#include "model/source.h"

#include <stdbool.h>
#include <stdint.h>

struct credentials;

/* No request may start for a while, and none is in flight. */
struct fetch_hold {
    int64_t ms;    /* for how long yet; 0: there is no hold */
    bool is_asked; /* the server asked for it */
    int status;    /* what it answered last; 0: it did not */
};

struct fetch_progress {
    int pass;                /* from 1; 0: this run has begun none yet */
    int64_t contacts;        /* records received in this pass */
    int64_t contacts_before; /* of these, received by an earlier run */
    int64_t expected;        /* contacts in all, or COUNT_UNKNOWN */
    int64_t pass_ms;         /* since this run began to read the pass */
    int64_t wait_ms;         /* until the next pass begins; 0: pages are being read */
    int64_t elapsed_ms;      /* since this run began to read */
    struct fetch_hold hold;
};

/* One attempt of a request, when it has ended. */
struct fetch_request {
    const char *url;
    int64_t page;
    int attempt;        /* from 1 */
    int status;         /* 0: no answer */
    const char *reason; /* why there is no answer, or "" */
    int64_t body_bytes;
    int64_t elapsed_ms;
};

/* Either call may be NULL. */
struct fetch_observer {
    void (*progress)(void *context, const struct fetch_progress *progress);
    void (*request)(void *context, const struct fetch_request *request);
    void *context;
};

struct fetch_options {
    struct source source;
    const struct credentials *credentials;
    const char *ca_file; /* or NULL */
    int connections;
    int64_t timeout_ms;   /* of one request */
    int retries;          /* of one page, beyond the first attempt */
    int64_t patience_ms;  /* an outage may last so long; 0: `retries` decides then, too */
    int passes_max;       /* from 1 to PASSES_MAX */
    int64_t requests_max; /* in all; 0: so many times as the list has pages */
    int64_t deadline_ms;  /* for all passes together; 0: none */
    int64_t rate;         /* requests a second at most; 0: as many as the server bears */
};

#endif
