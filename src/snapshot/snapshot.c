#include "snapshot/snapshot.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/escape.h"
#include "base/file/outfile.h"
#include "base/memory.h"
#include "snapshot/audit.h"
#include "snapshot/database.h"
#include "snapshot/digest.h"
#include "snapshot/functions.h"
#include "snapshot/record.h"
#include "snapshot/schema.h"
#include "snapshot/soundness.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_BYTES_MAX = 16 << 20 }; /* of one text in the file: twice what an API answer can hold */

struct snapshot {
    char *path;
    char *address; /* the file's, for SQLite */
    sqlite3 *database;
    struct arena arena;
    struct source source;
    struct ledger ledger;
    struct warnings warnings;
    struct digest digest; /* as stored */
    const char **custom_keys;
    size_t custom_key_count;
    int64_t custom_keys_left_out;
    struct further_keys further;
};

/* Where these 4-byte numbers stand in the header of SQLite's file format. */
enum { USER_VERSION_OFFSET = 60, APPLICATION_ID_OFFSET = 68 };

/* 0 if the file is no SQLite file. */
static uint32_t header_number(const char *path, size_t offset)
{
    static const char magic[] = "SQLite format 3";
    unsigned char header[APPLICATION_ID_OFFSET + 4];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return 0;
    ssize_t got = read(file, header, sizeof header);
    close(file);
    if (got != (ssize_t)sizeof header || memcmp(header, magic, sizeof magic) != 0)
        return 0;
    const unsigned char *number = header + offset;
    return (uint32_t)number[0] << 24 | (uint32_t)number[1] << 16 | (uint32_t)number[2] << 8 |
           number[3];
}

static uint32_t application_id_of(const char *path)
{
    return header_number(path, APPLICATION_ID_OFFSET);
}

bool is_snapshot_of_this_version(const char *path)
{
    return is_snapshot_file(path) && header_number(path, USER_VERSION_OFFSET) == SNAPSHOT_VERSION;
}

bool is_snapshot_file(const char *path)
{
    return application_id_of(path) == SNAPSHOT_APPLICATION_ID;
}

bool is_partial_file(const char *path)
{
    return application_id_of(path) == PARTIAL_APPLICATION_ID;
}

bool is_snapshot_or_partial_file(const char *path)
{
    return is_snapshot_file(path) || is_partial_file(path);
}

static bool refuse_partial(const char *path, struct error *error)
{
    error_set(error, EXIT_WRONG_USE, "%s: the snapshot is partial: its fetch never ended", path);
    return error_hint(error, "to finish it, add --resume to the command that began it");
}

static bool refuse_stranger(const char *path, struct error *error)
{
    error_set(error, EXIT_WRONG_USE, "%s: not a snapshot that rollcall made", path);
    return error_hint(error, "a snapshot is what rollcall fetch writes, or snapshot.sqlite in the "
                             "directory of a report");
}

static bool check_file(const char *path, struct error *error)
{
    if (access(path, R_OK) != 0)
        return error_set(error, EXIT_WRONG_USE, "%s: cannot be read", path);
    if (is_partial_file(path))
        return refuse_partial(path, error);
    return is_snapshot_file(path) || refuse_stranger(path, error);
}

static bool read_custom_keys(struct snapshot *snapshot, struct error *error)
{
    sqlite3_stmt *select;
    if (!database_prepare(snapshot->database, "SELECT key FROM custom_key ORDER BY key", &select,
                          error))
        return false;
    snapshot->custom_keys = arena_new(&snapshot->arena, CUSTOM_KEYS_MAX * sizeof(char *));
    int result;
    while ((result = sqlite3_step(select)) == SQLITE_ROW) {
        const char *key = database_text(select, 0);
        if (snapshot->custom_key_count == CUSTOM_KEYS_MAX)
            snapshot->custom_keys_left_out++;
        else if (key)
            snapshot->custom_keys[snapshot->custom_key_count++] =
                arena_copy(&snapshot->arena, key, strlen(key));
    }
    sqlite3_finalize(select);
    return result == SQLITE_DONE || database_failed(snapshot->database, "custom_key", error);
}

bool snapshot_connect(const struct snapshot *snapshot, sqlite3 **opened, struct error *error)
{
    sqlite3 *database;
    *opened = NULL;
    if (!database_open(&database, snapshot->address, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                       "cannot be opened", error))
        return false;
    /* The file may come from anywhere: we use its data, and SQLite runs nothing that its schema
       defines. */
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, TEXT_BYTES_MAX);
    if (!schema_check_version(database, error) || !schema_check(database, error) ||
        !functions_register(database, &snapshot->further, error)) {
        sqlite3_close(database);
        return false;
    }
    *opened = database;
    return true;
}

void snapshot_set_further(struct snapshot *snapshot, const struct further_keys *keys)
{
    snapshot->further = *keys;
}

const struct further_keys *snapshot_further(const struct snapshot *snapshot)
{
    return &snapshot->further;
}

bool snapshot_verify(const struct snapshot *snapshot, struct findings *findings,
                     struct error *error)
{
    sqlite3 *second;
    if (!snapshot_connect(snapshot, &second, error))
        return false;
    bool ok = audit_file(snapshot->database, second, findings, error);
    sqlite3_close(second);
    return ok;
}

static bool check_whole(const struct snapshot *snapshot, struct error *error)
{
    struct findings findings;
    if (!snapshot_verify(snapshot, &findings, error))
        return false;
    if (findings.count == 0)
        return true;
    error_set(error, EXIT_WRONG_USE, "%s", findings.texts[0]);
    return error_hint(error, "%s", soundness_hint);
}

static bool read_all(struct snapshot *snapshot, enum snapshot_check check, struct error *error)
{
    return snapshot_connect(snapshot, &snapshot->database, error) &&
           record_get_source(snapshot->database, &snapshot->arena, &snapshot->source, error) &&
           record_get_ledger(snapshot->database, &snapshot->ledger, error) &&
           record_get_warnings(snapshot->database, &snapshot->warnings, error) &&
           soundness_check_ledger(snapshot->database, &snapshot->ledger, error) &&
           (check == SNAPSHOT_CHECK_OUTLINE || check_whole(snapshot, error)) &&
           digest_get(snapshot->database, &snapshot->digest, error) &&
           read_custom_keys(snapshot, error);
}

static char *make_address(const char *path, const char *parameters)
{
    struct buffer address = {0};
    buffer_append_text(&address, "file:");
    escape_append(ESCAPE_URL_COMPONENT, path, &address);
    buffer_append_text(&address, parameters);
    return buffer_take(&address);
}

static bool open_with(struct snapshot **opened, const char *path, const char *shown_as,
                      const char *parameters, enum snapshot_check check, struct error *error)
{
    if (!check_file(path, error))
        return false;
    struct snapshot *snapshot = memory_new(1, sizeof *snapshot);
    snapshot->path = memory_copy_text(path);
    snapshot->address = make_address(path, parameters);
    if (!read_all(snapshot, check, error)) {
        error_at(error, "%s", shown_as);
        snapshot_close(snapshot);
        return false;
    }
    *opened = snapshot;
    return true;
}

bool snapshot_open(struct snapshot **snapshot, const char *path, enum snapshot_check check,
                   struct error *error)
{
    return open_with(snapshot, path, path, "", check, error);
}

bool snapshot_open_still(struct snapshot **snapshot, const char *path, const char *shown_as,
                         enum snapshot_check check, struct error *error)
{
    return open_with(snapshot, path, shown_as, "?immutable=1", check, error);
}

/* The copy would lack the content of a log beside the file. */
static bool check_has_no_log(const struct snapshot *snapshot, struct error *error)
{
    struct stat log;
    const char *path = sqlite3_filename_wal(sqlite3_db_filename(snapshot->database, "main"));
    if (stat(path, &log) != 0 || log.st_size == 0)
        return true;
    error_set(error, EXIT_WRONG_USE, "another program keeps a write-ahead log beside it");
    return error_hint(error, "PRAGMA journal_mode = DELETE makes it one file again");
}

bool snapshot_copy(const struct snapshot *snapshot, const char *to, struct error *error)
{
    bool ok = (database_execute(snapshot->database, "BEGIN; SELECT 1 FROM sqlite_schema", error) &&
               check_has_no_log(snapshot, error)) ||
              error_at(error, "%s", snapshot->path);
    ok = ok && outfile_copy(snapshot->path, to, error);
    sqlite3_exec(snapshot->database, "COMMIT", NULL, NULL, NULL);
    return ok;
}

const char *snapshot_digest(const struct snapshot *snapshot)
{
    return snapshot->digest.contacts;
}

const struct source *snapshot_source(const struct snapshot *snapshot)
{
    return &snapshot->source;
}

const struct ledger *snapshot_ledger(const struct snapshot *snapshot)
{
    return &snapshot->ledger;
}

const struct warnings *snapshot_warnings(const struct snapshot *snapshot)
{
    return &snapshot->warnings;
}

const char *const *snapshot_custom_keys(const struct snapshot *snapshot, size_t *count)
{
    *count = snapshot->custom_key_count;
    return snapshot->custom_keys;
}

int64_t snapshot_custom_keys_left_out(const struct snapshot *snapshot)
{
    return snapshot->custom_keys_left_out;
}

sqlite3 *snapshot_database(const struct snapshot *snapshot)
{
    return snapshot->database;
}

void snapshot_close(struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    sqlite3_close(snapshot->database);
    arena_free(&snapshot->arena);
    free(snapshot->path);
    free(snapshot->address);
    free(snapshot);
}
