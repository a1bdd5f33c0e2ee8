#include "snapshot/canonical.h"

#include "base/buffer.h"
#include "base/digits.h"
#include "base/escape.h"
#include "base/memory.h"
#include "model/contact.h"
#include "snapshot/database.h"

#include <stdlib.h>

struct canonical {
    sqlite3 *database;
    sqlite3_stmt *contacts;
    sqlite3_stmt *inboxes; /* of all contacts, in the order of the contacts */
    bool has_inbox;        /* the statement stands on a row */
    struct buffer line;
    struct buffer names[CONTACT_TEXTS]; /* what stands before each text: `,"email":"` */
};

/* In the order of the line's members. `custom` and `extra` hold JSON already. */
enum {
    CONTACT_ID,
    CONTACT_FIRST_TEXT,
    CONTACT_BLOCKED = CONTACT_FIRST_TEXT + CONTACT_TEXTS,
    CONTACT_CREATED_AT,
    CONTACT_LAST_ACTIVITY_AT,
    CONTACT_CUSTOM,
    CONTACT_EXTRA,
};

enum {
    INBOX_CONTACT_ID,
    INBOX_ID,
    INBOX_NAME,
    INBOX_CHANNEL_TYPE,
    INBOX_SOURCE_ID,
    INBOX_EXTRA,
    INBOX_RELATION_EXTRA,
};

static const char select_inboxes[] =
    "SELECT contact_id, inbox_id, inbox.name, inbox.channel_type, source_id, inbox.extra,"
    " contact_inbox.extra FROM contact_inbox LEFT JOIN inbox ON inbox.id = inbox_id"
    " ORDER BY contact_id, position";

static bool prepare_contacts(struct canonical *canonical, struct error *error)
{
    struct buffer texts = {0};
    for (int i = 0; i < CONTACT_TEXTS; i++)
        buffer_print(&texts, "%s, ", contact_text_names[i]);
    char *sql = memory_print("SELECT id, %sblocked, created_at, last_activity_at, custom, extra"
                             " FROM contact ORDER BY id",
                             buffer_text(&texts));
    bool ok = database_prepare(canonical->database, sql, &canonical->contacts, error);
    buffer_free(&texts);
    free(sql);
    return ok;
}

static bool step(struct canonical *canonical, sqlite3_stmt *select, bool *has_row,
                 struct error *error)
{
    int result = sqlite3_step(select);
    *has_row = result == SQLITE_ROW;
    return *has_row || result == SQLITE_DONE ||
           database_failed(canonical->database, "contact", error);
}

bool canonical_open(struct canonical **opened, sqlite3 *database, struct error *error)
{
    struct canonical *canonical = memory_new(1, sizeof *canonical);
    canonical->database = database;
    for (int i = 0; i < CONTACT_TEXTS; i++)
        buffer_print(&canonical->names[i], ",\"%s\":\"", contact_text_names[i]);
    bool ok = prepare_contacts(canonical, error) &&
              database_prepare(database, select_inboxes, &canonical->inboxes, error) &&
              step(canonical, canonical->inboxes, &canonical->has_inbox, error);
    if (!ok) {
        canonical_close(canonical);
        return false;
    }
    *opened = canonical;
    return true;
}

static void append_number(int64_t number, struct buffer *out)
{
    char text[1 + DIGITS_MAX];
    char *end = text;
    if (number < 0)
        *end++ = '-';
    end = digits_put(end, number < 0 ? -(uint64_t)number : (uint64_t)number);
    buffer_append(out, text, (size_t)(end - text));
}

static void append_string(sqlite3_stmt *row, int column, struct buffer *out)
{
    const char *text = database_text(row, column);
    buffer_append_char(out, '"');
    escape_append_bytes(ESCAPE_JSON_STRING, text ? text : "",
                        (size_t)sqlite3_column_bytes(row, column), out);
    buffer_append_char(out, '"');
}

void canonical_append_value(sqlite3_stmt *row, int column, struct buffer *out)
{
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_NULL:
        buffer_append_text(out, "null");
        break;
    case SQLITE_INTEGER:
        append_number(sqlite3_column_int64(row, column), out);
        break;
    default:
        append_string(row, column, out);
    }
}

/* Appends `,"name":value`, or nothing if there is no value. */
static void append_member(sqlite3_stmt *row, int column, const char *name, struct buffer *out)
{
    if (sqlite3_column_type(row, column) == SQLITE_NULL)
        return;
    buffer_append(out, ",\"", 2);
    buffer_append_text(out, name);
    buffer_append(out, "\":", 2);
    canonical_append_value(row, column, out);
}

/* The same for a value that is JSON. */
static void append_json(sqlite3_stmt *row, int column, const char *name, struct buffer *out)
{
    const char *json = database_text(row, column);
    if (!json)
        return;
    buffer_append(out, ",\"", 2);
    buffer_append_text(out, name);
    buffer_append(out, "\":", 2);
    buffer_append(out, json, (size_t)sqlite3_column_bytes(row, column));
}

static void append_inbox(sqlite3_stmt *row, struct buffer *out)
{
    buffer_append_text(out, "{\"id\":");
    canonical_append_value(row, INBOX_ID, out);
    append_member(row, INBOX_NAME, "name", out);
    append_member(row, INBOX_CHANNEL_TYPE, "channel_type", out);
    append_member(row, INBOX_SOURCE_ID, "source_id", out);
    append_json(row, INBOX_EXTRA, "inbox_extra", out);
    append_json(row, INBOX_RELATION_EXTRA, "extra", out);
    buffer_append_char(out, '}');
}

static bool belongs_to(const struct canonical *canonical, int64_t id)
{
    return canonical->has_inbox && sqlite3_column_int64(canonical->inboxes, INBOX_CONTACT_ID) == id;
}

static bool append_inboxes(struct canonical *canonical, int64_t id, struct error *error)
{
    struct buffer *line = &canonical->line;
    if (!belongs_to(canonical, id))
        return true;
    buffer_append_text(line, ",\"inboxes\":[");
    bool ok = true;
    do {
        append_inbox(canonical->inboxes, line);
        ok = step(canonical, canonical->inboxes, &canonical->has_inbox, error);
        buffer_append_char(line, ok && belongs_to(canonical, id) ? ',' : ']');
    } while (ok && belongs_to(canonical, id));
    return ok;
}

/* Most of a line is these, so they are made of as few pieces as can be. */
static void append_texts(const struct canonical *canonical, struct buffer *line)
{
    for (int i = 0; i < CONTACT_TEXTS; i++) {
        const char *text = database_text(canonical->contacts, CONTACT_FIRST_TEXT + i);
        if (!text)
            continue;
        int length = sqlite3_column_bytes(canonical->contacts, CONTACT_FIRST_TEXT + i);
        buffer_append(line, canonical->names[i].bytes, canonical->names[i].length);
        escape_append_bytes(ESCAPE_JSON_STRING, text, (size_t)length, line);
        buffer_append_char(line, '"');
    }
}

static void append_contact(struct canonical *canonical)
{
    sqlite3_stmt *row = canonical->contacts;
    struct buffer *line = &canonical->line;
    buffer_append_text(line, "{\"id\":");
    canonical_append_value(row, CONTACT_ID, line);
    append_texts(canonical, line);
    buffer_append_text(line, sqlite3_column_int(row, CONTACT_BLOCKED) ? ",\"blocked\":true"
                                                                      : ",\"blocked\":false");
    append_member(row, CONTACT_CREATED_AT, "created_at", line);
    append_member(row, CONTACT_LAST_ACTIVITY_AT, "last_activity_at", line);
    append_json(row, CONTACT_CUSTOM, "custom_attributes", line);
    append_json(row, CONTACT_EXTRA, "extra", line);
}

bool canonical_next(struct canonical *canonical, const struct buffer **line, struct error *error)
{
    bool has_contact;
    *line = NULL;
    if (!step(canonical, canonical->contacts, &has_contact, error))
        return false;
    if (!has_contact)
        return !canonical->has_inbox ||
               error_set(error, EXIT_WRONG_USE, "holds inboxes of a contact that it does not hold");
    buffer_clear(&canonical->line);
    append_contact(canonical);
    if (!append_inboxes(canonical, sqlite3_column_int64(canonical->contacts, CONTACT_ID), error))
        return false;
    buffer_append(&canonical->line, "}\n", 2);
    *line = &canonical->line;
    return true;
}

void canonical_close(struct canonical *canonical)
{
    if (!canonical)
        return;
    sqlite3_finalize(canonical->contacts);
    sqlite3_finalize(canonical->inboxes);
    buffer_free(&canonical->line);
    for (int i = 0; i < CONTACT_TEXTS; i++)
        buffer_free(&canonical->names[i]);
    free(canonical);
}
