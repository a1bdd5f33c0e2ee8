#include "allocator.h"
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/version.h"
#include "cli/command.h"
#include "cli/command_line.h"
#include "cli/effect.h"
#include "cli/help.h"
#include "hardening.h"
#include "terminal/terminal.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

extern const struct command command_report, command_fetch, command_verify, command_check;

static const struct command *const commands[] = {&command_report, &command_fetch, &command_verify,
                                                 &command_check, NULL};

static const struct command *find_command(const char *name)
{
    for (const struct command *const *command = commands; *command; command++) {
        if (strcmp((*command)->name, name) == 0)
            return *command;
    }
    return NULL;
}

/* The user may have put an option in the command's place, and its value may be a secret. */
static bool unknown_command(const char *name, struct error *error)
{
    error_set(error, EXIT_WRONG_USE, "unknown command '%.*s'", (int)strcspn(name, "="), name);
    return error_hint(error, "rollcall help lists the commands");
}

static bool help(int argc, char **argv, struct error *error)
{
    if (argc < 2) {
        help_program(commands, stdout);
        return terminal_flush(error);
    }
    const struct command *command = find_command(argv[1]);
    if (!command)
        return unknown_command(argv[1], error);
    help_command(command, stdout);
    return terminal_flush(error);
}

static bool version(struct error *error)
{
    puts("rollcall " ROLLCALL_VERSION);
    return terminal_flush(error);
}

static bool run_command(const struct command *command, int argc, char **argv, struct error *error)
{
    struct settings settings = {0};
    struct arena arena = {0};
    bool wants_help;
    bool ok = command_line_read(command, argc, argv, &settings, &arena, &wants_help, error);
    if (ok && wants_help) {
        help_command(command, stdout);
        ok = terminal_flush(error);
    } else if (ok) {
        ok = options_check_together(&settings, error) && command->run(&settings, error);
    }
    settings_release(&settings);
    arena_free(&arena);
    return ok;
}

static bool dispatch(int argc, char **argv, struct error *error)
{
    if (argc < 2) {
        error_set(error, EXIT_WRONG_USE, "no command");
        return error_hint(error, "rollcall help lists the commands");
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0)
        return version(error);
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return help(argc - 1, argv + 1, error);
    const struct command *command = find_command(name);
    return command ? run_command(command, argc - 1, argv + 1, error) : unknown_command(name, error);
}

int main(int argc, char **argv)
{
    struct error error = {.code = EXIT_UNEXPECTED};
    allocator_install();
    hardening_start();
    umask(S_IRWXG | S_IRWXO); /* the program's files hold personal data */
    cleanup_install();
    if (dispatch(argc, argv, &error))
        return EXIT_DONE;
    terminal_error(&error);
    return (int)error.code;
}
