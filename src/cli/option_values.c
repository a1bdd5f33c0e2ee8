/* Reading the options' values. */
#include "base/arena.h"
#include "base/zone.h"
#include "cli/options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool set_flag(const char *text, bool *flag, struct error *error)
{
    if (!text || strcmp(text, "true") == 0 || strcmp(text, "1") == 0)
        *flag = true;
    else if (strcmp(text, "false") == 0 || strcmp(text, "0") == 0 || !*text)
        *flag = false;
    else
        return error_set(error, EXIT_WRONG_USE, "'%s' is neither true nor false", text);
    return true;
}

static bool set_choice(const struct option_spec *spec, const char *text, const char **value,
                       struct error *error)
{
    for (const char *const *choice = spec->choices; *choice; choice++) {
        if (strcmp(*choice, text) == 0) {
            *value = *choice;
            return true;
        }
    }
    error_set(error, EXIT_WRONG_USE, "'%s' is not one of the possible values", text);
    return error_hint(error, "%s", spec->help);
}

static bool find_choice(const char *const *choices, const char *text, size_t length, size_t *found)
{
    for (*found = 0; choices[*found]; (*found)++) {
        if (strlen(choices[*found]) == length && memcmp(choices[*found], text, length) == 0)
            return true;
    }
    return false;
}

/* One text gives the whole set: a second one replaces the first. */
static bool set_set(const struct option_spec *spec, const char *text, unsigned *value,
                    struct error *error)
{
    unsigned set = 0;
    for (;;) {
        size_t length = strcspn(text, ",");
        size_t choice;
        if (!find_choice(spec->choices, text, length, &choice)) {
            error_set(error, EXIT_WRONG_USE, "'%.*s' is not one of the possible values",
                      (int)(length < 100 ? length : 100), text);
            return error_hint(error, "%s", spec->help);
        }
        set |= 1U << choice;
        if (!text[length])
            break;
        text += length + 1;
    }
    *value = set;
    return true;
}

static bool set_integer(const struct option_spec *spec, const char *text, int64_t *value,
                        struct error *error)
{
    char *end;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end || number < spec->min || number > spec->max)
        return error_set(error, EXIT_WRONG_USE,
                         "'%s' is not a whole number from %" PRId64 " to %" PRId64, text, spec->min,
                         spec->max);
    *value = number;
    return true;
}

static bool set_seconds(const struct option_spec *spec, const char *text, int64_t *value_ms,
                        struct error *error)
{
    char *end;
    double seconds = strtod(text, &end);
    if (spec->takes_zero && end != text && !*end && seconds == 0) {
        *value_ms = 0;
        return true;
    }
    if (end == text || *end || !(seconds > (double)spec->min) || seconds > (double)spec->max)
        return error_set(error, EXIT_WRONG_USE,
                         "'%s' is not a number of seconds above %" PRId64 " and up to %" PRId64,
                         text, spec->min, spec->max);
    *value_ms = (int64_t)(seconds * 1000);
    if (*value_ms == 0)
        *value_ms = 1;
    return true;
}

static bool set_days(const char *text, struct activity_bounds *bounds, struct error *error)
{
    struct activity_bounds read = {.count = 0};
    const char *at = text;
    for (;;) {
        char *end;
        long days = strtol(at, &end, 10);
        long least = read.count ? (long)read.days[read.count - 1] + 1 : 1;
        if (end == at || days < least || days > ACTIVITY_DAYS_MAX ||
            read.count == ACTIVITY_BOUNDS_MAX) {
            error_set(error, EXIT_WRONG_USE, "'%s' is no list of activity bounds", text);
            return error_hint(error, "up to %d whole numbers of days, ascending: 1,7,30",
                              ACTIVITY_BOUNDS_MAX);
        }
        read.days[read.count++] = days;
        if (!*end)
            break;
        if (*end != ',')
            return error_set(error, EXIT_WRONG_USE, "'%s' is no list of activity bounds", text);
        at = end + 1;
    }
    *bounds = read;
    return true;
}

static bool add_to_list(const struct option_spec *spec, const char *text, size_t length,
                        struct text_list *list, struct arena *arena, struct error *error)
{
    enum { LIST_MAX = 2000 };
    const char *item = arena_copy(arena, text, length);
    if (length == 0)
        return error_set(error, EXIT_WRONG_USE, "an empty value");
    if (list->count == LIST_MAX)
        return error_set(error, EXIT_WRONG_USE, "more than %d values", LIST_MAX);
    if (spec->check && !spec->check(item, error))
        return false;
    const char **items = arena_new(arena, (list->count + 1) * sizeof *items);
    if (list->count > 0)
        memcpy(items, list->items, list->count * sizeof *items);
    items[list->count++] = item;
    list->items = items;
    return true;
}

static bool add_comma_list(const struct option_spec *spec, const char *text, struct text_list *list,
                           struct arena *arena, struct error *error)
{
    for (;;) {
        size_t length = strcspn(text, ",");
        if (!add_to_list(spec, text, length, list, arena, error))
            return false;
        if (!text[length])
            return true;
        text += length + 1;
    }
}

static bool set_text(const struct option_spec *spec, const char *text, const char **value,
                     struct arena *arena, struct error *error)
{
    if (!*text)
        return error_set(error, EXIT_WRONG_USE, "an empty value");
    *value = arena_copy(arena, text, strlen(text));
    return !spec->check || spec->check(*value, error);
}

static bool set_time(const char *text, struct told_time *value, struct error *error)
{
    struct told_time told = {.is_told = true};
    if (!iso8601_parse(text, &told.time)) {
        error_set(error, EXIT_WRONG_USE, "'%s' is no date or time", text);
        return error_hint(error, "write it in ISO 8601: 2026-11-22 or 2026-11-22T08:00:00+01:00");
    }
    *value = told;
    return true;
}

static bool set_zone(const char *name, struct zone **value, struct error *error)
{
    struct zone *zone;
    if (!zone_open(&zone, name, error))
        return false;
    zone_free(*value);
    *value = zone;
    return true;
}

/* A custom attribute's name may hold a colon: only "asc" or "desc" after the last colon is a
   direction. */
static bool set_order(const char *text, struct order *order, struct arena *arena,
                      struct error *error)
{
    const char *colon = strrchr(text, ':');
    bool descending = colon && strcmp(colon, ":desc") == 0;
    bool is_directed = descending || (colon && strcmp(colon, ":asc") == 0);
    size_t length = is_directed ? (size_t)(colon - text) : strlen(text);
    *order = (struct order){arena_copy(arena, text, length), descending};
    return column_check(order->column, error);
}

bool option_set(const struct option_spec *spec, const char *text, struct settings *settings,
                struct arena *arena, struct error *error)
{
    void *member = (char *)settings + spec->offset;
    switch (spec->kind) {
    case OPTION_FLAG:
        return set_flag(text, member, error);
    case OPTION_TEXT:
        return set_text(spec, text, member, arena, error);
    case OPTION_CHOICE:
        return set_choice(spec, text, member, error);
    case OPTION_LIST:
        return add_to_list(spec, text, strlen(text), member, arena, error);
    case OPTION_COMMA_LIST:
        return add_comma_list(spec, text, member, arena, error);
    case OPTION_INTEGER:
        return set_integer(spec, text, member, error);
    case OPTION_SECONDS:
        return set_seconds(spec, text, member, error);
    case OPTION_DAYS:
        return set_days(text, member, error);
    case OPTION_TIME:
        return set_time(text, member, error);
    case OPTION_SET:
        return set_set(spec, text, member, error);
    case OPTION_ZONE:
        return set_zone(text, member, error);
    case OPTION_ORDER:
        return set_order(text, member, arena, error);
    }
    return false;
}

void settings_release(struct settings *settings)
{
    zone_free(settings->zone);
    settings->zone = NULL;
}

void option_clear(const struct option_spec *spec, struct settings *settings)
{
    if (spec->kind == OPTION_LIST || spec->kind == OPTION_COMMA_LIST)
        *(struct text_list *)(void *)((char *)settings + spec->offset) = (struct text_list){0};
}

static size_t index_of(const struct option_spec *spec)
{
    return (size_t)(spec - option_specs);
}

void option_note_origin(const struct option_spec *spec, struct settings *settings,
                        enum option_origin origin)
{
    settings->origins[index_of(spec)] = (unsigned char)origin;
}

enum option_origin option_origin(const struct option_spec *spec, const struct settings *settings)
{
    return (enum option_origin)settings->origins[index_of(spec)];
}

bool option_check(const struct option_spec *spec, const char *text, struct arena *arena,
                  struct error *error)
{
    struct settings nobodys = {0};
    bool ok = option_set(spec, text, &nobodys, arena, error);
    settings_release(&nobodys);
    return ok;
}

void options_set_standard(struct settings *settings, struct arena *arena)
{
    struct error impossible;
    *settings = (struct settings){0};
    for (size_t i = 0; i < option_count; i++) {
        if (option_specs[i].standard)
            option_set(&option_specs[i], option_specs[i].standard, settings, arena, &impossible);
    }
}
