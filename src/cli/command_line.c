#include "cli/command_line.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "cli/definition.h"
#include "cli/options.h"

#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* getopt's number for an option is its index in the table plus this, which is beyond any letter. */
enum { FIRST_INDEX = 1000, HELP_INDEX = 999 };

/* One option with its value, as the command line gives it. */
struct given {
    const struct option_spec *spec;
    const char *value; /* NULL for a flag */
};

struct reading {
    const struct command *command;
    struct settings *settings;
    struct arena *arena;
    struct error *error;
    struct given *given;
    size_t given_count;
    const char *definition;
    const char **operands; /* the arena's */
    bool wants_help;
};

/* Makes getopt's tables for the options of these groups. The caller frees both. */
static struct option *make_long_options(unsigned groups, char **letters)
{
    struct option *long_options = memory_new(option_count + 2, sizeof *long_options);
    struct buffer short_options = {0};
    buffer_append_text(&short_options, "-:h");
    size_t count = 0;
    for (size_t i = 0; i < option_count; i++) {
        const struct option_spec *spec = &option_specs[i];
        if (!(spec->group & groups))
            continue;
        long_options[count++] = (struct option){
            .name = spec->name,
            .has_arg = spec->kind == OPTION_FLAG ? no_argument : required_argument,
            .val = FIRST_INDEX + (int)i,
        };
        if (spec->letter)
            buffer_print(&short_options, "%c%s", spec->letter,
                         spec->kind == OPTION_FLAG ? "" : ":");
    }
    long_options[count] = (struct option){.name = "help", .val = HELP_INDEX};
    *letters = buffer_take(&short_options);
    return long_options;
}

/* Never NULL: getopt returns only options of its tables. */
static const struct option_spec *spec_of(int result, unsigned groups)
{
    if (result >= FIRST_INDEX)
        return &option_specs[result - FIRST_INDEX];
    size_t i = 0;
    while (option_specs[i].letter != result || !(option_specs[i].group & groups))
        i++;
    return &option_specs[i];
}

static bool unknown_option(const struct reading *reading, const char *argument)
{
    size_t length = strcspn(argument, "=");
    char *name = memory_copy_bytes(argument, length);
    const char *bare = name + strspn(name, "-");
    const struct option_spec *near = option_nearest(bare, reading->command->options);
    bool is_of_another = strncmp(name, "--", 2) == 0 && option_find(bare);
    error_set(reading->error, EXIT_WRONG_USE,
              is_of_another ? "'%s' is an option of another command" : "unknown option '%s'", name);
    if (near && !is_of_another)
        error_hint(reading->error, "did you mean --%s?", near->name);
    else
        error_hint(reading->error, "rollcall help %s lists the options", reading->command->name);
    free(name);
    return false;
}

static bool positional(struct reading *reading, const char *argument)
{
    if (reading->command->takes_definition && !reading->definition) {
        reading->definition = argument;
        return true;
    }
    if (reading->settings->operands.count < reading->command->operands) {
        struct text_list *operands = &reading->settings->operands;
        reading->operands[operands->count++] =
            arena_copy(reading->arena, argument, strlen(argument));
        operands->items = reading->operands;
        return true;
    }
    error_set(reading->error, EXIT_WRONG_USE, "unexpected argument '%s'", argument);
    return error_hint(reading->error, "usage: rollcall %s %s", reading->command->name,
                      reading->command->usage);
}

static bool take(struct reading *reading, int result, const char *argument)
{
    switch (result) {
    case HELP_INDEX:
    case 'h':
        reading->wants_help = true;
        return true;
    case 1:
        return positional(reading, optarg);
    case '?':
        if (optopt >= HELP_INDEX) /* a flag with a value */
            return error_set(reading->error, EXIT_WRONG_USE, "option '%.*s' takes no value",
                             (int)strcspn(argument, "="), argument);
        return unknown_option(reading, argument);
    case ':':
        error_set(reading->error, EXIT_WRONG_USE, "option '%s' needs a value", argument);
        return error_hint(reading->error, "rollcall help %s describes it", reading->command->name);
    default:
        /* An argument may hold several options: -vvv. */
        reading->given =
            memory_resize(reading->given, reading->given_count + 1, sizeof *reading->given);
        reading->given[reading->given_count++] = (struct given){
            .spec = spec_of(result, reading->command->options),
            .value = optarg,
        };
        return true;
    }
}

static bool scan(struct reading *reading, int argc, char **argv)
{
    char *letters;
    struct option *long_options = make_long_options(reading->command->options, &letters);
    bool ok = true;
    optind = 0; /* glibc: start anew */
    opterr = 0;
    while (ok && !reading->wants_help) {
        int place = optind > 0 ? optind : 1;
        int result = getopt_long(argc, argv, letters, long_options, NULL);
        if (result == -1)
            break;
        ok = take(reading, result, place < argc ? argv[place] : "");
    }
    for (; ok && !reading->wants_help && optind < argc; optind++)
        ok = positional(reading, argv[optind]); /* after "--" */
    free(long_options);
    free(letters);
    return ok;
}

static char *environment_name(const struct option_spec *spec)
{
    char *name = memory_print("ROLLCALL_%s", spec->name);
    for (char *c = name; *c; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    return name;
}

/* A variable of another command is checked and ignored, like such a key of a definition. */
static bool apply_variable(const struct reading *reading, const struct option_spec *spec,
                           const char *value)
{
    if (!(spec->group & reading->command->options))
        return option_check(spec, value, reading->arena, reading->error);
    option_clear(spec, reading->settings);
    option_note_origin(spec, reading->settings, ORIGIN_ENVIRONMENT);
    return option_set(spec, value, reading->settings, reading->arena, reading->error);
}

static bool apply_environment(const struct reading *reading)
{
    bool ok = true;
    for (size_t i = 0; ok && i < option_count; i++) {
        const struct option_spec *spec = &option_specs[i];
        char *name = environment_name(spec);
        const char *value = getenv(name);
        if (value && *value)
            ok = apply_variable(reading, spec, value) || error_at(reading->error, "%s", name);
        free(name);
    }
    return ok;
}

static bool apply_given(const struct reading *reading)
{
    for (size_t i = 0; i < reading->given_count; i++)
        option_clear(reading->given[i].spec, reading->settings);
    for (size_t i = 0; i < reading->given_count; i++) {
        const struct given *given = &reading->given[i];
        option_note_origin(given->spec, reading->settings, ORIGIN_COMMAND_LINE);
        if (!option_set(given->spec, given->value, reading->settings, reading->arena,
                        reading->error))
            return error_at(reading->error, "--%s", given->spec->name);
    }
    return true;
}

static bool check_operands(const struct reading *reading)
{
    if (reading->settings->operands.count == reading->command->operands)
        return true;
    error_set(reading->error, EXIT_WRONG_USE, "an argument is missing");
    return error_hint(reading->error, "usage: rollcall %s %s", reading->command->name,
                      reading->command->usage);
}

bool command_line_read(const struct command *command, int argc, char **argv,
                       struct settings *settings, struct arena *arena, bool *wants_help,
                       struct error *error)
{
    struct reading reading = {
        .command = command,
        .settings = settings,
        .arena = arena,
        .error = error,
    };
    options_set_standard(settings, arena);
    reading.operands = arena_new(arena, (command->operands + 1) * sizeof *reading.operands);
    bool ok = scan(&reading, argc, argv);
    if (ok && !reading.wants_help) {
        ok = check_operands(&reading) &&
             (!reading.definition ||
              definition_read(reading.definition, command->options, settings, arena, error)) &&
             apply_environment(&reading) && apply_given(&reading);
    }
    *wants_help = reading.wants_help;
    free(reading.given);
    return ok;
}
