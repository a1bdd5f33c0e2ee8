#include "snapshot/writer.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "snapshot/database.h"
#include "snapshot/known.h"
#include "snapshot/partial.h"
#include "snapshot/record.h"
#include "snapshot/schema.h"

#include <stdlib.h>
#include <string.h>

static const char snapshot_name[] = "snapshot.sqlite";

struct snapshot_writer {
    sqlite3 *database;
    sqlite3_stmt *insert_contact; /* unless the id is there */
    sqlite3_stmt *replace_contact;
    sqlite3_stmt *find_contact;
    sqlite3_stmt *put_inbox;
    sqlite3_stmt *clear_inboxes;
    sqlite3_stmt *put_contact_inbox;
    sqlite3_stmt *put_custom_key;
    struct partial partial;
    bool has_saved;
    struct known known;
};

static bool failed(struct snapshot_writer *writer, struct error *error)
{
    return database_failed(writer->database, snapshot_name, error);
}

/* One process has the file, so the log of changes needs no memory shared with others. What is saved
   stands in the log and outlasts the process at once; the disk is waited for only when the log is
   taken over into the file, and in an order that a loss of power does not spoil. */
static bool set_up(struct snapshot_writer *writer, struct error *error)
{
    return database_execute(writer->database,
                            "PRAGMA locking_mode = EXCLUSIVE;"
                            "PRAGMA journal_mode = WAL;"
                            "PRAGMA synchronous = NORMAL;"
                            "PRAGMA wal_autocheckpoint = 8000",
                            error);
}

static bool mark(struct snapshot_writer *writer, int application_id, struct error *error)
{
    char *sql = memory_print("PRAGMA application_id = %d", application_id);
    bool ok = database_execute(writer->database, sql, error);
    free(sql);
    return ok;
}

/* The mark comes first: a file of another kind would not be touched by a later run. */
static bool lay_out(struct snapshot_writer *writer, struct error *error)
{
    char *sql =
        memory_print("PRAGMA user_version = %d; BEGIN; %s", SNAPSHOT_VERSION, snapshot_schema);
    bool ok = mark(writer, PARTIAL_APPLICATION_ID, error) && set_up(writer, error) &&
              database_execute(writer->database, sql, error);
    free(sql);
    return ok;
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

static bool prepare_all(struct snapshot_writer *writer, struct error *error)
{
    sqlite3 *database = writer->database;
    char *insert = contact_sql("INSERT", " ON CONFLICT DO NOTHING");
    char *replace = contact_sql("REPLACE", "");
    bool ok = database_prepare(database, insert, &writer->insert_contact, error) &&
              database_prepare(database, replace, &writer->replace_contact, error) &&
              database_prepare(database, "SELECT seen_in_pass FROM contact WHERE id = ?",
                               &writer->find_contact, error) &&
              database_prepare(database,
                               "INSERT INTO inbox VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                               " name = coalesce(excluded.name, name),"
                               " channel_type = coalesce(excluded.channel_type, channel_type),"
                               " extra = coalesce(excluded.extra, extra)",
                               &writer->put_inbox, error) &&
              database_prepare(database, "DELETE FROM contact_inbox WHERE contact_id = ?",
                               &writer->clear_inboxes, error) &&
              database_prepare(database, "INSERT INTO contact_inbox VALUES (?, ?, ?, ?, ?)",
                               &writer->put_contact_inbox, error) &&
              database_prepare(database, "INSERT OR IGNORE INTO custom_key VALUES (?)",
                               &writer->put_custom_key, error) &&
              partial_prepare(&writer->partial, database, error);
    free(insert);
    free(replace);
    return ok;
}

/* Hands the writer out if all went well, else frees it. */
static bool deliver(struct snapshot_writer *writer, bool ok, struct snapshot_writer **made)
{
    if (ok)
        *made = writer;
    else
        snapshot_writer_free(writer);
    return ok;
}

bool snapshot_writer_create(struct snapshot_writer **made, const char *path,
                            const struct source *source, const char *account, struct error *error)
{
    struct snapshot_writer *writer = memory_new(1, sizeof *writer);
    bool ok = database_open(&writer->database, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                            snapshot_name, error);
    ok = ok && lay_out(writer, error) && partial_lay_out(writer->database, account, error) &&
         prepare_all(writer, error) && record_put_source(writer->database, source, error);
    return deliver(writer, ok, made);
}

bool snapshot_writer_resume(struct snapshot_writer **made, const char *path,
                            struct unfinished *unfinished, struct error *error)
{
    struct snapshot_writer *writer = memory_new(1, sizeof *writer);
    bool ok = database_open(&writer->database, path, SQLITE_OPEN_READWRITE, snapshot_name, error);
    ok = ok && set_up(writer, error) && database_execute(writer->database, "BEGIN", error) &&
         partial_load(writer->database, unfinished, error);
    writer->has_saved = ok && unfinished->progress.pass > 0;
    /* The account may be there already, if the run broke off at its very end. */
    if (writer->has_saved && !(database_execute(writer->database, "DELETE FROM ledger", error) &&
                               prepare_all(writer, error))) {
        unfinished_free(unfinished);
        ok = false;
    }
    return deliver(writer, ok, made);
}

bool snapshot_writer_begin_pass(struct snapshot_writer *writer, struct error *error)
{
    return partial_forget_pages(writer->database, error);
}

bool snapshot_writer_note_page(struct snapshot_writer *writer, const struct page_seen *page,
                               struct error *error)
{
    return partial_put_page(&writer->partial, page, error);
}

bool snapshot_writer_note_rejected(struct snapshot_writer *writer, uint64_t fingerprint,
                                   struct error *error)
{
    return partial_put_rejected(&writer->partial, fingerprint, error);
}

bool snapshot_writer_save(struct snapshot_writer *writer, const struct progress *progress,
                          int64_t saved_at, struct error *error)
{
    if (!partial_save(&writer->partial, progress, saved_at, error) ||
        !database_execute(writer->database, "COMMIT; BEGIN", error))
        return false;
    writer->has_saved = true;
    return true;
}

bool snapshot_writer_has_saved(const struct snapshot_writer *writer)
{
    return writer->has_saved;
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

static bool find_earlier_pass(struct snapshot_writer *writer, int64_t id, int *pass,
                              struct error *error)
{
    sqlite3_bind_int64(writer->find_contact, 1, id);
    bool is_there = sqlite3_step(writer->find_contact) == SQLITE_ROW;
    *pass = is_there ? sqlite3_column_int(writer->find_contact, 0) : 0;
    sqlite3_reset(writer->find_contact);
    return is_there || failed(writer, error);
}

/* Puts the contact into the place of what an earlier reading of it has left. */
static bool replace_contact(struct snapshot_writer *writer, const struct contact *contact, int pass,
                            enum stored *stored, struct error *error)
{
    int earlier_pass;
    if (!find_earlier_pass(writer, contact->id, &earlier_pass, error))
        return false;
    *stored = earlier_pass == pass ? STORED_TWICE_IN_PASS : STORED_AGAIN;
    sqlite3_bind_int64(writer->clear_inboxes, 1, contact->id);
    bind_contact(writer->replace_contact, contact, pass);
    return database_run(writer->database, writer->clear_inboxes, error) &&
           database_run(writer->database, writer->replace_contact, error);
}

/* Nearly every contact is a new one: that is found out by the insertion itself. */
static bool put_contact(struct snapshot_writer *writer, const struct contact *contact, int pass,
                        enum stored *stored, struct error *error)
{
    *stored = STORED_NEW;
    bind_contact(writer->insert_contact, contact, pass);
    if (!database_run(writer->database, writer->insert_contact, error))
        return false;
    return sqlite3_changes(writer->database) > 0 ||
           replace_contact(writer, contact, pass, stored, error);
}

static bool put_inbox(struct snapshot_writer *writer, const struct contact_inbox *inbox,
                      struct error *error)
{
    sqlite3_stmt *put = writer->put_inbox;
    sqlite3_bind_int64(put, 1, inbox->inbox_id);
    database_bind_text(put, 2, inbox->name);
    database_bind_text(put, 3, inbox->channel_type);
    database_bind_text(put, 4, inbox->inbox_extra);
    return database_run(writer->database, put, error);
}

static bool put_inboxes(struct snapshot_writer *writer, const struct contact *contact,
                        struct error *error)
{
    for (size_t i = 0; i < contact->inbox_count; i++) {
        const struct contact_inbox *inbox = &contact->inboxes[i];
        if (!known_inbox(&writer->known, inbox) && !put_inbox(writer, inbox, error))
            return false;
        sqlite3_stmt *put = writer->put_contact_inbox;
        sqlite3_bind_int64(put, 1, contact->id);
        sqlite3_bind_int64(put, 2, (int64_t)i);
        sqlite3_bind_int64(put, 3, inbox->inbox_id);
        database_bind_text(put, 4, inbox->source_id);
        database_bind_text(put, 5, inbox->extra);
        if (!database_run(writer->database, put, error))
            return false;
    }
    return true;
}

static bool put_custom_keys(struct snapshot_writer *writer, const struct contact *contact,
                            struct error *error)
{
    for (size_t i = 0; i < contact->custom_key_count; i++) {
        const char *key = contact->custom_keys[i];
        if (known_key(&writer->known, key))
            continue;
        database_bind_text(writer->put_custom_key, 1, key);
        if (!database_run(writer->database, writer->put_custom_key, error))
            return false;
    }
    return true;
}

bool snapshot_writer_put(struct snapshot_writer *writer, const struct contact *contact, int pass,
                         enum stored *stored, struct error *error)
{
    return put_contact(writer, contact, pass, stored, error) &&
           put_inboxes(writer, contact, error) && put_custom_keys(writer, contact, error);
}

/* Counts by a statement with up to two parameters. */
static int64_t count_where(struct snapshot_writer *writer, const char *sql, int64_t first,
                           int64_t second, struct error *error)
{
    sqlite3_stmt *count;
    if (!database_prepare(writer->database, sql, &count, error))
        return -1;
    sqlite3_bind_int64(count, 1, first);
    sqlite3_bind_int64(count, 2, second);
    bool ok = sqlite3_step(count) == SQLITE_ROW || failed(writer, error);
    int64_t counted = ok ? sqlite3_column_int64(count, 0) : -1;
    sqlite3_finalize(count);
    return counted;
}

int64_t snapshot_writer_count_read(struct snapshot_writer *writer, int since_pass,
                                   struct error *error)
{
    return count_where(writer, "SELECT count(*) FROM contact WHERE seen_in_pass >= ?", since_pass,
                       0, error);
}

int64_t snapshot_writer_count_created(struct snapshot_writer *writer, int64_t after, int64_t until,
                                      struct error *error)
{
    return count_where(writer,
                       "SELECT count(*) FROM contact WHERE created_at > ? AND created_at <= ?",
                       after, until, error);
}

int64_t snapshot_writer_count_old(struct snapshot_writer *writer, int since_pass,
                                  int64_t created_before, struct error *error)
{
    return count_where(writer,
                       "SELECT count(*) FROM contact WHERE seen_in_pass >= ? AND created_at < ?",
                       since_pass, created_before, error);
}

int64_t snapshot_writer_newest(struct snapshot_writer *writer, struct error *error)
{
    return count_where(writer, "SELECT coalesce(max(max(created_at), 0), 0) FROM contact", 0, 0,
                       error);
}

int64_t snapshot_writer_drop_gone(struct snapshot_writer *writer, int since_pass,
                                  struct error *error)
{
    char *sql = memory_print("DELETE FROM contact_inbox WHERE contact_id IN"
                             " (SELECT id FROM contact WHERE seen_in_pass < %d);"
                             "DELETE FROM contact WHERE seen_in_pass < %d",
                             since_pass, since_pass);
    bool ok = since_pass <= 1 || database_execute(writer->database, sql, error);
    free(sql);
    return ok ? count_where(writer, "SELECT count(*) FROM contact", 0, 0, error) : -1;
}

static void finalize_all(struct snapshot_writer *writer)
{
    sqlite3_stmt **const statements[] = {
        &writer->insert_contact, &writer->replace_contact, &writer->find_contact,
        &writer->put_inbox,      &writer->clear_inboxes,   &writer->put_contact_inbox,
        &writer->put_custom_key,
    };
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        sqlite3_finalize(*statements[i]);
        *statements[i] = NULL;
    }
    partial_finalize(&writer->partial);
}

/* Takes the log over into the file, which thereby becomes one file again, and closes it. */
static bool close_whole(struct snapshot_writer *writer, struct error *error)
{
    if (!database_execute(writer->database, "PRAGMA journal_mode = DELETE", error))
        return false;
    if (sqlite3_close(writer->database) != SQLITE_OK)
        return failed(writer, error);
    writer->database = NULL;
    return true;
}

static bool put_account(struct snapshot_writer *writer, const struct ledger *ledger,
                        const struct warnings *warnings, int64_t finished_at, struct error *error)
{
    char *set_finished =
        memory_print("UPDATE fetch SET finished_at = %lld", (long long)finished_at);
    bool ok = record_put_ledger(writer->database, ledger, error) &&
              record_put_warnings(writer->database, warnings, error) &&
              database_execute(writer->database, set_finished, error);
    free(set_finished);
    return ok;
}

/* All but the mark goes into the file while it can still be gone on with: that takes a while, and
   the last step hardly any time. */
bool snapshot_writer_finish(struct snapshot_writer *writer, const struct ledger *ledger,
                            const struct warnings *warnings, int64_t finished_at,
                            struct error *error)
{
    finalize_all(writer);
    return put_account(writer, ledger, warnings, finished_at, error) &&
           database_execute(writer->database, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE); BEGIN",
                            error) &&
           partial_drop(writer->database, error) && mark(writer, SNAPSHOT_APPLICATION_ID, error) &&
           database_execute(writer->database, "COMMIT", error) && close_whole(writer, error);
}

void snapshot_writer_free(struct snapshot_writer *writer)
{
    if (!writer)
        return;
    finalize_all(writer);
    sqlite3_close(writer->database);
    known_free(&writer->known);
    free(writer);
}
