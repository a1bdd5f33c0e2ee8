/* One contact of the list, as received. */
#ifndef ROLLCALL_CONTACT_H
#define ROLLCALL_CONTACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The fields that are plain texts. */
enum contact_text {
    CONTACT_NAME,
    CONTACT_EMAIL,
    CONTACT_PHONE_NUMBER,
    CONTACT_IDENTIFIER,
    CONTACT_THUMBNAIL,
    CONTACT_AVAILABILITY_STATUS,
    CONTACT_CITY,
    CONTACT_COUNTRY,
    CONTACT_COUNTRY_CODE,
    CONTACT_COMPANY_NAME,
    CONTACT_TELEGRAM,
    CONTACT_DESCRIPTION,
    CONTACT_GITHUB,
    CONTACT_TWITTER,
    CONTACT_FACEBOOK,
    CONTACT_LINKEDIN,
    CONTACT_INSTAGRAM,
    CONTACT_TEXTS,
};

/* Their keys in JSON, which are also the snapshot's columns. */
extern const char *const contact_text_names[CONTACT_TEXTS];

struct contact_inbox {
    int64_t inbox_id;
    const char *name;         /* NULL if absent */
    const char *channel_type; /* NULL if absent */
    const char *inbox_extra;  /* unknown fields of the inbox: a JSON object, or NULL */
    const char *source_id;    /* NULL if absent */
    const char *extra;        /* unknown fields of the relation: a JSON object, or NULL */
};

#define TIME_NONE INT64_MIN /* the record has no such time */

/* All texts are valid UTF-8. Whoever made the contact owns what it points to. */
struct contact {
    int64_t id;
    const char *text[CONTACT_TEXTS]; /* NULL if null or absent */
    bool blocked;
    int64_t created_at;       /* seconds since 1970, or TIME_NONE */
    int64_t last_activity_at; /* likewise */
    const char *custom; /* custom attributes: a JSON object, its keys in byte order, or NULL */
    size_t custom_key_count;
    const char **custom_keys; /* the names of those attributes */
    const char *extra;        /* unknown fields: a JSON object, or NULL */
    size_t inbox_count;
    struct contact_inbox *inboxes; /* in the server's order; an inbox may occur more than once */
};

#endif
