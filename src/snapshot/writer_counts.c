/* What the snapshot's writer counts and finds in what has been written. */
#include "snapshot/writer.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "model/contact.h"
#include "snapshot/database.h"
#include "snapshot/writer_parts.h"

#include <stdlib.h>
#include <string.h>

static bool failed(struct snapshot_writer *writer, struct error *error)
{
    return database_failed(writer->database, snapshot_writer_file, error);
}

/* Counts with a statement of up to two parameters. */
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
    /* Every contact was read since the first pass, and SQLite counts rows without looking at
       them. */
    const char *sql = since_pass <= 1 ? "SELECT count(*) FROM contact"
                                      : "SELECT count(*) FROM contact WHERE seen_in_pass >= ?";
    return count_where(writer, sql, since_pass, 0, error);
}

bool snapshot_writer_find_known(struct snapshot_writer *writer, const int64_t *ids, int64_t count,
                                int since_pass, bool *is_known, struct error *error)
{
    sqlite3_stmt *find;
    if (!database_prepare(writer->database,
                          "SELECT 1 FROM contact WHERE id = ? AND seen_in_pass >= ?", &find, error))
        return false;
    bool ok = true;
    for (int64_t i = 0; ok && i < count; i++) {
        sqlite3_bind_int64(find, 1, ids[i]);
        sqlite3_bind_int(find, 2, since_pass);
        int result = sqlite3_step(find);
        is_known[i] = result == SQLITE_ROW;
        ok = result == SQLITE_ROW || result == SQLITE_DONE || failed(writer, error);
        sqlite3_reset(find);
    }
    sqlite3_finalize(find);
    return ok;
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

int64_t snapshot_writer_count_tied(struct snapshot_writer *writer, const char *columns,
                                   struct error *error)
{
    struct buffer sql = {0};
    const char *separator = "";
    buffer_append_text(&sql, "SELECT coalesce(sum(n), 0) FROM"
                             " (SELECT count(*) AS n FROM contact GROUP BY ");
    while (*columns) {
        size_t length = strcspn(columns, ",");
        buffer_print(&sql, "%slower(%.*s)", separator, (int)length, columns);
        columns += length + (columns[length] == ',');
        separator = ", ";
    }
    buffer_append_text(&sql, ") WHERE n > 1");
    int64_t tied = count_where(writer, buffer_text(&sql), 0, 0, error);
    buffer_free(&sql);
    return tied;
}

static bool find_tie(struct snapshot_writer *writer, const char *where, struct ledger *ledger,
                     struct error *error)
{
    char *sql = memory_print("SELECT created_at, count(*) AS n FROM contact WHERE %s"
                             " GROUP BY created_at ORDER BY n DESC, created_at LIMIT 1",
                             where);
    sqlite3_stmt *select;
    bool ok = database_prepare(writer->database, sql, &select, error);
    free(sql);
    if (!ok)
        return false;
    int result = sqlite3_step(select);
    if (result == SQLITE_ROW) {
        ledger->tied_created_at = database_optional(select, 0, TIME_NONE);
        ledger->tied = sqlite3_column_int64(select, 1);
    }
    sqlite3_finalize(select);
    return result == SQLITE_ROW || result == SQLITE_DONE || failed(writer, error);
}

bool snapshot_writer_find_tie(struct snapshot_writer *writer, struct ledger *ledger,
                              struct error *error)
{
    if (!find_tie(writer, "email IS NULL AND phone_number IS NULL", ledger, error))
        return false;
    ledger->tied_are_bare = ledger->tied > 1;
    return ledger->tied_are_bare || find_tie(writer, "true", ledger, error);
}

int64_t snapshot_writer_newest(struct snapshot_writer *writer, struct error *error)
{
    return count_where(writer, "SELECT coalesce(max(max(created_at), 0), 0) FROM contact", 0, 0,
                       error);
}
