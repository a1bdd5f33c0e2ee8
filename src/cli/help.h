/* --help, --version and the manual page's list of options, made from the tables. */
#ifndef ROLLCALL_HELP_H
#define ROLLCALL_HELP_H

#include <stdio.h>

struct command;

/* `commands` ends with NULL. */
void help_program(const struct command *const *commands, FILE *out);
void help_command(const struct command *command, FILE *out);

/* The options of a command in the language of manual pages (man(7)). */
void help_manual_options(const struct command *command, FILE *out);

#endif
