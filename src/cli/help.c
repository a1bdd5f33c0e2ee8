#include "cli/help.h"

#include "base/version.h"
#include "cli/command.h"
#include "cli/options.h"

#include <stdbool.h>
#include <string.h>

enum { WIDTH = 80, INDENT = 28 };

static const enum option_group groups[] = {OPTIONS_SOURCE, OPTIONS_TRANSFER, OPTIONS_INPUT,
                                           OPTIONS_ROWS,   OPTIONS_REPORT,   OPTIONS_OUTPUT,
                                           OPTIONS_CHECK,  OPTIONS_TERMINAL};

/* Prints ASCII words from column `column` on, broken at WIDTH and indented. */
static void print_wrapped(const char *text, int column, FILE *out)
{
    while (*text) {
        int length = (int)strcspn(text, " ");
        if (column > INDENT && column + 1 + length > WIDTH) {
            fprintf(out, "\n%*s", INDENT, "");
            column = INDENT;
        } else if (column > INDENT) {
            fputc(' ', out);
            column++;
        }
        fprintf(out, "%.*s", length, text);
        column += length;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', out);
}

static void describe(const struct option_spec *spec, char *text, size_t bytes)
{
    if (spec->standard)
        snprintf(text, bytes, "%s (default: %s)", spec->help, spec->standard);
    else
        snprintf(text, bytes, "%s", spec->help);
}

static void print_option(const struct option_spec *spec, FILE *out)
{
    char letter[6] = "    ";
    char description[512];
    if (spec->letter)
        snprintf(letter, sizeof letter, "-%c, ", spec->letter);
    int column = fprintf(out, "  %s--%s%s%s", letter, spec->name, spec->value_name ? " " : "",
                         spec->value_name ? spec->value_name : "");
    if (column >= INDENT - 1) {
        fputc('\n', out);
        column = 0;
    }
    fprintf(out, "%*s", INDENT - column, "");
    describe(spec, description, sizeof description);
    print_wrapped(description, INDENT, out);
}

void help_command(const struct command *command, FILE *out)
{
    fprintf(out, "rollcall %s: %s\n\nusage: rollcall %s %s\n\n%s\n", command->name,
            command->summary, command->name, command->usage, command->description);
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        if (!(command->options & groups[g]))
            continue;
        fprintf(out, "\n%s:\n", option_group_title(groups[g]));
        for (size_t i = 0; i < option_count; i++) {
            if (option_specs[i].group == groups[g])
                print_option(&option_specs[i], out);
        }
    }
    fputs("\nEach option has a key in a definition (page_size for --page-size) and a variable in\n"
          "the environment (ROLLCALL_PAGE_SIZE). The command line wins over the environment,\n"
          "the environment over the definition.\n",
          out);
}

void help_program(const struct command *const *commands, FILE *out)
{
    fputs("rollcall reads every contact of a LiveDesk account, proves that none is missing or\n"
          "doubled, and makes reports and exports of them.\n\n"
          "usage: rollcall COMMAND [ARGUMENT…]\n\n",
          out);
    for (; *commands; commands++)
        fprintf(out, "  %-10s %s\n", (*commands)->name, (*commands)->summary);
    fputs("  help       describe a command: rollcall help COMMAND\n\n"
          "Credentials come from ROLLCALL_API_KEY and ROLLCALL_API_SECRET, from --credentials,\n"
          "--credentials-command, or ~/.netrc.\n\n"
          "Exit codes: 0 done, 1 unexpected failure, 2 wrong use, 3 not authorised, 4 the API\n"
          "could not be read, 5 not proven complete, 6 an output could not be written, 7 verify\n"
          "found something wrong.\n",
          out);
}

/* Escapes for man(7): a backslash starts a request, and a hyphen may become a dash. */
static void print_roff(const char *text, FILE *out)
{
    for (; *text; text++) {
        if (*text == '-')
            fputs("\\-", out);
        else if (*text == '\\')
            fputs("\\e", out);
        else
            fputc(*text, out);
    }
}

void help_manual_options(const struct command *command, FILE *out)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option_spec *spec = &option_specs[i];
        char description[512];
        if (!(spec->group & command->options))
            continue;
        fputs(".TP\n.B ", out);
        if (spec->letter)
            fprintf(out, "\\-%c, ", spec->letter);
        fputs("\\-\\-", out);
        print_roff(spec->name, out);
        if (spec->value_name)
            fprintf(out, " \\fI%s\\fR", spec->value_name);
        fputc('\n', out);
        describe(spec, description, sizeof description);
        print_roff(description, out);
        fputc('\n', out);
    }
}
