#include "snapshot/digest.h"

#include "base/buffer.h"
#include "snapshot/canonical.h"
#include "snapshot/database.h"

#include <string.h>

static bool sum_contacts(sqlite3 *database, char hex[static SHA256_HEX_BYTES], struct error *error)
{
    struct canonical *canonical;
    const struct buffer *line;
    bool ok;
    if (!canonical_open(&canonical, database, error))
        return false;
    struct sha256 *sum = sha256_begin();
    while ((ok = canonical_next(canonical, &line, error)) && line)
        sha256_add(sum, line->bytes, line->length);
    canonical_close(canonical);
    return sha256_end(sum, hex, error) && ok;
}

/* Everything but the contacts' canonical form, each table in an order of its own. Inboxes and keys
   are included because outputs are made from them too. */
static const struct {
    const char *name;
    const char *select;
} record[] = {
    {"fetch", "SELECT * FROM fetch"},
    {"fetch_label", "SELECT * FROM fetch_label ORDER BY rowid"},
    {"fetch_pass", "SELECT * FROM fetch_pass ORDER BY pass"},
    {"ledger", "SELECT * FROM ledger"},
    {"warning", "SELECT * FROM warning ORDER BY name"},
    {"inbox", "SELECT * FROM inbox ORDER BY id"},
    {"custom_key", "SELECT * FROM custom_key ORDER BY key"},
};

/* A line of JSON: the table's name, then the row's values. */
static void append_row(const char *table, sqlite3_stmt *row, struct buffer *line)
{
    buffer_print(line, "[\"%s\"", table);
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        buffer_append_char(line, ',');
        canonical_append_value(row, i, line);
    }
    buffer_append(line, "]\n", 2);
}

static bool sum_table(sqlite3 *database, size_t table, struct sha256 *sum, struct error *error)
{
    sqlite3_stmt *select;
    struct buffer line = {0};
    int result;
    if (!database_prepare(database, record[table].select, &select, error))
        return false;
    while ((result = sqlite3_step(select)) == SQLITE_ROW) {
        buffer_clear(&line);
        append_row(record[table].name, select, &line);
        sha256_add(sum, line.bytes, line.length);
    }
    buffer_free(&line);
    sqlite3_finalize(select);
    return result == SQLITE_DONE || database_failed(database, record[table].name, error);
}

static bool sum_record(sqlite3 *database, char hex[static SHA256_HEX_BYTES], struct error *error)
{
    struct sha256 *sum = sha256_begin();
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof record / sizeof *record; i++)
        ok = sum_table(database, i, sum, error);
    return sha256_end(sum, hex, error) && ok;
}

bool digest_compute(sqlite3 *database, struct digest *digest, struct error *error)
{
    return sum_contacts(database, digest->contacts, error) &&
           sum_record(database, digest->record, error);
}

bool digest_put(sqlite3 *database, const struct digest *digest, struct error *error)
{
    sqlite3_stmt *insert;
    if (!database_prepare(database, "INSERT INTO digest VALUES (?, ?)", &insert, error))
        return false;
    database_bind_text(insert, 1, digest->contacts);
    database_bind_text(insert, 2, digest->record);
    bool ok = database_run(database, insert, error);
    sqlite3_finalize(insert);
    return ok;
}

static void keep_sum(sqlite3_stmt *row, int column, char hex[static SHA256_HEX_BYTES])
{
    const char *text = database_text(row, column);
    size_t length = (size_t)sqlite3_column_bytes(row, column);
    if (text && length == SHA256_HEX_BYTES - 1)
        memcpy(hex, text, SHA256_HEX_BYTES);
}

bool digest_get(sqlite3 *database, struct digest *digest, struct error *error)
{
    sqlite3_stmt *select;
    *digest = (struct digest){0};
    if (!database_prepare(database, "SELECT contacts, record FROM digest", &select, error))
        return false;
    bool ok = sqlite3_step(select) == SQLITE_ROW;
    if (ok) {
        keep_sum(select, 0, digest->contacts);
        keep_sum(select, 1, digest->record);
    }
    sqlite3_finalize(select);
    return ok || error_set(error, EXIT_WRONG_USE, "it has no digest");
}

static bool compare(const char *what, const char *stored, const char *computed, struct error *error)
{
    return strcmp(stored, computed) == 0 ||
           error_set(error, EXIT_WRONG_USE, "the %s not what was fetched: SHA-256 %s, stored %s",
                     what, computed, stored[0] ? stored : "none");
}

bool digest_compare_contacts(const struct digest *stored, const struct digest *computed,
                             struct error *error)
{
    return compare("contacts are", stored->contacts, computed->contacts, error);
}

bool digest_compare_record(const struct digest *stored, const struct digest *computed,
                           struct error *error)
{
    return compare("record of the fetch is", stored->record, computed->record, error);
}
