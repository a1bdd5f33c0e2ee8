/* All contacts the server knows, in the order they were created: contact 0 is the oldest. A
   collection never changes, so any thread may read it; but see roster.h. */
#ifndef SANDBOX_COLLECTION_H
#define SANDBOX_COLLECTION_H

#include "base/buffer.h"
#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

enum {
    CONTACTS_MAX = 10000000,
    LABELS_MAX = 64, /* a set of labels is one bit each */
};

/* The fields by which a contact is found, filtered and sorted. A text is NULL if the API has
   none. */
struct contact {
    int64_t id;
    int64_t created_at;
    int64_t last_activity_at;
    bool has_activity;
    const char *name;
    const char *email;
    const char *phone_number;
    const char *identifier;
    const char *company;
    const char *city;
    const char *country;

    /* Room for the texts of a made-up contact. */
    char name_room[128];
    char email_room[128];
    char phone_room[24];
    char identifier_room[24];
    char company_room[192];
};

/* What is written besides the fields that are always there; a set of bits. */
enum contact_parts {
    WITH_INBOXES = 1,
    WITH_LABELS = 2, /* as "_labels", which the API never shows */
};

struct collection;

/* What a kind of collection can do. */
struct collection_kind {
    int64_t (*id)(const struct collection *collection, uint32_t ordinal);
    uint64_t (*labels)(const struct collection *collection, uint32_t ordinal);
    void (*read)(const struct collection *collection, uint32_t ordinal, struct contact *contact);
    void (*write)(const struct collection *collection, uint32_t ordinal, unsigned parts,
                  struct buffer *json);
    void (*free)(struct collection *collection);
};

struct collection {
    const struct collection_kind *kind;
    uint32_t count;
    const char *const *labels; /* bit n of a set stands for labels[n] */
    size_t label_count;
};

/* The contacts of a file, one JSON object a line. Fails with EXIT_WRONG_USE, naming the line. */
struct collection *collection_open(const char *path, struct error *error);

/* Makes up the first `count` contacts of an account that closes with `grown` of them (at least
   `count`). Contact n depends only on `seed`, `grown` and n. */
struct collection *collection_generate(uint32_t count, uint64_t seed, uint32_t grown);

void collection_free(struct collection *collection);

int64_t collection_id(const struct collection *collection, uint32_t ordinal);
uint64_t collection_labels(const struct collection *collection, uint32_t ordinal);

/* The texts live as long as both the collection and `contact`; do not copy the struct. */
void collection_read(const struct collection *collection, uint32_t ordinal,
                     struct contact *contact);

/* Appends the contact as the API writes it. */
void collection_write(const struct collection *collection, uint32_t ordinal, unsigned parts,
                      struct buffer *json);

/* The bit of a label, 0 if no contact has it. */
uint64_t collection_label_bit(const struct collection *collection, const char *label,
                              size_t length);

#endif
