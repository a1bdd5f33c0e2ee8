#include "snapshot/partial.h"

#include "model/ledger.h"
#include "snapshot/database.h"
#include "snapshot/record.h"

#include <string.h>

static const char schema[] = "CREATE TABLE partial_fetch ("
                             "  one INTEGER PRIMARY KEY CHECK (one = 1),"
                             "  key_fingerprint TEXT NOT NULL,"
                             "  saved_at INTEGER,"
                             "  is_pass_over INTEGER,"
                             "  server_time INTEGER,"
                             "  count_last INTEGER,"
                             "  duplicates INTEGER,"
                             "  requests INTEGER,"
                             "  retries INTEGER"
                             ");"
                             "CREATE TABLE partial_pass ("
                             "  pass INTEGER PRIMARY KEY,"
                             "  sort TEXT NOT NULL,"
                             "  direction TEXT NOT NULL,"
                             "  page_size INTEGER NOT NULL,"
                             "  created_before INTEGER NOT NULL,"
                             "  server_time INTEGER NOT NULL,"
                             "  count_first INTEGER NOT NULL,"
                             "  length INTEGER NOT NULL,"
                             "  count_low INTEGER NOT NULL,"
                             "  count_high INTEGER NOT NULL,"
                             "  count_fits INTEGER NOT NULL,"
                             "  ends_oddly INTEGER NOT NULL,"
                             "  holds_by_order INTEGER NOT NULL,"
                             "  rows INTEGER NOT NULL,"
                             "  rejected INTEGER NOT NULL,"
                             "  doubles INTEGER NOT NULL,"
                             "  fresh INTEGER NOT NULL,"
                             "  pages INTEGER NOT NULL"
                             ");"
                             "CREATE TABLE partial_page ("
                             "  number INTEGER NOT NULL,"
                             "  rows INTEGER NOT NULL,"
                             "  count INTEGER NOT NULL"
                             ");"
                             "CREATE TABLE partial_rejected ("
                             "  fingerprint INTEGER NOT NULL"
                             ");";

bool partial_lay_out(sqlite3 *database, const char *key_fingerprint, struct error *error)
{
    sqlite3_stmt *insert;
    if (!database_execute(database, schema, error) ||
        !database_prepare(database,
                          "INSERT INTO partial_fetch (one, key_fingerprint) VALUES (1, ?)", &insert,
                          error))
        return false;
    database_bind_text(insert, 1, key_fingerprint);
    bool ok = database_run(database, insert, error);
    sqlite3_finalize(insert);
    return ok;
}

bool partial_prepare(struct partial *partial, sqlite3 *database, struct error *error)
{
    partial->database = database;
    return database_prepare(database, "INSERT INTO partial_page VALUES (?, ?, ?)",
                            &partial->put_page, error) &&
           database_prepare(database, "INSERT INTO partial_rejected VALUES (?)",
                            &partial->put_rejected, error) &&
           database_prepare(database,
                            "REPLACE INTO partial_pass"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            &partial->put_pass, error) &&
           database_prepare(database,
                            "UPDATE partial_fetch SET saved_at = ?, is_pass_over = ?,"
                            " server_time = ?, count_last = ?, duplicates = ?, requests = ?,"
                            " retries = ?",
                            &partial->put_fetch, error);
}

void partial_finalize(struct partial *partial)
{
    sqlite3_finalize(partial->put_page);
    sqlite3_finalize(partial->put_rejected);
    sqlite3_finalize(partial->put_pass);
    sqlite3_finalize(partial->put_fetch);
    *partial = (struct partial){0};
}

bool partial_put_page(struct partial *partial, const struct page_seen *page, struct error *error)
{
    sqlite3_bind_int64(partial->put_page, 1, page->number);
    sqlite3_bind_int64(partial->put_page, 2, page->rows);
    sqlite3_bind_int64(partial->put_page, 3, page->count);
    return database_run(partial->database, partial->put_page, error);
}

bool partial_put_rejected(struct partial *partial, uint64_t fingerprint, struct error *error)
{
    sqlite3_bind_int64(partial->put_rejected, 1, (int64_t)fingerprint);
    return database_run(partial->database, partial->put_rejected, error);
}

bool partial_forget_pages(sqlite3 *database, struct error *error)
{
    return database_execute(database, "DELETE FROM partial_page; DELETE FROM partial_rejected",
                            error);
}

static bool put_pass(struct partial *partial, const struct checkpoint *checkpoint,
                     struct error *error)
{
    const struct pass_opening *opening = &checkpoint->openings[checkpoint->pass - 1];
    const struct pass_record *record = &checkpoint->records[checkpoint->pass - 1];
    sqlite3_stmt *put = partial->put_pass;
    sqlite3_bind_int(put, 1, checkpoint->pass);
    database_bind_text(put, 2, opening->sort);
    database_bind_text(put, 3, opening->direction);
    sqlite3_bind_int64(put, 4, opening->page_size);
    sqlite3_bind_int64(put, 5, opening->created_before);
    sqlite3_bind_int64(put, 6, opening->server_time);
    sqlite3_bind_int64(put, 7, record->count_first);
    sqlite3_bind_int64(put, 8, record->length);
    sqlite3_bind_int64(put, 9, record->count_low);
    sqlite3_bind_int64(put, 10, record->count_high);
    sqlite3_bind_int(put, 11, record->count_fits);
    sqlite3_bind_int(put, 12, record->ends_oddly);
    sqlite3_bind_int(put, 13, record->holds_by_order);
    sqlite3_bind_int64(put, 14, record->rows);
    sqlite3_bind_int64(put, 15, record->rejected);
    sqlite3_bind_int64(put, 16, record->doubles);
    sqlite3_bind_int64(put, 17, record->fresh);
    sqlite3_bind_int64(put, 18, record->pages);
    return database_run(partial->database, put, error);
}

bool partial_save(struct partial *partial, const struct checkpoint *checkpoint, int64_t saved_at,
                  struct error *error)
{
    sqlite3_stmt *put = partial->put_fetch;
    sqlite3_bind_int64(put, 1, saved_at);
    sqlite3_bind_int(put, 2, checkpoint->is_pass_over);
    sqlite3_bind_int64(put, 3, checkpoint->server_time);
    sqlite3_bind_int64(put, 4, checkpoint->count_last);
    sqlite3_bind_int64(put, 5, checkpoint->duplicates);
    sqlite3_bind_int64(put, 6, checkpoint->requests);
    sqlite3_bind_int64(put, 7, checkpoint->retries);
    return database_run(partial->database, put, error) && put_pass(partial, checkpoint, error) &&
           record_put_warnings(partial->database, &checkpoint->warnings, error);
}

static bool load_fetch(sqlite3 *database, struct unfinished *unfinished, struct error *error)
{
    struct checkpoint *checkpoint = &unfinished->checkpoint;
    sqlite3_stmt *select;
    if (!database_prepare(database,
                          "SELECT key_fingerprint, saved_at, is_pass_over, server_time, count_last,"
                          " duplicates, requests, retries FROM partial_fetch",
                          &select, error))
        return false;
    bool ok = sqlite3_step(select) == SQLITE_ROW;
    if (ok) {
        const char *key = database_text(select, 0);
        unfinished->key_fingerprint = key ? arena_copy(&unfinished->arena, key, strlen(key)) : "";
        unfinished->saved_at = sqlite3_column_int64(select, 1);
        checkpoint->is_pass_over = sqlite3_column_int(select, 2);
        checkpoint->server_time = sqlite3_column_int64(select, 3);
        checkpoint->count_last = sqlite3_column_int64(select, 4);
        checkpoint->duplicates = sqlite3_column_int64(select, 5);
        checkpoint->requests = sqlite3_column_int64(select, 6);
        checkpoint->retries = sqlite3_column_int64(select, 7);
    }
    sqlite3_finalize(select);
    return ok || error_set(error, EXIT_WRONG_USE, "no record of how far the fetch came");
}

static void read_pass(sqlite3_stmt *select, struct pass_opening *opening,
                      struct pass_record *record, struct arena *arena)
{
    const char *sort = database_text(select, 1);
    const char *direction = database_text(select, 2);
    *opening = (struct pass_opening){
        .sort = sort ? arena_copy(arena, sort, strlen(sort)) : "",
        .direction = direction ? arena_copy(arena, direction, strlen(direction)) : "",
        .page_size = sqlite3_column_int64(select, 3),
        .created_before = sqlite3_column_int64(select, 4),
        .server_time = sqlite3_column_int64(select, 5),
    };
    *record = (struct pass_record){
        .count_first = sqlite3_column_int64(select, 6),
        .length = sqlite3_column_int64(select, 7),
        .count_low = sqlite3_column_int64(select, 8),
        .count_high = sqlite3_column_int64(select, 9),
        .count_fits = sqlite3_column_int(select, 10),
        .ends_oddly = sqlite3_column_int(select, 11),
        .holds_by_order = sqlite3_column_int(select, 12),
        .rows = sqlite3_column_int64(select, 13),
        .rejected = sqlite3_column_int64(select, 14),
        .doubles = sqlite3_column_int64(select, 15),
        .fresh = sqlite3_column_int64(select, 16),
        .pages = sqlite3_column_int64(select, 17),
    };
}

static bool load_passes(sqlite3 *database, struct unfinished *unfinished, struct error *error)
{
    struct checkpoint *checkpoint = &unfinished->checkpoint;
    sqlite3_stmt *select;
    if (!database_prepare(database, "SELECT * FROM partial_pass ORDER BY pass", &select, error))
        return false;
    bool in_order = true;
    while (in_order && sqlite3_step(select) == SQLITE_ROW) {
        in_order = checkpoint->pass < PASSES_MAX &&
                   sqlite3_column_int64(select, 0) == (int64_t)checkpoint->pass + 1;
        if (in_order) {
            read_pass(select, &checkpoint->openings[checkpoint->pass],
                      &checkpoint->records[checkpoint->pass], &unfinished->arena);
            checkpoint->pass++;
        }
    }
    sqlite3_finalize(select);
    return in_order || error_set(error, EXIT_WRONG_USE, "its passes are not in order");
}

static bool count_rows(sqlite3 *database, const char *sql, size_t *count, struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(database, sql, &select, error))
        return false;
    bool ok = sqlite3_step(select) == SQLITE_ROW;
    *count = ok ? (size_t)sqlite3_column_int64(select, 0) : 0;
    sqlite3_finalize(select);
    return ok || database_failed(database, "snapshot.sqlite", error);
}

static bool load_pages(sqlite3 *database, struct unfinished *unfinished, struct error *error)
{
    size_t count;
    sqlite3_stmt *select;
    if (!count_rows(database, "SELECT count(*) FROM partial_page", &count, error) ||
        !database_prepare(database, "SELECT number, rows, count FROM partial_page ORDER BY rowid",
                          &select, error))
        return false;
    unfinished->pages = arena_new(&unfinished->arena, (count + 1) * sizeof *unfinished->pages);
    while (unfinished->page_count < count && sqlite3_step(select) == SQLITE_ROW)
        unfinished->pages[unfinished->page_count++] = (struct page_seen){
            .number = sqlite3_column_int64(select, 0),
            .rows = sqlite3_column_int64(select, 1),
            .count = sqlite3_column_int64(select, 2),
        };
    sqlite3_finalize(select);
    return true;
}

static bool load_rejected(sqlite3 *database, struct unfinished *unfinished, struct error *error)
{
    size_t count;
    sqlite3_stmt *select;
    if (!count_rows(database, "SELECT count(*) FROM partial_rejected", &count, error) ||
        !database_prepare(database, "SELECT fingerprint FROM partial_rejected", &select, error))
        return false;
    unfinished->rejected =
        arena_new(&unfinished->arena, (count + 1) * sizeof *unfinished->rejected);
    while (unfinished->rejected_count < count && sqlite3_step(select) == SQLITE_ROW)
        unfinished->rejected[unfinished->rejected_count++] =
            (uint64_t)sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    return true;
}

bool partial_load(sqlite3 *database, struct unfinished *unfinished, struct error *error)
{
    size_t tables;
    *unfinished = (struct unfinished){0};
    if (!count_rows(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'partial_fetch'",
                    &tables, error))
        return false;
    if (tables == 0)
        return true;
    bool ok = record_get_source(database, &unfinished->arena, &unfinished->source, error) &&
              record_get_warnings(database, &unfinished->checkpoint.warnings, error) &&
              load_fetch(database, unfinished, error) && load_passes(database, unfinished, error) &&
              load_pages(database, unfinished, error) && load_rejected(database, unfinished, error);
    if (!ok)
        unfinished_free(unfinished);
    return ok;
}

bool partial_drop(sqlite3 *database, struct error *error)
{
    return database_execute(database,
                            "DROP TABLE partial_fetch; DROP TABLE partial_pass;"
                            "DROP TABLE partial_page; DROP TABLE partial_rejected",
                            error);
}

void unfinished_free(struct unfinished *unfinished)
{
    arena_free(&unfinished->arena);
    *unfinished = (struct unfinished){0};
}
