#include "model/column.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/digits.h"
#include "model/custom.h"

#include <string.h>

const char column_custom_prefix[] = "custom.";

static const struct column fixed[] = {
    {"id", COLUMN_ID, 0},
    {"name", COLUMN_TEXT, CONTACT_NAME},
    {"email", COLUMN_TEXT, CONTACT_EMAIL},
    {"phone_number", COLUMN_TEXT, CONTACT_PHONE_NUMBER},
    {"identifier", COLUMN_TEXT, CONTACT_IDENTIFIER},
    {"company_name", COLUMN_TEXT, CONTACT_COMPANY_NAME},
    {"city", COLUMN_TEXT, CONTACT_CITY},
    {"country", COLUMN_COUNTRY, 0},
    {"country_code", COLUMN_COUNTRY_CODE, 0},
    {"availability_status", COLUMN_TEXT, CONTACT_AVAILABILITY_STATUS},
    {"blocked", COLUMN_BLOCKED, 0},
    {"inboxes", COLUMN_INBOXES, 0},
    {"labels", COLUMN_LABELS, 0},
    {"created_at", COLUMN_CREATED_AT, 0},
    {"last_activity_at", COLUMN_LAST_ACTIVITY_AT, 0},
    {"telegram", COLUMN_TEXT, CONTACT_TELEGRAM},
    {"description", COLUMN_TEXT, CONTACT_DESCRIPTION},
    {"github", COLUMN_TEXT, CONTACT_GITHUB},
    {"twitter", COLUMN_TEXT, CONTACT_TWITTER},
    {"facebook", COLUMN_TEXT, CONTACT_FACEBOOK},
    {"linkedin", COLUMN_TEXT, CONTACT_LINKEDIN},
    {"instagram", COLUMN_TEXT, CONTACT_INSTAGRAM},
    {"thumbnail", COLUMN_TEXT, CONTACT_THUMBNAIL},
};

enum { FIXED_COUNT = sizeof fixed / sizeof *fixed };

const char *column_custom_key(const char *name)
{
    size_t prefix = strlen(column_custom_prefix);
    bool is_custom = strncmp(name, column_custom_prefix, prefix) == 0 && name[prefix];
    return is_custom ? name + prefix : NULL;
}

bool column_find(const char *name, struct column *column)
{
    if (column_custom_key(name)) {
        *column = (struct column){name, COLUMN_CUSTOM, 0};
        return true;
    }
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        if (strcmp(fixed[i].name, name) == 0) {
            *column = fixed[i];
            return true;
        }
    }
    return false;
}

bool column_check(const char *name, struct error *error)
{
    struct column ignored;
    if (column_find(name, &ignored))
        return true;
    struct buffer all = {0};
    for (size_t i = 0; i < FIXED_COUNT; i++)
        buffer_print(&all, "%s, ", fixed[i].name);
    error_set(error, EXIT_WRONG_USE, "there is no column '%s'", name);
    error_hint(error, "columns: %scustom.KEY", buffer_text(&all));
    buffer_free(&all);
    return false;
}

struct columns columns_choose(const char *const *names, size_t name_count,
                              const char *const *custom_keys, size_t custom_key_count,
                              struct arena *arena)
{
    struct columns columns = {0};
    size_t count = name_count ? name_count : FIXED_COUNT + custom_key_count;
    columns.items = arena_new(arena, count * sizeof *columns.items);
    columns.count = count;
    for (size_t i = 0; i < name_count; i++)
        column_find(names[i], &columns.items[i]);
    if (name_count > 0)
        return columns;

    memcpy(columns.items, fixed, sizeof fixed);
    for (size_t i = 0; i < custom_key_count; i++) {
        struct buffer name = {0};
        buffer_print(&name, "%s%s", column_custom_prefix, custom_keys[i]);
        columns.items[FIXED_COUNT + i] = (struct column){
            .name = arena_copy(arena, buffer_text(&name), name.length),
            .id = COLUMN_CUSTOM,
        };
        buffer_free(&name);
    }
    return columns;
}

/* These fill a cell in place: passing it by value would cost more than filling it. */

static void fill_text(struct cell *cell, const char *text, struct arena *arena)
{
    bool empty = !text || !*text;
    *cell = (struct cell){.kind = empty ? CELL_EMPTY : CELL_TEXT,
                          .text = empty ? NULL : arena_copy(arena, text, strlen(text))};
}

/* The name is English. The cell keeps the code too, from which others translate the name. */
static void fill_country(struct cell *cell, const struct row *row, struct arena *arena)
{
    const char *code = row->country_code;
    fill_text(cell, row->country, arena);
    cell->code = code ? arena_copy(arena, code, strlen(code)) : NULL;
}

static void fill_time(struct cell *cell, int64_t seconds)
{
    *cell =
        (struct cell){.kind = seconds == TIME_NONE ? CELL_EMPTY : CELL_TIME, .seconds = seconds};
}

/* An id is text made of digits: nobody adds up ids, and a spreadsheet would round long ones. */
static void fill_id(struct cell *cell, int64_t id, struct arena *arena)
{
    char digits[DIGITS_MAX + sizeof "-"];
    char *end = digits;
    if (id < 0)
        *end++ = '-';
    end = digits_put(end, id < 0 ? -(uint64_t)id : (uint64_t)id);
    *cell = cell_of_text(arena_copy(arena, digits, (size_t)(end - digits)));
}

static void fill_fixed(struct cell *cell, const struct column *column, const struct row *row,
                       struct arena *arena)
{
    const struct contact *contact = &row->contact;
    switch (column->id) {
    case COLUMN_ID:
        fill_id(cell, contact->id, arena);
        break;
    case COLUMN_TEXT:
        fill_text(cell, contact->text[column->text], arena);
        break;
    case COLUMN_COUNTRY:
        fill_country(cell, row, arena);
        break;
    case COLUMN_COUNTRY_CODE:
        fill_text(cell, row->country_code, arena);
        break;
    case COLUMN_BLOCKED:
        *cell = (struct cell){.kind = CELL_BOOLEAN, .truth = contact->blocked};
        break;
    case COLUMN_INBOXES:
        fill_text(cell, row->inboxes, arena);
        break;
    case COLUMN_CREATED_AT:
        fill_time(cell, contact->created_at);
        break;
    case COLUMN_LAST_ACTIVITY_AT:
        fill_time(cell, contact->last_activity_at);
        break;
    case COLUMN_LABELS: /* the list of contacts does not contain them */
    case COLUMN_CUSTOM:
        *cell = (struct cell){.kind = CELL_EMPTY};
        break;
    }
}

void columns_fill(const struct columns *columns, const struct row *row, struct arena *arena,
                  struct cell *cells)
{
    struct json_object *custom = NULL;
    bool is_parsed = false;
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->items[i];
        if (column->id != COLUMN_CUSTOM) {
            fill_fixed(&cells[i], column, row, arena);
            continue;
        }
        if (!is_parsed)
            custom = custom_parse(row->contact.custom);
        is_parsed = true;
        cells[i] = custom_cell(custom, column->name + strlen(column_custom_prefix), arena);
    }
    custom_free(custom);
}
