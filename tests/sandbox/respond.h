/* The bodies of answers. */
#ifndef SANDBOX_RESPOND_H
#define SANDBOX_RESPOND_H

#include "order.h"

/* How meta.count is written. */
enum count_form {
    COUNT_NUMBER,
    COUNT_STRING,
    COUNT_PAGE,   /* the contacts on this page */
    COUNT_STALE,  /* a number of the past */
    COUNT_ABSENT, /* not at all */
};

enum payload_form {
    PAYLOAD_CONTACTS,
    PAYLOAD_EMPTY,
    PAYLOAD_NULL,
};

/* A limit as search engines have it: nothing of a list is given beyond. */
struct list_cap {
    uint32_t contacts; /* 0: no limit */
    bool is_counted;   /* the count ends there as well */
};

struct page_form {
    enum count_form count;
    uint64_t stale_count;
    enum payload_form payload;
    struct list_cap cap;
    bool has_byte_order_mark; /* before the JSON */
};

/* What comes on a page beyond the last one. */
enum beyond_mode {
    BEYOND_EMPTY,
    BEYOND_NULL, /* as payload */
    BEYOND_LAST, /* the last page again */
    BEYOND_NOT_FOUND,
    BEYOND_BAD_REQUEST,
    BEYOND_NO_CONTENT, /* 204 */
};

/* Whether the request is for a page beyond the last one. The roster is locked, here and below. */
bool respond_is_beyond(struct order *order, const struct request *request, uint32_t page_size,
                       const struct list_cap *cap, uint64_t *last_page);

/* Appends one page of contacts. */
void respond_page(struct order *order, const struct request *request, uint32_t page_size,
                  const struct page_form *form, struct buffer *json);

/* Appends all labels, or all inboxes. */
void respond_labels(const struct collection *collection, struct buffer *json);
void respond_inboxes(struct buffer *json);

/* Appends {"error": …}. */
void respond_error(const char *reason, struct buffer *json);

#endif
