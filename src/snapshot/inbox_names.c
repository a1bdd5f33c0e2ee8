#include "snapshot/inbox_names.h"

#include "snapshot/database.h"

#include <string.h>

/* Names that are compared with each other one by one; more are left to SQL, which sorts them. */
enum { FEW = 16 };

bool inbox_names_open(struct inbox_names *names, sqlite3 *database, struct error *error)
{
    *names = (struct inbox_names){.database = database};
    return database_prepare(database,
                            "SELECT coalesce(nullif(inbox.name, ''), '#' || inbox_id)"
                            " FROM contact_inbox LEFT JOIN inbox ON inbox.id = inbox_id"
                            " WHERE contact_id = ? ORDER BY position",
                            &names->few, error) &&
           database_prepare(database, "SELECT " INBOX_NAMES_OF("?"), &names->many, error);
}

/* Appends the name unless it is there. `starts` tells where each of those begins. */
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

/* `is_more`: there are more than a few inboxes, and the text is not all. */
static int join_few(struct inbox_names *names, int64_t contact_id, bool *is_more)
{
    size_t starts[FEW];
    int count = 0;
    int inboxes = 0;
    int result;
    *is_more = false;
    sqlite3_bind_int64(names->few, 1, contact_id);
    while ((result = sqlite3_step(names->few)) == SQLITE_ROW && !*is_more) {
        const char *name = database_text(names->few, 0);
        *is_more = ++inboxes > FEW;
        if (name && !*is_more)
            add_name(&names->text, name, starts, &count);
    }
    sqlite3_reset(names->few);
    return *is_more ? SQLITE_DONE : result;
}

static int join_many(struct inbox_names *names, int64_t contact_id)
{
    buffer_clear(&names->text);
    sqlite3_bind_int64(names->many, 1, contact_id);
    int result = sqlite3_step(names->many);
    if (result == SQLITE_ROW && database_text(names->many, 0))
        buffer_append_text(&names->text, database_text(names->many, 0));
    sqlite3_reset(names->many);
    return result == SQLITE_ROW ? SQLITE_DONE : result;
}

bool inbox_names_find(struct inbox_names *names, int64_t contact_id, const char **text,
                      struct error *error)
{
    bool is_more;
    buffer_clear(&names->text);
    int result = join_few(names, contact_id, &is_more);
    if (is_more)
        result = join_many(names, contact_id);
    *text = names->text.length > 0 ? buffer_text(&names->text) : NULL;
    return result == SQLITE_DONE || database_failed(names->database, "contact_inbox", error);
}

void inbox_names_close(struct inbox_names *names)
{
    sqlite3_finalize(names->few);
    sqlite3_finalize(names->many);
    buffer_free(&names->text);
    *names = (struct inbox_names){0};
}
