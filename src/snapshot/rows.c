#include "base/buffer.h"
#include "base/memory.h"
#include "model/country.h"
#include "model/fold.h"
#include "snapshot/database.h"
#include "snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>

/* The distinct names of a contact's inboxes, in the order told. */
#define INBOX_NAMES                                                                                \
    "(SELECT group_concat(name, '; ') FROM"                                                        \
    " (SELECT coalesce(nullif(inbox.name, ''), '#' || inbox_id) AS name"                           \
    "  FROM contact_inbox LEFT JOIN inbox ON inbox.id = inbox_id"                                  \
    "  WHERE contact_id = contact.id GROUP BY 1 ORDER BY min(position)))"

struct snapshot_rows {
    sqlite3 *database;
    sqlite3_stmt *select;
    struct row row;
    struct buffer country; /* a text that is no country's name, its blanks folded */
};

/* The SQL expression by which a column sorts. */
static char *sort_expression(const struct column *column)
{
    switch (column->id) {
    case COLUMN_TEXT:
        return memory_print("contact.%s", contact_fields[column->text].name);
    case COLUMN_COUNTRY:
        return memory_copy_text("country_name(contact.country_code, contact.country)");
    case COLUMN_COUNTRY_CODE:
        return memory_copy_text("country_code(contact.country_code, contact.country)");
    case COLUMN_BLOCKED:
        return memory_copy_text("contact.blocked");
    case COLUMN_INBOXES:
        return memory_copy_text(INBOX_NAMES);
    case COLUMN_CREATED_AT:
        return memory_copy_text("contact.created_at");
    case COLUMN_LAST_ACTIVITY_AT:
        return memory_copy_text("contact.last_activity_at");
    case COLUMN_CUSTOM:
        return memory_copy_text("custom_value(contact.custom, :key)");
    case COLUMN_ID:
    case COLUMN_LABELS:
        break;
    }
    return NULL;
}

static char *order_clause(const struct order *order)
{
    struct column column = {.id = COLUMN_ID};
    if (order->column)
        column_find(order->column, &column);
    const char *direction = order->descending ? "DESC" : "ASC";
    char *expression = sort_expression(&column);
    if (!expression)
        return memory_print("contact.id %s", direction);
    /* An empty text is no value; it goes with the nulls, to the end. */
    char *clause = memory_print("nullif(%s, '') IS NULL, nullif(%s, '') COLLATE people %s,"
                                " contact.id",
                                expression, expression, direction);
    free(expression);
    return clause;
}

static char *select_sql(const struct order *order)
{
    struct buffer texts = {0};
    for (int i = 0; i < CONTACT_TEXTS; i++)
        buffer_print(&texts, ", contact.%s", contact_fields[i].name);
    char *clause = order_clause(order);
    char *sql = memory_print("SELECT contact.id, blocked, created_at, last_activity_at, custom, "
                             "contact.extra, " INBOX_NAMES "%s FROM contact ORDER BY %s",
                             buffer_text(&texts), clause);
    buffer_free(&texts);
    free(clause);
    return sql;
}

bool snapshot_rows_open(struct snapshot_rows **opened, const struct snapshot *snapshot,
                        const struct order *order, struct error *error)
{
    struct snapshot_rows *rows = memory_new(1, sizeof *rows);
    rows->database = snapshot_database(snapshot);
    char *sql = select_sql(order);
    bool ok = database_prepare(rows->database, sql, &rows->select, error);
    free(sql);
    if (!ok) {
        snapshot_rows_close(rows);
        return false;
    }
    int key = sqlite3_bind_parameter_index(rows->select, ":key");
    if (key > 0)
        sqlite3_bind_text(rows->select, key, order->column + strlen(column_custom_prefix), -1,
                          SQLITE_TRANSIENT);
    *opened = rows;
    return true;
}

static void fill_country(struct snapshot_rows *rows)
{
    struct row *row = &rows->row;
    const char *text = row->contact.text[CONTACT_COUNTRY];
    const struct country *country = country_find(row->contact.text[CONTACT_COUNTRY_CODE], text);
    buffer_clear(&rows->country);
    if (!country && text)
        fold_blanks(text, &rows->country);
    row->country_code = country ? country->code : NULL;
    row->country = country ? country->name : rows->country.length ? rows->country.bytes : NULL;
}

bool snapshot_rows_next(struct snapshot_rows *rows, const struct row **row, struct error *error)
{
    sqlite3_stmt *select = rows->select;
    int result = sqlite3_step(select);
    *row = NULL;
    if (result == SQLITE_DONE)
        return true;
    if (result != SQLITE_ROW)
        return database_failed(rows->database, "snapshot.sqlite", error);

    struct contact *contact = &rows->row.contact;
    contact->id = sqlite3_column_int64(select, 0);
    contact->blocked = sqlite3_column_int(select, 1);
    contact->created_at = database_optional(select, 2, TIME_NONE);
    contact->last_activity_at = database_optional(select, 3, TIME_NONE);
    contact->custom = database_text(select, 4);
    contact->extra = database_text(select, 5);
    rows->row.inboxes = database_text(select, 6);
    for (int i = 0; i < CONTACT_TEXTS; i++)
        contact->text[i] = database_text(select, 7 + i);
    fill_country(rows);
    *row = &rows->row;
    return true;
}

void snapshot_rows_close(struct snapshot_rows *rows)
{
    if (!rows)
        return;
    sqlite3_finalize(rows->select);
    buffer_free(&rows->country);
    free(rows);
}
