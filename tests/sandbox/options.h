/* The command line. */
#ifndef SANDBOX_OPTIONS_H
#define SANDBOX_OPTIONS_H

#include "base/error.h"
#include "server.h"

/* What shall happen while the server runs. */
struct scripts {
    struct rules *rules;
    struct changes *changes;
};

struct options {
    struct server_settings server; /* without the roster */
    const char *data_path;         /* NULL: contacts are made up */
    uint32_t contact_count;
    uint64_t seed;
    uint32_t grown_count;  /* made-up contacts until the account closes */
    uint32_t import_count; /* how many of the last contacts came in one import */
    bool ends_with_stdin;  /* not only by a signal */
    bool is_dump;
    bool is_list_faults;
    bool is_help;
};

/* Texts are borrowed from `argv`. Faults and changes go into the scripts. Fails with
   EXIT_WRONG_USE. */
bool options_parse(int argc, char **argv, const struct scripts *scripts, struct options *options,
                   struct error *error);

/* The text of --help. */
extern const char options_help[];

#endif
