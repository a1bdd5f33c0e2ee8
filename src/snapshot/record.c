#include "snapshot/record.h"

#include "base/arena.h"
#include "base/iso8601.h"
#include "base/version.h"
#include "model/contact.h"
#include "snapshot/database.h"

#include <string.h>

static bool put_labels(sqlite3 *database, const struct source *source, struct error *error)
{
    sqlite3_stmt *insert;
    if (!database_prepare(database, "INSERT INTO fetch_label VALUES (?)", &insert, error))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < source->label_count; i++) {
        database_bind_text(insert, 1, source->labels[i]);
        ok = database_run(database, insert, error);
    }
    sqlite3_finalize(insert);
    return ok;
}

bool record_put_source(sqlite3 *database, const struct source *source, struct error *error)
{
    sqlite3_stmt *insert;
    if (!database_prepare(database,
                          "INSERT INTO fetch (base_url, account, q, sort, direction, page_size,"
                          " inboxes, started_at, program, libraries)"
                          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '')",
                          &insert, error))
        return false;
    database_bind_text(insert, 1, source->base_url);
    database_bind_text(insert, 2, source->account);
    database_bind_text(insert, 3, source->q);
    database_bind_text(insert, 4, source->sort);
    database_bind_text(insert, 5, source->direction);
    sqlite3_bind_int64(insert, 6, source->page_size);
    sqlite3_bind_int(insert, 7, source->inboxes);
    sqlite3_bind_int64(insert, 8, source->started_at);
    bool ok = database_run(database, insert, error) && put_labels(database, source, error);
    sqlite3_finalize(insert);
    return ok;
}

bool record_put_program(sqlite3 *database, const char *libraries, struct error *error)
{
    sqlite3_stmt *update;
    if (!database_prepare(database,
                          "UPDATE fetch SET program = ?, libraries = ? || ' SQLite/' || ?", &update,
                          error))
        return false;
    database_bind_text(update, 1, "rollcall " ROLLCALL_VERSION);
    database_bind_text(update, 2, libraries);
    database_bind_text(update, 3, sqlite3_libversion());
    bool ok = database_run(database, update, error);
    sqlite3_finalize(update);
    return ok;
}

bool record_put_pass(sqlite3 *database, const struct pass_logged *pass, struct error *error)
{
    sqlite3_stmt *insert;
    if (!database_prepare(
            database,
            "REPLACE INTO fetch_pass (pass, url, server_began_at, count_first,"
            " pages, records, without_id, duplicates) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            &insert, error))
        return false;
    sqlite3_bind_int(insert, 1, pass->pass);
    database_bind_text(insert, 2, pass->url);
    database_bind_optional(insert, 3, pass->opening->server_time, 0);
    database_bind_optional(insert, 4, pass->record->count_first, COUNT_UNKNOWN);
    sqlite3_bind_int64(insert, 5, pass->record->pages);
    sqlite3_bind_int64(insert, 6, pass->record->rows);
    sqlite3_bind_int64(insert, 7, pass->record->rejected);
    sqlite3_bind_int64(insert, 8, pass->record->doubles);
    bool ok = database_run(database, insert, error);
    sqlite3_finalize(insert);
    return ok;
}

bool record_put_ledger(sqlite3 *database, const struct ledger *ledger, struct error *error)
{
    sqlite3_stmt *insert;
    if (!database_prepare(
            database,
            "INSERT INTO ledger (status, reason, count_first, count_last, unique_contacts,"
            " left_out, duplicates, created_during, removed_during, passes, requests,"
            " retries, pages, given, server_began_at, server_ended_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            &insert, error))
        return false;
    database_bind_text(insert, 1, ledger->complete ? "complete" : "unproven");
    database_bind_text(insert, 2, ledger->complete ? NULL : unproven_name(ledger->reason));
    database_bind_optional(insert, 3, ledger->count_first, COUNT_UNKNOWN);
    database_bind_optional(insert, 4, ledger->count_last, COUNT_UNKNOWN);
    sqlite3_bind_int64(insert, 5, ledger->unique);
    sqlite3_bind_int64(insert, 6, ledger->left_out);
    sqlite3_bind_int64(insert, 7, ledger->duplicates);
    sqlite3_bind_int64(insert, 8, ledger->created_during);
    sqlite3_bind_int64(insert, 9, ledger->removed_during);
    sqlite3_bind_int64(insert, 10, ledger->passes);
    sqlite3_bind_int64(insert, 11, ledger->requests);
    sqlite3_bind_int64(insert, 12, ledger->retries);
    sqlite3_bind_int64(insert, 13, ledger->pages);
    database_bind_optional(insert, 14, ledger->given, COUNT_UNKNOWN);
    database_bind_optional(insert, 15, ledger->tied, 0);
    database_bind_optional(insert, 16, ledger->tied_created_at, TIME_NONE);
    database_bind_optional(insert, 17, ledger->tied > 0 ? ledger->tied_are_bare : -1, -1);
    database_bind_optional(insert, 18, ledger->server_began_at, 0);
    database_bind_optional(insert, 19, ledger->server_ended_at, 0);
    bool ok = database_run(database, insert, error);
    sqlite3_finalize(insert);
    return ok;
}

bool record_put_warnings(sqlite3 *database, const struct warnings *warnings, struct error *error)
{
    sqlite3_stmt *insert;
    if (!database_prepare(database, "REPLACE INTO warning VALUES (?, ?)", &insert, error))
        return false;
    bool ok = true;
    for (int i = 0; ok && i < WARNINGS_OF_FETCH; i++) {
        if (warnings->counts[i] == 0)
            continue;
        database_bind_text(insert, 1, warning_name((enum warning)i));
        sqlite3_bind_int64(insert, 2, warnings->counts[i]);
        ok = database_run(database, insert, error);
    }
    sqlite3_finalize(insert);
    return ok;
}

static const char *keep_text(sqlite3_stmt *select, int column, struct arena *arena)
{
    const char *text = database_text(select, column);
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

static const char *keep_needed_text(sqlite3_stmt *select, int column, struct arena *arena)
{
    const char *text = keep_text(select, column, arena);
    return text ? text : "";
}

static bool get_labels(sqlite3 *database, struct arena *arena, struct source *source,
                       struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(database,
                          "SELECT label, count(*) OVER () FROM fetch_label ORDER BY rowid", &select,
                          error))
        return false;
    const char **labels = NULL;
    while (sqlite3_step(select) == SQLITE_ROW) {
        if (!labels)
            labels = arena_new(arena, (size_t)sqlite3_column_int(select, 1) * sizeof *labels);
        labels[source->label_count++] = keep_needed_text(select, 0, arena);
    }
    source->labels = labels;
    sqlite3_finalize(select);
    return true;
}

bool record_get_source(sqlite3 *database, struct arena *arena, struct source *source,
                       struct error *error)
{
    sqlite3_stmt *select;
    *source = (struct source){0};
    if (!database_prepare(database,
                          "SELECT base_url, account, q, sort, direction, page_size, inboxes,"
                          " started_at"
                          " FROM fetch",
                          &select, error))
        return false;
    bool ok = sqlite3_step(select) == SQLITE_ROW ||
              error_set(error, EXIT_WRONG_USE, "the snapshot has no record of a fetch");
    if (ok) {
        source->base_url = keep_needed_text(select, 0, arena);
        source->account = keep_text(select, 1, arena);
        source->q = keep_text(select, 2, arena);
        source->sort = keep_needed_text(select, 3, arena);
        source->direction = keep_needed_text(select, 4, arena);
        source->page_size = sqlite3_column_int64(select, 5);
        source->inboxes = sqlite3_column_int(select, 6);
        source->started_at = sqlite3_column_int64(select, 7);
        ok = (source->started_at >= iso8601_first_second &&
              source->started_at <= iso8601_last_second) ||
             error_set(error, EXIT_WRONG_USE, "the time of the fetch is invalid");
    }
    sqlite3_finalize(select);
    return ok && get_labels(database, arena, source, error);
}

/* A file without a reason is one that is complete. */
static enum unproven find_reason(const char *name)
{
    int reason = 0;
    while (name && reason < UNPROVEN_REASONS - 1 &&
           strcmp(unproven_name((enum unproven)reason), name) != 0)
        reason++;
    return (enum unproven)reason;
}

bool record_get_ledger(sqlite3 *database, struct ledger *ledger, struct error *error)
{
    sqlite3_stmt *select;
    *ledger = (struct ledger){0};
    if (!database_prepare(
            database,
            "SELECT status = 'complete', reason, count_first, count_last, unique_contacts,"
            " left_out, duplicates, created_during, removed_during, passes, requests,"
            " retries, pages, given, tied, tied_created_at, tied_bare,"
            " server_began_at, server_ended_at FROM ledger",
            &select, error))
        return false;
    bool ok = sqlite3_step(select) == SQLITE_ROW;
    if (ok) {
        ledger->complete = sqlite3_column_int(select, 0);
        ledger->reason = find_reason(database_text(select, 1));
        ledger->count_first = database_optional(select, 2, COUNT_UNKNOWN);
        ledger->count_last = database_optional(select, 3, COUNT_UNKNOWN);
        ledger->unique = sqlite3_column_int64(select, 4);
        ledger->left_out = sqlite3_column_int64(select, 5);
        ledger->duplicates = sqlite3_column_int64(select, 6);
        ledger->created_during = sqlite3_column_int64(select, 7);
        ledger->removed_during = sqlite3_column_int64(select, 8);
        ledger->passes = sqlite3_column_int64(select, 9);
        ledger->requests = sqlite3_column_int64(select, 10);
        ledger->retries = sqlite3_column_int64(select, 11);
        ledger->pages = sqlite3_column_int64(select, 12);
        ledger->given = database_optional(select, 13, COUNT_UNKNOWN);
        ledger->tied = database_optional(select, 14, 0);
        ledger->tied_created_at = database_optional(select, 15, TIME_NONE);
        ledger->tied_are_bare = sqlite3_column_int(select, 16);
        ledger->server_began_at = database_optional(select, 17, 0);
        ledger->server_ended_at = database_optional(select, 18, 0);
    }
    sqlite3_finalize(select);
    return ok || error_set(error, EXIT_WRONG_USE, "the snapshot is partial: its fetch never ended");
}

bool record_get_warnings(sqlite3 *database, struct warnings *warnings, struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(database, "SELECT count FROM warning WHERE name = ?", &select, error))
        return false;
    for (int i = 0; i < WARNINGS_OF_FETCH; i++) {
        database_bind_text(select, 1, warning_name((enum warning)i));
        warnings->counts[i] =
            sqlite3_step(select) == SQLITE_ROW ? sqlite3_column_int64(select, 0) : 0;
        sqlite3_reset(select);
    }
    sqlite3_finalize(select);
    return true;
}
