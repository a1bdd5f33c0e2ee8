#include "cli/effect.h"

#include "write/writer.h"

#include <string.h>

/* Options that do not act in every run of the commands that have them. */
static const struct {
    const char *name;
    unsigned modes;
} limited[] = {
    /* Filters act beside --from too: they are compared with the snapshot's. */
    {"sort", RUN_FETCHES | RUN_CHECKS},
    {"direction", RUN_FETCHES | RUN_CHECKS},
    {"account", RUN_FETCHES | RUN_READS_SNAPSHOT},
    {"verbose", RUN_FETCHES},
    {"credentials", RUN_FETCHES | RUN_CHECKS},
    {"credentials-command", RUN_FETCHES | RUN_CHECKS},
    {"allow-plain-http", RUN_FETCHES | RUN_CHECKS},
    {"cacert", RUN_FETCHES | RUN_CHECKS},
    {"page-size", RUN_FETCHES | RUN_CHECKS},
    {"timeout", RUN_FETCHES | RUN_CHECKS},
    {"connections", RUN_FETCHES},
    {"retries", RUN_FETCHES},
    {"patience", RUN_FETCHES},
    {"deadline", RUN_FETCHES},
    {"rate", RUN_FETCHES},
    {"max-passes", RUN_FETCHES},
    {"max-requests", RUN_FETCHES},
    {"allow-unproven", RUN_FETCHES | RUN_READS_SNAPSHOT},
    {"json", RUN_CHECKS},
    {"resume", RUN_FETCHES},
    {"resume-within", RUN_FETCHES},
};

/* Options that act on some outputs only. */
static const struct {
    const char *name;
    unsigned outputs;
    bool at_terminal; /* and on the totals */
} shaping[] = {
    {"template", 1 << OUTPUT_HTML, false},
    {"csv-raw", 1 << OUTPUT_CSV | 1 << OUTPUT_TALLIES, false},
    {"top-companies", 1 << OUTPUT_XLSX | 1 << OUTPUT_HTML, false},
    {"columns", 1 << OUTPUT_XLSX | 1 << OUTPUT_CSV, false},
    {"order-by", 1 << OUTPUT_XLSX | 1 << OUTPUT_CSV, false},
    {"lang", 1 << OUTPUT_XLSX | 1 << OUTPUT_HTML, true},
    {"activity-bounds", OUTPUTS_ALL & ~(1 << OUTPUT_CSV), true},
};

bool option_shapes_something(const struct option_spec *spec, const struct settings *settings)
{
    for (size_t i = 0; i < sizeof shaping / sizeof *shaping; i++) {
        if (strcmp(shaping[i].name, spec->name) == 0)
            return (shaping[i].outputs & settings->outputs) ||
                   (shaping[i].at_terminal && !settings->quiet);
    }
    return true;
}

static unsigned modes_of(const struct option_spec *spec)
{
    for (size_t i = 0; i < sizeof limited / sizeof *limited; i++) {
        if (strcmp(limited[i].name, spec->name) == 0)
            return limited[i].modes;
    }
    return RUN_FETCHES | RUN_READS_SNAPSHOT | RUN_CHECKS | RUN_VERIFIES;
}

bool option_has_effect(const struct option_spec *spec, enum run_mode mode,
                       const struct settings *settings)
{
    if (strcmp(spec->name, "resume-within") == 0 && !settings->resume)
        return false;
    return (modes_of(spec) & mode) && option_shapes_something(spec, settings);
}

bool option_is_idle(const struct option_spec *spec, enum run_mode mode,
                    const struct settings *settings)
{
    bool changes_what_is_read =
        strcmp(spec->name, "sort") == 0 || strcmp(spec->name, "direction") == 0;
    enum option_origin least = changes_what_is_read ? ORIGIN_DEFINITION : ORIGIN_COMMAND_LINE;
    return option_origin(spec, settings) >= least && !option_has_effect(spec, mode, settings);
}

bool options_check_together(const struct settings *settings, struct error *error)
{
    if (settings->quiet && settings->verbose) {
        error_set(error, EXIT_WRONG_USE, "--quiet and --verbose contradict each other");
        return error_hint(error, "leave out one of the two");
    }
    if (settings->quiet && settings->json) {
        error_set(error, EXIT_WRONG_USE, "--quiet and --json contradict each other");
        return error_hint(error, "leave out one of the two");
    }
    if (settings->from && settings->resume) {
        error_set(error, EXIT_WRONG_USE, "--resume: with --from there is no fetch to resume");
        return error_hint(error, "leave out one of the two");
    }
    return true;
}
