/* Puts contacts into an unfinished snapshot. */
#ifndef ROLLCALL_CONTACT_STORE_H
#define ROLLCALL_CONTACT_STORE_H

#include "base/error.h"
#include "model/contact.h"
#include "snapshot/known.h"

#include <sqlite3.h>
#include <stdbool.h>

/* What storing a contact found. If two records have one id, the newer is kept. */
enum stored {
    STORED_NEW,           /* an id not read before */
    STORED_AGAIN,         /* an id known from an earlier pass */
    STORED_TWICE_IN_PASS, /* an id that this pass has read already */
};

/* The statements that store, and what need not be stored again. {0} holds no statements. */
struct contact_store {
    sqlite3 *database;
    sqlite3_stmt *insert_contact; /* unless the id is there */
    sqlite3_stmt *replace_contact;
    sqlite3_stmt *find_contact;
    sqlite3_stmt *put_inbox;
    sqlite3_stmt *clear_inboxes;
    sqlite3_stmt *put_contact_inbox;
    sqlite3_stmt *put_custom_key;
    struct known known;
};

/* The tables must exist. Both calls fail with EXIT_OUTPUT if the disk is at fault. */
bool contact_store_prepare(struct contact_store *store, sqlite3 *database, struct error *error);

/* `pass` counts from 1. */
bool contact_store_put(struct contact_store *store, const struct contact *contact, int pass,
                       enum stored *stored, struct error *error);

/* Leaves {0}. */
void contact_store_free(struct contact_store *store);

#endif
