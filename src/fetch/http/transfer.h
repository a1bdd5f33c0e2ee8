/* HTTP: several requests at once, and what became of them. Knows nothing of contacts, and decides
 * nothing. */
#ifndef ROLLCALL_TRANSFER_H
#define ROLLCALL_TRANSFER_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;
struct credentials;
struct secrets;
struct transfer;

enum {
    TRANSFER_BODY_BYTES_MAX = 8 << 20, /* of one answer, uncompressed */
    TRANSFER_CONNECTIONS_MAX = 64,
};

struct transfer_options {
    const char *base_url; /* checked by url_check */
    int connections;      /* requests in flight at once */
    int64_t timeout_ms;   /* of one request, from start to end */
    const char *ca_file;  /* certificates to trust instead of the system's; NULL: those */
    const struct credentials *credentials;
};

enum outcome {
    OUTCOME_ANSWERED, /* with a status, whatever it is */
    OUTCOME_TIMED_OUT,
    OUTCOME_UNREACHABLE,       /* no such host, or no TLS there */
    OUTCOME_REFUSED,           /* nobody listens there, perhaps not yet */
    OUTCOME_BROKEN,            /* the connection failed on the way */
    OUTCOME_UNTRUSTED,         /* the server's certificate is not to be trusted */
    OUTCOME_TOO_LARGE,         /* the body went over the ceiling */
    OUTCOME_HEADERS_TOO_LARGE, /* for libcurl */
    OUTCOME_UNKNOWN_ENCODING,  /* its name is the reason, "" if it cannot be told */
    OUTCOME_IMPOSSIBLE,        /* anything that trying again cannot change */
};

struct response {
    size_t tag; /* as given to transfer_start */
    enum outcome outcome;
    int status;              /* of OUTCOME_ANSWERED, else 0 */
    int64_t server_time;     /* its Date header, seconds since 1970; 0: none */
    int64_t retry_after_ms;  /* as the server asks, by its own clock; 0: it does not */
    const char *reason;      /* curl's words for what went wrong, "" if nothing did */
    const char *redirect_to; /* the address as it may be shown, "" if it may not; NULL: none */
    const char *body;        /* NUL-terminated, and as it came: it may repeat secrets */
    size_t body_bytes;
    int64_t elapsed_ms;
};

/* libcurl and the libraries that it uses, with their versions. */
const char *transfer_library(void);

/* The options are copied; the credentials have to outlive the transfer. */
bool transfer_open(struct transfer **transfer, const struct transfer_options *options,
                   struct error *error);

/* What is to be hidden before any of a body is shown; grows with each request. */
const struct secrets *transfer_secrets(const struct transfer *transfer);

/* Starts a GET; fewer than `connections` requests are in flight. */
void transfer_start(struct transfer *transfer, const char *url, size_t tag);

/* Waits for an answer up to `wait_ms`. False if none came. The response is good until the next call
 * to any of these. */
bool transfer_wait(struct transfer *transfer, int64_t wait_ms, struct response *response);

/* A header of the answer that transfer_wait has told last, as it came: it may repeat secrets. "" if
   there is none. */
const char *transfer_header(const struct transfer *transfer, const char *name);

/* Takes the body of the answer that transfer_wait has told last, in exchange for another buffer. */
void transfer_exchange_body(struct transfer *transfer, struct buffer *other);

/* Makes a transfer_wait that waits, or else the next one, return at once. From any thread. */
void transfer_wake(struct transfer *transfer);

/* Cancels what is in flight. NULL is allowed. */
void transfer_close(struct transfer *transfer);

#endif
