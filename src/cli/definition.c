#include "cli/definition.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "cli/options.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DEPTH_MAX = 8 };

struct definition {
    const char *path;
    const char *text;
    unsigned groups;
    struct settings *settings;
    struct arena *arena;
    struct error *error;
};

/* Puts "file:line:column" before the message. */
static bool at(const struct definition *definition, const char *place)
{
    int line = 1;
    int column = 1;
    for (const char *c = definition->text; c < place; c++) {
        if (*c == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)*c & 0xC0) != 0x80) {
            column++;
        }
    }
    return error_at(definition->error, "%s:%d:%d", definition->path, line, column);
}

static bool fail(const struct definition *definition, const char *place, const char *what)
{
    error_set(definition->error, EXIT_WRONG_USE, "%s", what);
    return at(definition, place);
}

/* json-c has parsed the text, so the functions below only find places in it. */

static const char *skip_blanks_and_comments(const char *c)
{
    for (;;) {
        c += strspn(c, " \t\r\n");
        const char *end;
        if (c[0] == '/' && c[1] == '/')
            c += strcspn(c, "\n");
        else if (c[0] == '/' && c[1] == '*' && (end = strstr(c + 2, "*/")))
            c = end + 2;
        else
            return c;
    }
}

static const char *skip_string(const char *c)
{
    char quote = *c++;
    while (*c && *c != quote)
        c += c[0] == '\\' && c[1] ? 2 : 1;
    return *c ? c + 1 : c;
}

/* Finds the ',' or '}' after a value. */
static const char *skip_value(const char *c)
{
    int depth = 0;
    while (*(c = skip_blanks_and_comments(c))) {
        if (depth == 0 && (*c == ',' || *c == '}'))
            break;
        if (*c == '"' || *c == '\'') {
            c = skip_string(c);
            continue;
        }
        depth += (*c == '{' || *c == '[') - (*c == '}' || *c == ']');
        c++;
    }
    return c;
}

/* Finds a trailing comma, which json-c overlooks; NULL if there is none. */
static const char *find_trailing_comma(const char *c)
{
    while (*(c = skip_blanks_and_comments(c))) {
        if (*c == '"' || *c == '\'') {
            c = skip_string(c);
            continue;
        }
        const char *next = skip_blanks_and_comments(c + 1);
        if (*c == ',' && (*next == '}' || *next == ']'))
            return c;
        c++;
    }
    return NULL;
}

static bool type_fits(const struct option_spec *spec, enum json_type type)
{
    switch (spec->kind) {
    case OPTION_FLAG:
        return type == json_type_boolean;
    case OPTION_TEXT:
    case OPTION_TIME:
    case OPTION_ZONE:
    case OPTION_ORDER:
    case OPTION_CHOICE:
        return type == json_type_string;
    case OPTION_LIST:
    case OPTION_COMMA_LIST:
    case OPTION_SET:
        return type == json_type_string || type == json_type_array;
    case OPTION_INTEGER:
        return type == json_type_int;
    case OPTION_SECONDS:
        return type == json_type_int || type == json_type_double;
    case OPTION_DAYS:
        return type == json_type_array;
    }
    return false;
}

static const char *expected_type(const struct option_spec *spec)
{
    switch (spec->kind) {
    case OPTION_FLAG:
        return "true or false";
    case OPTION_TEXT:
    case OPTION_TIME:
    case OPTION_ZONE:
    case OPTION_ORDER:
    case OPTION_CHOICE:
        return "a string";
    case OPTION_LIST:
    case OPTION_COMMA_LIST:
    case OPTION_SET:
        return "a string or an array of strings";
    case OPTION_INTEGER:
        return "a whole number";
    case OPTION_SECONDS:
        return "a number";
    case OPTION_DAYS:
        return "an array of whole numbers";
    }
    return "";
}

static bool set(const struct definition *definition, const struct option_spec *spec,
                struct json_object *value)
{
    const char *text = json_object_get_string(value);
    if (json_object_is_type(value, json_type_string) &&
        strlen(text) != (size_t)json_object_get_string_len(value))
        return error_set(definition->error, EXIT_WRONG_USE, "a text cannot hold a NUL");
    return option_set(spec, text, definition->settings, definition->arena, definition->error);
}

/* Adds one value to a list. It is taken whole: inside an element of an array, a comma separates
   nothing. */
static bool set_list(const struct definition *definition, const struct option_spec *spec,
                     struct json_object *array)
{
    struct option_spec single = *spec;
    single.kind = OPTION_LIST;
    for (size_t i = 0; i < json_object_array_length(array); i++) {
        struct json_object *item = json_object_array_get_idx(array, i);
        if (!json_object_is_type(item, json_type_string))
            return error_set(definition->error, EXIT_WRONG_USE, "has to be %s",
                             expected_type(spec));
        if (!set(definition, &single, item))
            return false;
    }
    return true;
}

/* Joins the array's values with commas, as the command line gives them, and sets them at once. */
static bool set_joined(const struct definition *definition, const struct option_spec *spec,
                       struct json_object *array, enum json_type type)
{
    struct buffer text = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < json_object_array_length(array); i++) {
        struct json_object *item = json_object_array_get_idx(array, i);
        ok = json_object_is_type(item, type);
        buffer_print(&text, "%s%s", i ? "," : "", ok ? json_object_get_string(item) : "");
    }
    if (ok)
        ok = option_set(spec, buffer_text(&text), definition->settings, definition->arena,
                        definition->error);
    else
        error_set(definition->error, EXIT_WRONG_USE, "has to be %s", expected_type(spec));
    buffer_free(&text);
    return ok;
}

static bool set_key(const struct definition *definition, const char *key, const char *place,
                    struct json_object *value)
{
    struct error *error = definition->error;
    const struct option_spec *spec = option_find(key);
    if (!spec) {
        const struct option_spec *near = option_nearest(key, definition->groups);
        error_set(error, EXIT_WRONG_USE, "unknown key \"%s\"", key);
        error_hint(error, "the keys are the names of the options, see rollcall help report");
        if (near) {
            error_hint(error, "did you mean \"%s\"?", near->name);
            for (char *c = strchr(error->hint, '"'); *c; c++)
                *c = *c == '-' ? '_' : *c;
        }
        return at(definition, place);
    }

    /* A key of another command is checked and ignored: one definition serves all commands. */
    struct settings nobodys = {0};
    struct definition target = *definition;
    if (!(spec->group & definition->groups))
        target.settings = &nobodys;
    option_clear(spec, target.settings);
    option_note_origin(spec, target.settings, ORIGIN_DEFINITION);
    enum json_type type = json_object_get_type(value);
    bool ok;
    if (!type_fits(spec, type))
        ok = error_set(error, EXIT_WRONG_USE, "has to be %s", expected_type(spec));
    else if (spec->kind == OPTION_DAYS)
        ok = set_joined(&target, spec, value, json_type_int);
    else if (spec->kind == OPTION_SET && type == json_type_array)
        ok = set_joined(&target, spec, value, json_type_string);
    else if (type == json_type_array)
        ok = set_list(&target, spec, value);
    else
        ok = set(&target, spec, value);
    settings_release(&nobodys);
    if (ok)
        return true;
    error_at(error, "\"%s\"", key);
    return at(definition, place);
}

/* Walks over the keys: their places come from the text, their values from json-c. */
static bool set_all(const struct definition *definition, struct json_object *root)
{
    const char *c = skip_blanks_and_comments(definition->text);
    bool *seen = arena_new(definition->arena, option_count * sizeof *seen);
    for (c = skip_blanks_and_comments(c + 1); *c != '}'; c = skip_blanks_and_comments(c)) {
        if (*c != '"')
            return fail(definition, c, "a key in double quotes is expected here");
        const char *end = skip_string(c);
        const char *key = arena_copy(definition->arena, c + 1, (size_t)(end - c) - 2);
        if (strchr(key, '\\'))
            return fail(definition, c, "a key holds a backslash");
        if (!set_key(definition, key, c, json_object_object_get(root, key)))
            return false;
        size_t index = (size_t)(option_find(key) - option_specs);
        if (seen[index])
            return fail(definition, c, "the key is there a second time");
        seen[index] = true;
        c = skip_value(skip_blanks_and_comments(end) + 1);
        if (*c == ',')
            c++;
    }
    c = skip_blanks_and_comments(c + 1);
    return !*c || fail(definition, c, "nothing is expected behind the closing brace");
}

bool definition_parse(const char *path, const char *text, unsigned groups,
                      struct settings *settings, struct arena *arena, struct error *error)
{
    struct definition definition = {path, text, groups, settings, arena, error};
    struct json_tokener *tokener = json_tokener_new_ex(DEPTH_MAX);
    struct json_object *root = json_tokener_parse_ex(tokener, text, (int)strlen(text) + 1);
    enum json_tokener_error why = json_tokener_get_error(tokener);
    size_t length = strlen(text);
    size_t parsed = json_tokener_get_parse_end(tokener);
    const char *end = text + (parsed < length ? parsed : length);
    json_tokener_free(tokener);

    bool ok;
    if (why != json_tokener_success)
        ok = fail(&definition, end, json_tokener_error_desc(why));
    else if (!json_object_is_type(root, json_type_object))
        ok = fail(&definition, skip_blanks_and_comments(text), "a JSON object is expected");
    else if (find_trailing_comma(text))
        ok = fail(&definition, find_trailing_comma(text), "nothing follows this comma");
    else
        ok = set_all(&definition, root);
    json_object_put(root);
    return ok;
}

static bool read_text(const char *path, struct buffer *text, struct error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return error_set(error, EXIT_WRONG_USE, "%s: %s", path, strerror(errno));
    char bytes[4096];
    ssize_t got;
    while ((got = read(file, bytes, sizeof bytes)) > 0 && text->length <= DEFINITION_BYTES_MAX)
        buffer_append(text, bytes, (size_t)got);
    int why = errno;
    close(file);
    if (got < 0)
        return error_set(error, EXIT_WRONG_USE, "%s: %s", path, strerror(why));
    if (text->length > DEFINITION_BYTES_MAX)
        return error_set(error, EXIT_WRONG_USE, "%s: larger than a definition can be", path);
    if (!utf8_is_clean(buffer_text(text), text->length))
        return error_set(error, EXIT_WRONG_USE, "%s: not a text in UTF-8", path);
    return true;
}

bool definition_read(const char *path, unsigned groups, struct settings *settings,
                     struct arena *arena, struct error *error)
{
    struct buffer text = {0};
    bool ok = read_text(path, &text, error) &&
              definition_parse(path, buffer_text(&text), groups, settings, arena, error);
    buffer_free(&text);
    return ok;
}
