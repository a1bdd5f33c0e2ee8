#include "snapshot/contact_store.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "snapshot/database.h"

#include <stdlib.h>

static bool failed(struct contact_store *store, struct error *error)
{
    return database_failed(store->database, "snapshot.sqlite", error);
}

static char *contact_sql(const char *verb, const char *ending)
{
    struct buffer columns = {0};
    struct buffer values = {0};
    for (int i = 0; i < CONTACT_TEXTS; i++) {
        buffer_print(&columns, ", %s", contact_text_names[i]);
        buffer_append_text(&values, ", ?");
    }
    char *sql = memory_print("%s INTO contact (id, seen_in_pass, blocked, created_at,"
                             " last_activity_at, custom, extra%s) VALUES (?, ?, ?, ?, ?, ?, ?%s)%s",
                             verb, buffer_text(&columns), buffer_text(&values), ending);
    buffer_free(&columns);
    buffer_free(&values);
    return sql;
}

bool contact_store_prepare(struct contact_store *store, sqlite3 *database, struct error *error)
{
    store->database = database;
    char *insert = contact_sql("INSERT", " ON CONFLICT DO NOTHING");
    char *replace = contact_sql("REPLACE", "");
    bool ok = database_prepare(database, insert, &store->insert_contact, error) &&
              database_prepare(database, replace, &store->replace_contact, error) &&
              database_prepare(database, "SELECT seen_in_pass FROM contact WHERE id = ?",
                               &store->find_contact, error) &&
              database_prepare(database,
                               "INSERT INTO inbox VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                               " name = coalesce(excluded.name, name),"
                               " channel_type = coalesce(excluded.channel_type, channel_type),"
                               " extra = coalesce(excluded.extra, extra)",
                               &store->put_inbox, error) &&
              database_prepare(database, "DELETE FROM contact_inbox WHERE contact_id = ?",
                               &store->clear_inboxes, error) &&
              database_prepare(database, "INSERT INTO contact_inbox VALUES (?, ?, ?, ?, ?)",
                               &store->put_contact_inbox, error) &&
              database_prepare(database, "INSERT OR IGNORE INTO custom_key VALUES (?)",
                               &store->put_custom_key, error);
    free(insert);
    free(replace);
    return ok;
}

static void bind_contact(sqlite3_stmt *put, const struct contact *contact, int pass)
{
    sqlite3_bind_int64(put, 1, contact->id);
    sqlite3_bind_int(put, 2, pass);
    sqlite3_bind_int(put, 3, contact->blocked);
    database_bind_optional(put, 4, contact->created_at, TIME_NONE);
    database_bind_optional(put, 5, contact->last_activity_at, TIME_NONE);
    database_bind_text(put, 6, contact->custom);
    database_bind_text(put, 7, contact->extra);
    for (int i = 0; i < CONTACT_TEXTS; i++)
        database_bind_text(put, 8 + i, contact->text[i]);
}

static bool find_earlier_pass(struct contact_store *store, int64_t id, int *pass,
                              struct error *error)
{
    sqlite3_bind_int64(store->find_contact, 1, id);
    bool is_there = sqlite3_step(store->find_contact) == SQLITE_ROW;
    *pass = is_there ? sqlite3_column_int(store->find_contact, 0) : 0;
    sqlite3_reset(store->find_contact);
    return is_there || failed(store, error);
}

/* Replaces what an earlier record of the contact has left. */
static bool replace_contact(struct contact_store *store, const struct contact *contact, int pass,
                            enum stored *stored, struct error *error)
{
    int earlier_pass;
    if (!find_earlier_pass(store, contact->id, &earlier_pass, error))
        return false;
    *stored = earlier_pass == pass ? STORED_TWICE_IN_PASS : STORED_AGAIN;
    sqlite3_bind_int64(store->clear_inboxes, 1, contact->id);
    bind_contact(store->replace_contact, contact, pass);
    return database_run(store->database, store->clear_inboxes, error) &&
           database_run(store->database, store->replace_contact, error);
}

/* Nearly every contact is new, so we insert first: a conflict shows that the id is known. */
static bool put_contact(struct contact_store *store, const struct contact *contact, int pass,
                        enum stored *stored, struct error *error)
{
    *stored = STORED_NEW;
    bind_contact(store->insert_contact, contact, pass);
    if (!database_run(store->database, store->insert_contact, error))
        return false;
    return sqlite3_changes(store->database) > 0 ||
           replace_contact(store, contact, pass, stored, error);
}

static bool put_inbox(struct contact_store *store, const struct contact_inbox *inbox,
                      struct error *error)
{
    sqlite3_stmt *put = store->put_inbox;
    sqlite3_bind_int64(put, 1, inbox->inbox_id);
    database_bind_text(put, 2, inbox->name);
    database_bind_text(put, 3, inbox->channel_type);
    database_bind_text(put, 4, inbox->inbox_extra);
    return database_run(store->database, put, error);
}

static bool put_inboxes(struct contact_store *store, const struct contact *contact,
                        struct error *error)
{
    for (size_t i = 0; i < contact->inbox_count; i++) {
        const struct contact_inbox *inbox = &contact->inboxes[i];
        if (!known_inbox(&store->known, inbox) && !put_inbox(store, inbox, error))
            return false;
        sqlite3_stmt *put = store->put_contact_inbox;
        sqlite3_bind_int64(put, 1, contact->id);
        sqlite3_bind_int64(put, 2, (int64_t)i);
        sqlite3_bind_int64(put, 3, inbox->inbox_id);
        database_bind_text(put, 4, inbox->source_id);
        database_bind_text(put, 5, inbox->extra);
        if (!database_run(store->database, put, error))
            return false;
    }
    return true;
}

static bool put_custom_keys(struct contact_store *store, const struct contact *contact,
                            struct error *error)
{
    for (size_t i = 0; i < contact->custom_key_count; i++) {
        const char *key = contact->custom_keys[i];
        if (known_key(&store->known, key))
            continue;
        database_bind_text(store->put_custom_key, 1, key);
        if (!database_run(store->database, store->put_custom_key, error))
            return false;
    }
    return true;
}

bool contact_store_put(struct contact_store *store, const struct contact *contact, int pass,
                       enum stored *stored, struct error *error)
{
    return put_contact(store, contact, pass, stored, error) && put_inboxes(store, contact, error) &&
           put_custom_keys(store, contact, error);
}

void contact_store_free(struct contact_store *store)
{
    sqlite3_finalize(store->insert_contact);
    sqlite3_finalize(store->replace_contact);
    sqlite3_finalize(store->find_contact);
    sqlite3_finalize(store->put_inbox);
    sqlite3_finalize(store->clear_inboxes);
    sqlite3_finalize(store->put_contact_inbox);
    sqlite3_finalize(store->put_custom_key);
    known_free(&store->known);
    *store = (struct contact_store){0};
}
