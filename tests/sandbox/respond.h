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

struct page_form {
    enum count_form count;
    uint64_t stale_count;
    enum payload_form payload;
};

/* Appends one page of contacts. The roster is locked. */
void respond_page(struct order *order, const struct request *request, uint32_t page_size,
                  const struct page_form *form, struct buffer *json);

/* Appends {"error": …}. */
void respond_error(const char *reason, struct buffer *json);

#endif
