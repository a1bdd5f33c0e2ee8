/* Contacts from a file, kept in memory as they were written. */
#include "collection.h"

#include "base/memory.h"
#include "member.h"

#include <errno.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_BYTES_MAX = 1 << 20, JSON_DEPTH_MAX = 64 };

enum text { NAME, EMAIL, PHONE_NUMBER, IDENTIFIER, COMPANY, CITY, COUNTRY, TEXTS };

struct row {
    char *json; /* the line */
    uint32_t line;
    int64_t id;
    int64_t created_at;
    int64_t last_activity_at;
    bool has_activity;
    uint64_t labels;
    char *texts[TEXTS]; /* NULL for null and for missing members */
};

struct file_data {
    struct collection collection;
    struct row *rows;
    uint32_t capacity;
    char *label_names[LABELS_MAX];
};

static const struct row *row_of(const struct collection *collection, uint32_t ordinal)
{
    return &((const struct file_data *)collection)->rows[ordinal];
}

static int64_t row_id(const struct collection *collection, uint32_t ordinal)
{
    return row_of(collection, ordinal)->id;
}

static uint64_t row_labels(const struct collection *collection, uint32_t ordinal)
{
    return row_of(collection, ordinal)->labels;
}

static void row_read(const struct collection *collection, uint32_t ordinal, struct contact *contact)
{
    const struct row *row = row_of(collection, ordinal);
    contact->id = row->id;
    contact->created_at = row->created_at;
    contact->last_activity_at = row->last_activity_at;
    contact->has_activity = row->has_activity;
    contact->name = row->texts[NAME];
    contact->email = row->texts[EMAIL];
    contact->phone_number = row->texts[PHONE_NUMBER];
    contact->identifier = row->texts[IDENTIFIER];
    contact->company = row->texts[COMPANY];
    contact->city = row->texts[CITY];
    contact->country = row->texts[COUNTRY];
}

static void row_write(const struct collection *collection, uint32_t ordinal, unsigned parts,
                      struct buffer *json)
{
    const char *at = row_of(collection, ordinal)->json;
    const char *comma = "{";
    struct member member;
    while (member_next(&at, &member)) {
        if (!(parts & WITH_LABELS) && member_is(&member, "_labels"))
            continue;
        if (!(parts & WITH_INBOXES) && member_is(&member, "contact_inboxes"))
            continue;
        buffer_append_text(json, comma);
        buffer_append(json, member.text, member.length);
        comma = ",";
    }
    buffer_append_char(json, '}');
}

static void clear_row(struct row *row)
{
    free(row->json);
    for (int i = 0; i < TEXTS; i++)
        free(row->texts[i]);
}

static void data_free(struct collection *collection)
{
    struct file_data *data = (struct file_data *)collection;
    for (uint32_t i = 0; i < collection->count; i++)
        clear_row(&data->rows[i]);
    for (size_t i = 0; i < collection->label_count; i++)
        free(data->label_names[i]);
    free(data->rows);
    free(data);
}

static char *copy_text(struct json_object *object, const char *key)
{
    struct json_object *value = NULL;
    if (!json_object_object_get_ex(object, key, &value) || !value)
        return NULL;
    return memory_copy_text(json_object_get_string(value));
}

static int64_t read_number(struct json_object *object, const char *key, bool *is_known)
{
    struct json_object *value = NULL;
    *is_known = json_object_object_get_ex(object, key, &value) && value;
    return *is_known ? json_object_get_int64(value) : 0;
}

static bool read_labels(struct file_data *data, struct json_object *object, struct row *row,
                        struct error *error)
{
    struct collection *collection = &data->collection;
    struct json_object *labels = NULL;
    if (!json_object_object_get_ex(object, "_labels", &labels) || !labels)
        return true;
    if (!json_object_is_type(labels, json_type_array))
        return error_set(error, EXIT_WRONG_USE, "_labels is not an array");
    for (size_t i = 0; i < json_object_array_length(labels); i++) {
        const char *name = json_object_get_string(json_object_array_get_idx(labels, i));
        if (!name)
            return error_set(error, EXIT_WRONG_USE, "a label is null");
        uint64_t bit = collection_label_bit(collection, name, strlen(name));
        if (!bit && collection->label_count == LABELS_MAX)
            return error_set(error, EXIT_WRONG_USE, "more than %d labels", LABELS_MAX);
        if (!bit) {
            bit = UINT64_C(1) << collection->label_count;
            data->label_names[collection->label_count++] = memory_copy_text(name);
        }
        row->labels |= bit;
    }
    return true;
}

static bool read_row(struct file_data *data, struct json_object *object, struct row *row,
                     struct error *error)
{
    bool is_known;
    if (!json_object_is_type(object, json_type_object))
        return error_set(error, EXIT_WRONG_USE, "not a JSON object");
    row->created_at = read_number(object, "created_at", &is_known);
    row->last_activity_at = read_number(object, "last_activity_at", &row->has_activity);
    row->id = read_number(object, "id", &is_known);
    if (!is_known)
        return error_set(error, EXIT_WRONG_USE, "a contact without id");
    row->texts[NAME] = copy_text(object, "name");
    row->texts[EMAIL] = copy_text(object, "email");
    row->texts[PHONE_NUMBER] = copy_text(object, "phone_number");
    row->texts[IDENTIFIER] = copy_text(object, "identifier");
    struct json_object *additional = NULL;
    if (json_object_object_get_ex(object, "additional_attributes", &additional) &&
        json_object_is_type(additional, json_type_object)) {
        row->texts[COMPANY] = copy_text(additional, "company_name");
        row->texts[CITY] = copy_text(additional, "city");
        row->texts[COUNTRY] = copy_text(additional, "country");
    }
    return read_labels(data, object, row, error);
}

/* The API lists only contacts with an email, a phone number or an identifier. */
static bool is_listed(const struct row *row)
{
    static const enum text handles[] = {EMAIL, PHONE_NUMBER, IDENTIFIER};
    for (size_t i = 0; i < sizeof handles / sizeof *handles; i++)
        if (row->texts[handles[i]] && *row->texts[handles[i]])
            return true;
    return false;
}

static void add_row(struct file_data *data, struct row row)
{
    struct collection *collection = &data->collection;
    if (collection->count == data->capacity) {
        data->capacity = data->capacity ? data->capacity * 2 : 1024;
        data->rows = memory_resize(data->rows, data->capacity, sizeof *data->rows);
    }
    data->rows[collection->count++] = row;
}

/* Contacts are sent as they are in the file, so the text has to be strict JSON. */
static bool is_plain(const char *text, struct json_object *object)
{
    int members = 0;
    struct member member;
    while (member_next(&text, &member))
        members++;
    return !json_object_is_type(object, json_type_object) ||
           members >= json_object_object_length(object);
}

/* NULL on failure; the caller releases the object with json_object_put. */
static struct json_object *parse_line(const char *text, size_t length, struct error *error)
{
    struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
    struct json_object *object = json_tokener_parse_ex(tokener, text, (int)length);
    enum json_tokener_error reason = json_tokener_get_error(tokener);
    json_tokener_free(tokener);
    if (reason == json_tokener_success && strlen(text) == length && is_plain(text, object))
        return object;
    json_object_put(object);
    error_set(error, EXIT_WRONG_USE, "not valid JSON");
    return NULL;
}

static bool take_line(struct file_data *data, const char *text, size_t length, uint32_t number,
                      struct error *error)
{
    if (length > LINE_BYTES_MAX)
        return error_set(error, EXIT_WRONG_USE, "longer than %d bytes", LINE_BYTES_MAX);
    if (data->collection.count == CONTACTS_MAX)
        return error_set(error, EXIT_WRONG_USE, "more than %d contacts", CONTACTS_MAX);
    struct json_object *object = parse_line(text, length, error);
    if (!object)
        return false;
    struct row row = {.json = memory_copy_bytes(text, length), .line = number};
    bool is_read = read_row(data, object, &row, error);
    json_object_put(object);
    if (is_read && is_listed(&row))
        add_row(data, row);
    else
        clear_row(&row);
    return is_read;
}

static bool read_lines(struct file_data *data, FILE *file, struct error *error)
{
    char *text = NULL;
    size_t capacity = 0;
    ssize_t length;
    bool ok = true;
    for (uint32_t number = 1; ok && (length = getline(&text, &capacity, file)) > 0; number++) {
        if (text[length - 1] == '\n')
            text[--length] = '\0';
        if (length > 0 && !take_line(data, text, (size_t)length, number, error))
            ok = error_at(error, "line %" PRIu32, number);
    }
    free(text);
    if (ok && ferror(file))
        ok = error_set(error, EXIT_UNEXPECTED, "%s", strerror(errno));
    return ok;
}

static int compare_rows(const void *left, const void *right)
{
    const struct row *a = left;
    const struct row *b = right;
    if (a->created_at != b->created_at)
        return a->created_at < b->created_at ? -1 : 1;
    return (a->line > b->line) - (a->line < b->line);
}

struct collection *collection_open(const char *path, struct error *error)
{
    static const struct collection_kind kind = {
        .id = row_id,
        .labels = row_labels,
        .read = row_read,
        .write = row_write,
        .free = data_free,
    };
    FILE *file = fopen(path, "r");
    if (!file) {
        error_set(error, EXIT_WRONG_USE, "%s: %s", path, strerror(errno));
        return NULL;
    }
    struct file_data *data = memory_new(1, sizeof *data);
    data->collection.kind = &kind;
    data->collection.labels = (const char *const *)data->label_names;
    bool is_read = read_lines(data, file, error);
    fclose(file);
    if (!is_read) {
        error_at(error, "%s", path);
        data_free(&data->collection);
        return NULL;
    }
    if (data->collection.count > 0)
        qsort(data->rows, data->collection.count, sizeof *data->rows, compare_rows);
    return &data->collection;
}
