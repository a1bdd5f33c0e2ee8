/* What a server's answers to the probes of `rollcall check` say about it. Pure. */
#ifndef ROLLCALL_CHECK_FINDINGS_H
#define ROLLCALL_CHECK_FINDINGS_H

#include "fetch/api/livedesk.h"

#include <stdbool.h>
#include <stdint.h>

/* The answer to one probe. */
struct probe {
    int status; /* 0: not asked, or no answer */
    enum body_fault body;
    struct livedesk_page page; /* if the status is 200 and the body fine; else empty */
};

/* Whether the probe got a page of contacts. */
bool probe_has_page(const struct probe *probe);

/* What the server does with page_size. */
enum page_size_kind {
    PAGE_SIZE_HONOURED,
    PAGE_SIZE_CAPPED,  /* honoured up to `page_records` */
    PAGE_SIZE_IGNORED, /* a page always has `page_records` */
    PAGE_SIZE_REFUSED, /* a request with it fails; without it a page has `page_records` */
    PAGE_SIZE_OPEN,    /* unknown, as there are too few contacts */
};

/* Finds the kind. When `asked` records were asked for, `records` came; when `asked_less` were,
   fewer than `records`, then `records_less` came. */
enum page_size_kind check_page_size_kind(int64_t asked, int64_t records, int64_t asked_less,
                                         int64_t records_less);

/* What the server does with a sort. */
enum order_kind {
    ORDER_OBEYED,
    ORDER_IGNORED, /* answered as if nothing was wrong, in another order */
    ORDER_REFUSED, /* with a status from 400 to 499 */
    ORDER_FAILED,  /* another status, no answer, or one that cannot be read */
    ORDER_OPEN,    /* unknown: too few contacts, or all of them tie */
};

struct order_finding {
    enum order_kind kind;
    int status;
};

/* Of the first page by created_at, ascending. */
struct order_finding find_ascending(const struct probe *ascending);

/* Of the first page by created_at, descending in one of two forms. */
struct order_finding find_descending(const struct probe *descending, const struct probe *ascending);

/* Of the first page by email. Databases compare texts in ways of their own: only coarse disorder
   counts. */
struct order_finding find_by_email(const struct probe *by_email);

/* Of the first page by several keys, email the first of them. */
struct order_finding find_by_several(const struct probe *by_several, const struct probe *by_email);

/* Of a page by a key that no server knows: it cannot be obeyed. */
struct order_finding find_by_unknown(const struct probe *by_unknown);

/* What comes beyond the last page. */
enum beyond_kind {
    BEYOND_EMPTY_LIST,
    BEYOND_NULL_LIST,
    BEYOND_LAST_PAGE,  /* the last page again */
    BEYOND_FIRST_PAGE, /* the first page again */
    BEYOND_CONTACTS,   /* other contacts, or perhaps the last page again if that is unknown */
    BEYOND_STATUS,     /* a status other than 200 */
    BEYOND_UNREADABLE, /* no answer, or one that cannot be read */
};

struct beyond_finding {
    enum beyond_kind kind;
    int status;
};

/* `last` is the last page, the first one if there is no other; an empty probe if it is unknown. */
struct beyond_finding find_beyond(const struct probe *beyond, const struct probe *first,
                                  const struct probe *last);

/* What meta.count counts. */
enum count_kind {
    COUNTS_ALL,
    COUNTS_PAGE,    /* the contacts on this page */
    COUNTS_TOO_FEW, /* fewer than are on the page */
    COUNTS_NOTHING, /* there is no count */
    COUNTS_OPEN,    /* unknown, as one page holds all contacts */
};

/* `smaller` is the first page when fewer contacts were asked for, `second` the second page; either
   may be an empty probe. */
enum count_kind find_count(const struct probe *first, const struct probe *smaller,
                           const struct probe *second);

/* The contacts that share a time of creation. */
struct tie {
    int64_t contacts;   /* in the largest such group on the page; 0: no contact has a time */
    int64_t created_at; /* seconds since 1970 */
};

struct tie find_tie(const struct livedesk_page *page);

#endif
