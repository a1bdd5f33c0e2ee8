#include "snapshot/inbox_names.h"

#include "snapshot/database.h"

#include <string.h>

/* Up to this many names are compared one by one. If there are more, SQL sorts them. */
enum { FEW = 16 };

#define NAME_AND_CONTACT                                                                           \
    "SELECT coalesce(nullif(inbox.name, ''), '#' || inbox_id), contact_id"                         \
    " FROM contact_inbox LEFT JOIN inbox ON inbox.id = inbox_id"

static const char *const few_sql[] = {
    [INBOX_NAMES_ANY] = NAME_AND_CONTACT " WHERE contact_id = ? ORDER BY position",
    [INBOX_NAMES_ASCENDING] = NAME_AND_CONTACT " ORDER BY contact_id, position",
};

bool inbox_names_open(struct inbox_names *names, sqlite3 *database, enum inbox_names_order order,
                      struct error *error)
{
    *names = (struct inbox_names){.database = database, .order = order};
    return database_prepare(database, few_sql[order], &names->few, error) &&
           database_prepare(database, "SELECT " INBOX_NAMES_OF("?"), &names->many, error);
}

static void step(struct inbox_names *names)
{
    names->result = sqlite3_step(names->few);
}

/* Goes to the contact's first inbox, if there is one. */
static void begin_contact(struct inbox_names *names, int64_t contact_id)
{
    if (names->order == INBOX_NAMES_ANY) {
        sqlite3_reset(names->few);
        sqlite3_bind_int64(names->few, 1, contact_id);
        step(names);
        return;
    }
    if (names->result == SQLITE_OK)
        step(names);
    while (names->result == SQLITE_ROW && sqlite3_column_int64(names->few, 1) < contact_id)
        step(names);
}

/* Appends the name unless the text holds it already. `starts` says where each name begins. */
static void add_name(struct buffer *text, const char *name, size_t starts[static FEW], int *count)
{
    size_t length = strlen(name);
    for (int i = 0; i < *count; i++) {
        size_t end = i + 1 < *count ? starts[i + 1] - strlen("; ") : text->length;
        if (end - starts[i] == length && memcmp(text->bytes + starts[i], name, length) == 0)
            return;
    }
    if (*count > 0)
        buffer_append_text(text, "; ");
    starts[(*count)++] = text->length;
    buffer_append(text, name, length);
}

/* False if the contact has too many inboxes: then the text is not complete. */
static bool join_few(struct inbox_names *names, int64_t contact_id)
{
    size_t starts[FEW];
    int count = 0;
    int inboxes = 0;
    buffer_clear(&names->text);
    begin_contact(names, contact_id);
    for (; names->result == SQLITE_ROW && sqlite3_column_int64(names->few, 1) == contact_id;
         step(names)) {
        const char *name = database_text(names->few, 0);
        if (++inboxes > FEW)
            return false;
        if (name)
            add_name(&names->text, name, starts, &count);
    }
    return true;
}

/* Whether it could be done. */
static bool join_many(struct inbox_names *names, int64_t contact_id)
{
    buffer_clear(&names->text);
    sqlite3_bind_int64(names->many, 1, contact_id);
    int result = sqlite3_step(names->many);
    if (result == SQLITE_ROW && database_text(names->many, 0))
        buffer_append_text(&names->text, database_text(names->many, 0));
    sqlite3_reset(names->many);
    return result == SQLITE_ROW;
}

bool inbox_names_find(struct inbox_names *names, int64_t contact_id, const char **text,
                      struct error *error)
{
    bool ok = join_few(names, contact_id)
                  ? names->result == SQLITE_ROW || names->result == SQLITE_DONE
                  : join_many(names, contact_id);
    *text = names->text.length > 0 ? buffer_text(&names->text) : NULL;
    return ok || database_failed(names->database, "contact_inbox", error);
}

void inbox_names_close(struct inbox_names *names)
{
    sqlite3_finalize(names->few);
    sqlite3_finalize(names->many);
    buffer_free(&names->text);
    *names = (struct inbox_names){0};
}
