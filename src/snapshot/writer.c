#include "snapshot/writer.h"

#include "base/memory.h"
#include "snapshot/database.h"
#include "snapshot/digest.h"
#include "snapshot/record.h"
#include "snapshot/schema.h"
#include "snapshot/writer_parts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_BYTES = 4096 }; /* SQLite's own choice */

const char snapshot_writer_file[] = "snapshot.sqlite";

static bool failed(struct snapshot_writer *writer, struct error *error)
{
    return database_failed(writer->database, snapshot_writer_file, error);
}

/* Only one process has the file, so the write-ahead log needs no shared memory. A saved change is
   in the log and outlasts the process at once. SQLite waits for the disk only when it moves the log
   into the file, in an order that survives a loss of power. SQLite overwrites what we delete at the
   end, such as the key's fingerprint: Debian's SQLite does that by default, others do not. */
static bool set_up(struct snapshot_writer *writer, struct error *error)
{
    return database_execute(writer->database,
                            "PRAGMA locking_mode = EXCLUSIVE;"
                            "PRAGMA journal_mode = WAL;"
                            "PRAGMA synchronous = NORMAL;"
                            "PRAGMA secure_delete = ON;"
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

/* The mark comes first: a later run does not touch a file without it. */
static bool lay_out(struct snapshot_writer *writer, struct error *error)
{
    char *sql =
        memory_print("PRAGMA user_version = %d; BEGIN; %s", SNAPSHOT_VERSION, snapshot_schema);
    bool ok = mark(writer, PARTIAL_APPLICATION_ID, error) && set_up(writer, error) &&
              database_execute(writer->database, sql, error);
    free(sql);
    return ok;
}

static bool prepare_all(struct snapshot_writer *writer, struct error *error)
{
    return contact_store_prepare(&writer->contacts, writer->database, error) &&
           partial_prepare(&writer->partial, writer->database, error);
}

static void finalize_all(struct snapshot_writer *writer)
{
    contact_store_free(&writer->contacts);
    partial_finalize(&writer->partial);
}

/* Returns the writer if all went well, otherwise frees it. */
static bool deliver(struct snapshot_writer *writer, bool ok, struct snapshot_writer **made)
{
    if (ok)
        *made = writer;
    else
        snapshot_writer_free(writer);
    return ok;
}

static struct snapshot_writer *make_writer(void)
{
    struct snapshot_writer *writer = memory_new(1, sizeof *writer);
    writer->log = -1;
    return writer;
}

bool snapshot_writer_create(struct snapshot_writer **made, const char *path,
                            const struct source *source, const char *key_fingerprint,
                            struct error *error)
{
    struct snapshot_writer *writer = make_writer();
    bool ok = database_open(&writer->database, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                            snapshot_writer_file, error);
    ok = ok && lay_out(writer, error) &&
         partial_lay_out(writer->database, key_fingerprint, error) && prepare_all(writer, error) &&
         record_put_source(writer->database, source, error);
    return deliver(writer, ok, made);
}

bool snapshot_writer_resume(struct snapshot_writer **made, const char *path,
                            struct unfinished *unfinished, struct error *error)
{
    struct snapshot_writer *writer = make_writer();
    bool ok =
        database_open(&writer->database, path, SQLITE_OPEN_READWRITE, snapshot_writer_file, error);
    ok = ok && set_up(writer, error) && schema_check_version(writer->database, error) &&
         database_execute(writer->database, "BEGIN", error) &&
         partial_load(writer->database, unfinished, error);
    writer->has_saved = ok && unfinished->checkpoint.pass > 0;
    /* The ledger may exist already, if the run was interrupted at its very end. */
    if (writer->has_saved &&
        !(database_execute(writer->database, "DELETE FROM ledger; DELETE FROM digest", error) &&
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

bool snapshot_writer_note_libraries(struct snapshot_writer *writer, const char *libraries,
                                    struct error *error)
{
    return record_put_program(writer->database, libraries, error);
}

bool snapshot_writer_note_pass(struct snapshot_writer *writer, const struct pass_logged *pass,
                               struct error *error)
{
    return record_put_pass(writer->database, pass, error);
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

/* The log must be on the disk before SQLite moves it into the file: this way most of it already
   is. */
static void note_written(struct snapshot_writer *writer)
{
    int pages = 0;
    int ignored;
    sqlite3_db_status(writer->database, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &ignored, 1);
    if (writer->log < 0)
        writer->log = open(sqlite3_filename_wal(sqlite3_db_filename(writer->database, "main")),
                           O_RDONLY | O_CLOEXEC);
    if (writer->log >= 0)
        writeback_note(&writer->writeback, writer->log, (size_t)pages * PAGE_BYTES);
}

bool snapshot_writer_save(struct snapshot_writer *writer, const struct checkpoint *checkpoint,
                          int64_t saved_at, struct error *error)
{
    if (!partial_save(&writer->partial, checkpoint, saved_at, error) ||
        !database_execute(writer->database, "COMMIT; BEGIN", error))
        return false;
    note_written(writer);
    writer->has_saved = true;
    return true;
}

bool snapshot_writer_has_saved(const struct snapshot_writer *writer)
{
    return writer->has_saved;
}

bool snapshot_writer_put(struct snapshot_writer *writer, const struct contact *contact, int pass,
                         enum stored *stored, struct error *error)
{
    return contact_store_put(&writer->contacts, contact, pass, stored, error);
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
    return ok ? snapshot_writer_count_read(writer, 1, error) : -1;
}

/* Moves the log into the file, so that it is one file again, and closes it. */
static bool close_whole(struct snapshot_writer *writer, struct error *error)
{
    if (!database_execute(writer->database, "PRAGMA journal_mode = DELETE", error))
        return false;
    if (sqlite3_close(writer->database) != SQLITE_OK)
        return failed(writer, error);
    writer->database = NULL;
    return true;
}

/* Computes the digest from the file's present content, not from what the callers passed. */
static bool put_digest(struct snapshot_writer *writer, struct error *error)
{
    struct digest digest;
    return digest_compute(writer->database, &digest, error) &&
           digest_put(writer->database, &digest, error);
}

static bool put_ledger(struct snapshot_writer *writer, const struct ledger *ledger,
                       const struct warnings *warnings, int64_t finished_at, struct error *error)
{
    char *set_finished =
        memory_print("UPDATE fetch SET finished_at = %lld", (long long)finished_at);
    bool ok = record_put_ledger(writer->database, ledger, error) &&
              record_put_warnings(writer->database, warnings, error) &&
              database_execute(writer->database, set_finished, error) && put_digest(writer, error);
    free(set_finished);
    return ok;
}

/* Writes everything but the mark while the fetch can still be resumed. That takes a while, but the
   last step takes hardly any time. */
bool snapshot_writer_finish(struct snapshot_writer *writer, const struct ledger *ledger,
                            const struct warnings *warnings, int64_t finished_at,
                            struct error *error)
{
    finalize_all(writer);
    return put_ledger(writer, ledger, warnings, finished_at, error) &&
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
    if (writer->log >= 0)
        close(writer->log);
    free(writer);
}
