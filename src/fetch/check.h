/* Asks a server a few questions, to find out how a fetch from it will go. */
#ifndef ROLLCALL_CHECK_H
#define ROLLCALL_CHECK_H

#include "base/error.h"
#include "fetch/check_findings.h"
#include "model/source.h"

#include <stdbool.h>
#include <stdint.h>

struct credentials;

enum {
    CHECK_REQUESTS_MAX = 15,
    CHECK_LIMITS = 8, /* the headers known for telling of rate limits */
    CHECK_LIMIT_BYTES = 64,
};

extern const char *const check_limit_headers[CHECK_LIMITS];

/* What an address answers that lists labels or inboxes. */
struct list_finding {
    int status; /* 0: no answer */
    bool is_list;
    int64_t entries; /* if it is a list */
};

struct check {
    int64_t count;      /* the server's count of contacts, or COUNT_UNKNOWN */
    int64_t count_last; /* the same at the last answer that told one */
    enum count_kind counts;
    enum page_size_kind page_size;
    int64_t page_records; /* contacts on the first page */
    struct order_finding by_created_at;
    struct order_finding by_email;
    struct order_finding by_direction; /* direction=desc */
    struct order_finding by_minus;     /* sort=-created_at */
    struct order_finding by_several;   /* pass_several_keys */
    struct order_finding by_unknown;   /* check_unknown_key */
    struct beyond_finding beyond;
    struct tie tie; /* on the first page */
    struct list_finding labels;
    struct list_finding inboxes;
    char limits[CHECK_LIMITS][CHECK_LIMIT_BYTES]; /* the latest value of each header; "": none */
    int requests;
    int64_t least_ms, median_ms, most_ms; /* how long the pages took */
    bool has_clock;
    int64_t clock_ahead_s; /* how far the server's clock is ahead of this machine's */
};

extern const char check_unknown_key[]; /* a sort */

/* Tries each request once, at most CHECK_REQUESTS_MAX. Fails if the first page cannot be read;
   what becomes of the others is what is to be found out. */
bool check_server(const struct source *source, const struct credentials *credentials,
                  const char *ca_file, int64_t timeout_ms, struct check *check,
                  struct error *error);

#endif
