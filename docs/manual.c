/* Makes the manual page: fills the version and the options, which the program knows best, into
 * docs/rollcall.1.in. */
#include "base/version.h"
#include "cli/command.h"
#include "cli/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const struct command command_report;

int main(int argc, char **argv)
{
    char line[1024];
    FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!in) {
        fprintf(stderr, "usage: rollcall-manual rollcall.1.in\n");
        return EXIT_FAILURE;
    }
    while (fgets(line, sizeof line, in)) {
        char *version = strstr(line, "@VERSION@");
        if (strcmp(line, "@OPTIONS@\n") == 0)
            help_manual_options(&command_report, stdout);
        else if (version)
            printf("%.*s" ROLLCALL_VERSION "%s", (int)(version - line), line,
                   version + strlen("@VERSION@"));
        else
            fputs(line, stdout);
    }
    int failed = ferror(in) || ferror(stdout) || fflush(stdout) != 0;
    fclose(in);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
