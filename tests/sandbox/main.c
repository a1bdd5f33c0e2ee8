/* rollcall-sandbox: the contacts API for people without credentials, and for every test. */
#include "changes.h"
#include "collection.h"
#include "ending.h"
#include "fault.h"
#include "import.h"
#include "options.h"
#include "rules.h"
#include "server.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool dump(const struct collection *collection, struct error *error)
{
    struct buffer line = {0};
    bool ok = true;
    for (uint32_t i = 0; ok && i < collection->count; i++) {
        buffer_clear(&line);
        collection_write(collection, i, WITH_INBOXES | WITH_LABELS, &line);
        buffer_append_char(&line, '\n');
        ok = fwrite(line.bytes, 1, line.length, stdout) == line.length;
    }
    buffer_free(&line);
    if (!ok || fflush(stdout) != 0)
        return error_set(error, EXIT_OUTPUT, "standard output: %s", strerror(errno));
    return true;
}

static bool serve(const struct options *options, struct error *error)
{
    signal(SIGPIPE, SIG_IGN);
    int signals_fd = ending_prepare(error);
    if (signals_fd < 0)
        return false;
    struct server *server = server_start(&options->server, error);
    bool ok = server != NULL;
    if (ok) {
        const char *scheme = options->server.certificate_path ? "https" : "http";
        printf("%s://127.0.0.1:%u\n", scheme, server_port(server));
        if (fflush(stdout) == 0)
            ending_wait(signals_fd, options->ends_with_stdin);
        else
            ok = error_set(error, EXIT_OUTPUT, "standard output: %s", strerror(errno));
    }
    server_stop(server);
    close(signals_fd);
    return ok;
}

/* NULL on failure. */
static struct collection *collect(const struct options *options, struct error *error)
{
    struct collection *collection =
        options->data_path
            ? collection_open(options->data_path, error)
            : collection_generate(options->contact_count, options->seed, options->grown_count);
    if (collection && options->import_count > 0)
        collection = collection_import(collection, options->import_count);
    return collection;
}

static bool serve_roster(struct options *options, const struct collection *collection,
                         struct error *error)
{
    struct roster *roster = roster_new(collection, options->seed);
    options->server.roster = roster;
    options->server.seed = options->seed;
    bool ok = changes_bind(options->server.changes, roster, options->seed, error) &&
              serve(options, error);
    roster_free(roster);
    return ok;
}

static bool print(const char *text, struct error *error)
{
    fputs(text, stdout);
    return fflush(stdout) == 0 ||
           error_set(error, EXIT_OUTPUT, "standard output: %s", strerror(errno));
}

static bool list_faults(struct error *error)
{
    struct buffer examples = {0};
    fault_write_examples(&examples);
    bool ok = print(buffer_text(&examples), error);
    buffer_free(&examples);
    return ok;
}

static bool run(int argc, char **argv, const struct scripts *scripts, struct error *error)
{
    struct options options;
    if (!options_parse(argc, argv, scripts, &options, error))
        return false;
    if (options.is_help)
        return print(options_help, error);
    if (options.is_list_faults)
        return list_faults(error);
    struct collection *collection = collect(&options, error);
    if (!collection)
        return false;
    bool ok = options.is_dump ? dump(collection, error) : serve_roster(&options, collection, error);
    collection_free(collection);
    return ok;
}

int main(int argc, char **argv)
{
    /* Searching folds case by the rules of Unicode; everything else stays in the C locale. */
    setlocale(LC_CTYPE, "C.UTF-8");
    struct error error = {0};
    struct scripts scripts = {rules_new(), changes_new()};
    bool ok = run(argc, argv, &scripts, &error);
    rules_free(scripts.rules);
    changes_free(scripts.changes);
    if (ok)
        return EXIT_DONE;
    fprintf(stderr, "rollcall-sandbox: %s\n", error.message);
    if (*error.hint)
        fprintf(stderr, "%s\n", error.hint);
    return (int)error.code;
}
