#include "tally/inboxes.h"

#include "base/memory.h"
#include "snapshot/database.h"

#include <stdlib.h>

enum { SEEN_MAX = 64 };

/* We read both tables of a snapshot in the order of contact ids, so that a contact and its inboxes
   come together. If a contact has very many inboxes, SQL sorts them. */
struct inboxes {
    sqlite3 *database;
    sqlite3_stmt *select;
    struct counts *counts;
    bool has_row;
    bool is_left_to_sql;
    int64_t contact_id; /* of the row */
    int64_t inbox_id;
    int64_t without;   /* contacts that have no inbox */
    size_t seen_count; /* distinct inboxes of the row's contact, before the row */
    int64_t seen[SEEN_MAX];
};

/* A contact counts once in each of its inboxes. */
static const char count_told[] =
    "DELETE FROM temp.tally_told_inbox;"
    "INSERT INTO temp.tally_told_inbox (number, n)"
    " WITH borne AS (SELECT DISTINCT inbox_id, contact_id FROM contact_inbox)"
    " SELECT inbox_id, count(*) FROM borne GROUP BY inbox_id";

static const char count_without[] =
    "SELECT count(*) FROM contact"
    " WHERE NOT EXISTS (SELECT 1 FROM contact_inbox WHERE contact_id = contact.id)";

static const char count_named[] =
    "CREATE TEMP TABLE tally_inbox AS"
    " SELECT NULL AS code, coalesce(nullif(inbox.name, ''), '#' || number) AS name,"
    "        number AS id, inbox.channel_type AS channel_type, 0 AS position, sum(n) AS contacts"
    " FROM tally_told_inbox LEFT JOIN inbox ON inbox.id = number GROUP BY number";

/* If the fetch did not ask for inboxes, nothing is known about them. */
static const char add_without[] =
    "INSERT INTO tally_inbox (position, contacts)"
    " SELECT 0, ?1 WHERE ?1 > 0 AND EXISTS (SELECT 1 FROM fetch WHERE inboxes)";

static bool read_row(struct inboxes *inboxes, struct error *error)
{
    int result = sqlite3_step(inboxes->select);
    inboxes->has_row = result == SQLITE_ROW;
    if (!inboxes->has_row)
        return result == SQLITE_DONE ||
               database_failed(inboxes->database, "snapshot.sqlite", error);
    int64_t contact_id = sqlite3_column_int64(inboxes->select, 1);
    if (contact_id != inboxes->contact_id)
        inboxes->seen_count = 0;
    inboxes->contact_id = contact_id;
    inboxes->inbox_id = sqlite3_column_int64(inboxes->select, 0);
    return true;
}

bool inboxes_open(struct inboxes **opened, sqlite3 *database, const struct counts_ceiling *ceiling,
                  struct error *error)
{
    struct inboxes *inboxes = memory_new(1, sizeof *inboxes);
    inboxes->database = database;
    inboxes->contact_id = INT64_MIN;
    if (!counts_open(&inboxes->counts, database, "tally_told_inbox", ceiling, error) ||
        !database_prepare(database, "SELECT inbox_id, contact_id FROM contact_inbox",
                          &inboxes->select, error) ||
        !read_row(inboxes, error)) {
        inboxes_close(inboxes);
        return false;
    }
    *opened = inboxes;
    return true;
}

static void leave_to_sql(struct inboxes *inboxes)
{
    inboxes->is_left_to_sql = true;
    inboxes->has_row = false;
}

static bool count_row(struct inboxes *inboxes, struct error *error)
{
    for (size_t i = 0; i < inboxes->seen_count; i++) {
        if (inboxes->seen[i] == inboxes->inbox_id)
            return true;
    }
    if (inboxes->seen_count == SEEN_MAX) {
        leave_to_sql(inboxes);
        return true;
    }
    inboxes->seen[inboxes->seen_count++] = inboxes->inbox_id;
    struct counted inbox = {.number = inboxes->inbox_id};
    return counts_add(inboxes->counts, &inbox, error);
}

/* Counts the inbox rows of all contacts up to this one. */
static bool count_rows(struct inboxes *inboxes, int64_t contact_id, bool *has_inbox,
                       struct error *error)
{
    bool ok = true;
    while (ok && inboxes->has_row && inboxes->contact_id <= contact_id) {
        *has_inbox = inboxes->contact_id == contact_id;
        ok = count_row(inboxes, error);
        if (inboxes->has_row)
            ok = ok && read_row(inboxes, error);
    }
    return ok;
}

bool inboxes_pass(struct inboxes *inboxes, int64_t contact_id, struct error *error)
{
    bool has_inbox = false;
    bool ok = count_rows(inboxes, contact_id, &has_inbox, error);
    inboxes->without += !has_inbox;
    return ok;
}

static bool count_by_sql(struct inboxes *inboxes, struct error *error)
{
    sqlite3_stmt *select;
    if (!database_execute(inboxes->database, count_told, error) ||
        !database_prepare(inboxes->database, count_without, &select, error))
        return false;
    bool ok = sqlite3_step(select) == SQLITE_ROW ||
              database_failed(inboxes->database, "snapshot.sqlite", error);
    inboxes->without = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    return ok;
}

static bool write_without(struct inboxes *inboxes, struct error *error)
{
    sqlite3_stmt *insert;
    if (!database_prepare(inboxes->database, add_without, &insert, error))
        return false;
    sqlite3_bind_int64(insert, 1, inboxes->without);
    bool ok = database_run(inboxes->database, insert, error);
    sqlite3_finalize(insert);
    return ok;
}

bool inboxes_finish(struct inboxes *inboxes, struct error *error)
{
    bool ignored = false;
    if (!count_rows(inboxes, INT64_MAX, &ignored, error))
        return false;
    bool ok = inboxes->is_left_to_sql ? count_by_sql(inboxes, error)
                                      : counts_flush(inboxes->counts, error);
    return ok && database_execute(inboxes->database, count_named, error) &&
           write_without(inboxes, error);
}

void inboxes_close(struct inboxes *inboxes)
{
    if (!inboxes)
        return;
    sqlite3_finalize(inboxes->select);
    counts_free(inboxes->counts);
    free(inboxes);
}
