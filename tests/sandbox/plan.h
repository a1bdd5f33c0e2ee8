/* How the server answers one request. All zero is the honest answer; faults change it. */
#ifndef SANDBOX_PLAN_H
#define SANDBOX_PLAN_H

#include "respond.h"

#include <stdbool.h>
#include <stdint.h>

enum { PLAN_HEADERS_MAX = 8 };

/* The rule owns both texts. */
struct plan_header {
    const char *name;
    const char *value; /* may hold variables, see echo.h */
};

struct plan {
    /* Instead of the page. */
    bool is_reset;    /* the connection ends without an answer */
    bool is_endless;  /* a body that never ends */
    bool is_replaced; /* `status` and `body` are sent in place of a page */
    unsigned status;
    const char *content_type; /* static, NULL for JSON */
    struct buffer body;       /* owned */
    bool has_variables;       /* the body has variables to fill in */
    bool has_retry_after;
    bool retry_after_as_date;
    uint32_t retry_after_seconds;

    /* In the page. */
    struct page_form page;

    /* Beside it. */
    struct plan_header headers[PLAN_HEADERS_MAX];
    size_t header_count;

    /* On the way. */
    uint32_t stall_ms;
    uint32_t drip_ms; /* between two bytes; 0 sends everything at once */
    bool is_cut;
    uint64_t cut_bytes; /* the connection ends after this many bytes */
    bool has_wrong_length;
    uint64_t announced_bytes; /* sent as Content-Length, whatever the body's length */
};

/* Replaces the page, and any earlier substitute with its headers, by an empty body that the caller
   fills. */
struct buffer *plan_replace(struct plan *plan, unsigned status, const char *content_type);

/* Sends one header more, if there is room for it. */
void plan_add_header(struct plan *plan, const char *name, const char *value);

/* Answers with {"error": reason}. */
void plan_refuse(struct plan *plan, unsigned status, const char *reason);

void plan_free(struct plan *plan);

#endif
