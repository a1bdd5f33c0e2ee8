/* The command line. */
#ifndef SANDBOX_OPTIONS_H
#define SANDBOX_OPTIONS_H

#include "base/error.h"
#include "server.h"

struct options {
    struct server_settings server; /* without the collection */
    const char *data_path;         /* NULL: contacts are made up */
    uint32_t contact_count;
    uint64_t seed;
    bool is_dump;
    bool is_help;
};

/* Texts are borrowed from `argv`. Faults go into `rules`. Fails with EXIT_WRONG_USE. */
bool options_parse(int argc, char **argv, struct rules *rules, struct options *options,
                   struct error *error);

/* The text of --help. */
extern const char options_help[];

#endif
