/* What a client asked for, from the parameters of its URL. */
#ifndef SANDBOX_REQUEST_H
#define SANDBOX_REQUEST_H

#include "collection.h"

enum { DEFAULT_PAGE_SIZE = 15, PAGE_SIZE_MAX = 1000, SEARCH_BYTES_MAX = 255 };

/* Which contacts match. */
struct filter {
    bool by_labels;
    uint64_t labels; /* any of these; an empty set matches no contact */
    char search[SEARCH_BYTES_MAX + 1];
};

enum sort_key {
    SORT_NONE, /* the API then promises no order */
    SORT_CREATED_AT,
    SORT_LAST_ACTIVITY_AT,
    SORT_NAME,
    SORT_EMAIL,
    SORT_PHONE_NUMBER,
    SORT_COMPANY,
    SORT_CITY,
    SORT_COUNTRY,
};

/* All keys in the order in which Chatwoot declares and applies them; SORT_NONE ends them. */
extern const enum sort_key sort_key_ranks[];

/* Who reads the parameters. */
enum dialect {
    DIALECT_LIVEDESK, /* as documented: one key and a direction; anything else is 400 */
    DIALECT_CHATWOOT, /* `direction` is not read: -key is descending; several keys count in an order
                         of their own; unknown keys are ignored */
};

enum page_size_mode {
    PAGE_SIZE_HONOUR, /* up to the cap */
    PAGE_SIZE_IGNORE,
    PAGE_SIZE_REFUSE, /* 422 */
};

struct request {
    const struct collection *collection; /* tells which labels there are */
    struct filter filter;
    enum dialect dialect;
    enum sort_key sort;
    unsigned further; /* a set of 1 << key: the keys by which ties are ordered */
    bool descending;
    bool with_inboxes;
    uint64_t number;       /* of the requests for contacts, from 1 */
    uint64_t page;         /* at least 1 */
    uint64_t page_size;    /* as asked; 0 if absent or nonsense */
    bool asked_page_size;  /* the parameter was there */
    const char *complaint; /* why the answer is 400, or NULL */
};

struct request request_new(const struct collection *collection, enum dialect dialect);

/* Reads one percent-decoded parameter; `value` is NULL if it has no "=". Ignores unknown
   parameters. */
void request_add(struct request *request, const char *key, const char *value);

#endif
