#include "base/arena.h"
#include "base/buffer.h"
#include "base/iso8601.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "model/country.h"
#include "model/country_memo.h"
#include "model/fold.h"
#include "snapshot/database.h"
#include "snapshot/inbox_names.h"
#include "snapshot/snapshot.h"

#include <stdlib.h>
#include <string.h>

struct snapshot_rows {
    sqlite3 *database;
    sqlite3_stmt *select;
    struct row row;
    struct inbox_names inboxes;
    struct country_memo *countries;
    const struct further_keys *further;
    struct buffer country; /* a text that names no country, its blanks folded */
    struct arena arena;    /* of the row: what further sources say, and texts that were repaired
                              because somebody else has written to the file */
};

#define TOLD_COUNTRY "told_country(contact.country_code, contact.country, contact.custom)"

/* The SQL expression by which a column sorts. */
static char *sort_expression(const struct column *column)
{
    switch (column->id) {
    case COLUMN_TEXT:
        if (column->text == CONTACT_COMPANY_NAME)
            return memory_copy_text(
                "told_company(contact.company_name, contact.extra, contact.custom)");
        return memory_print("contact.%s", contact_text_names[column->text]);
    case COLUMN_COUNTRY:
        return memory_copy_text("country_name(contact.country_code, " TOLD_COUNTRY ")");
    case COLUMN_COUNTRY_CODE:
        return memory_copy_text("country_code(contact.country_code, " TOLD_COUNTRY ")");
    case COLUMN_BLOCKED:
        return memory_copy_text("contact.blocked");
    case COLUMN_INBOXES:
        return memory_copy_text(INBOX_NAMES_OF("contact.id"));
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

static struct column order_column(const struct order *order)
{
    struct column column = {.id = COLUMN_ID};
    if (order->column)
        column_find(order->column, &column);
    return column;
}

static char *order_clause(const struct order *order)
{
    struct column column = order_column(order);
    const char *direction = order->descending ? "DESC" : "ASC";
    char *expression = sort_expression(&column);
    if (!expression)
        return memory_print("contact.id %s", direction);
    /* An empty text counts as no value and sorts last, like null. */
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
        buffer_print(&texts, ", contact.%s", contact_text_names[i]);
    char *clause = order_clause(order);
    char *sql = memory_print("SELECT contact.id, blocked, created_at, last_activity_at, custom, "
                             "contact.extra%s FROM contact ORDER BY %s",
                             buffer_text(&texts), clause);
    buffer_free(&texts);
    free(clause);
    return sql;
}

static enum inbox_names_order inbox_order(const struct order *order)
{
    return order_column(order).id == COLUMN_ID && !order->descending ? INBOX_NAMES_ASCENDING
                                                                     : INBOX_NAMES_ANY;
}

bool snapshot_rows_open(struct snapshot_rows **opened, const struct snapshot *snapshot,
                        const struct order *order, struct error *error)
{
    struct snapshot_rows *rows = memory_new(1, sizeof *rows);
    rows->countries = country_memo_new();
    rows->further = snapshot_further(snapshot);
    char *sql = select_sql(order);
    bool ok = snapshot_connect(snapshot, &rows->database, error) &&
              database_prepare(rows->database, sql, &rows->select, error) &&
              inbox_names_open(&rows->inboxes, rows->database, inbox_order(order), error);
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

static const char *clean_text(struct snapshot_rows *rows, int column)
{
    const char *text = database_text(rows->select, column);
    if (!text)
        return NULL;
    size_t length = (size_t)sqlite3_column_bytes(rows->select, column);
    return utf8_is_clean(text, length) ? text : utf8_keep(text, length, &rows->arena);
}

static int64_t clean_time(struct snapshot_rows *rows, int column)
{
    int64_t seconds = database_optional(rows->select, column, TIME_NONE);
    bool writable = seconds >= iso8601_first_second && seconds <= iso8601_last_second;
    return writable ? seconds : TIME_NONE;
}

static void fill_company(struct snapshot_rows *rows)
{
    struct contact *contact = &rows->row.contact;
    const char **company = &contact->text[CONTACT_COMPANY_NAME];
    *company = further_company(*company, contact->extra, contact->custom, rows->further->company,
                               &rows->arena);
}

static void fill_country(struct snapshot_rows *rows)
{
    struct row *row = &rows->row;
    const char *code = row->contact.text[CONTACT_COUNTRY_CODE];
    const char *text = further_country(code, row->contact.text[CONTACT_COUNTRY],
                                       row->contact.custom, rows->further->country, &rows->arena);
    const struct country *country = country_memo_find(rows->countries, code, text);
    buffer_clear(&rows->country);
    if (!country && text)
        fold_blanks(text, &rows->country);
    row->country_code = country ? country->code : NULL;
    row->country = country ? country->name : rows->country.length ? rows->country.bytes : NULL;
}

static bool fill_inboxes(struct snapshot_rows *rows, struct error *error)
{
    const char *text;
    if (!inbox_names_find(&rows->inboxes, rows->row.contact.id, &text, error))
        return false;
    bool is_clean = !text || utf8_is_clean(text, strlen(text));
    rows->row.inboxes = is_clean ? text : utf8_keep(text, strlen(text), &rows->arena);
    return true;
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
    arena_clear(&rows->arena);
    contact->created_at = clean_time(rows, 2);
    contact->last_activity_at = clean_time(rows, 3);
    contact->custom = clean_text(rows, 4);
    contact->extra = clean_text(rows, 5);
    for (int i = 0; i < CONTACT_TEXTS; i++)
        contact->text[i] = clean_text(rows, 6 + i);
    fill_company(rows);
    fill_country(rows);
    *row = &rows->row;
    return fill_inboxes(rows, error);
}

void snapshot_rows_close(struct snapshot_rows *rows)
{
    if (!rows)
        return;
    sqlite3_finalize(rows->select);
    inbox_names_close(&rows->inboxes);
    sqlite3_close(rows->database);
    free(rows->countries);
    buffer_free(&rows->country);
    arena_free(&rows->arena);
    free(rows);
}
