#include "acquire.h"

#include "base/clock.h"
#include "fetch/fetch.h"
#include "fetch/transfer.h"
#include "snapshot/writer.h"
#include "write/ledger_text.h"

struct source acquire_source(const struct settings *settings, int64_t started_at)
{
    return (struct source){
        .base_url = settings->base_url,
        .labels = settings->labels.items,
        .label_count = settings->labels.count,
        .q = settings->q,
        .sort = settings->sort,
        .direction = settings->direction,
        .page_size = settings->page_size,
        .inboxes = !settings->no_inboxes,
        .started_at = started_at,
    };
}

bool acquire_prepare(const struct settings *settings, struct credentials *credentials,
                     struct error *error)
{
    return transfer_check_url(settings->base_url, settings->allow_plain_http, error) &&
           credentials_find(credentials, settings->credentials_command, settings->credentials_file,
                            error);
}

bool acquire_check_proven(const struct settings *settings, const struct ledger *ledger,
                          struct error *error)
{
    if (ledger->complete || settings->allow_unproven)
        return true;
    char words[LEDGER_TEXT_BYTES];
    ledger_describe(ledger, words);
    error_set(error, EXIT_UNPROVEN, "the fetch is not proven complete after %lld passes. %s",
              (long long)ledger->passes, words);
    return error_hint(error, "the list changed while it was read, or the server counts otherwise; "
                             "try again, with more --max-passes, or take it as it is with "
                             "--allow-unproven");
}

static void on_progress(void *context, const struct fetch_progress *progress)
{
    terminal_progress(context, progress);
}

static void on_request(void *context, const struct fetch_request *request)
{
    terminal_request(context, request);
}

bool acquire_snapshot(const struct settings *settings, const struct credentials *credentials,
                      int64_t started_at, struct terminal *terminal, const char *path,
                      struct error *error)
{
    struct fetch_options options = {
        .source = acquire_source(settings, started_at),
        .credentials = credentials,
        .ca_file = settings->ca_file,
        .connections = (int)settings->connections,
        .timeout_ms = settings->timeout_ms,
        .retries = (int)settings->retries,
        .deadline_ms = settings->deadline_ms,
        .rate = settings->rate,
        .passes_max = (int)settings->max_passes,
    };
    struct fetch_observer observer = {on_progress, on_request, terminal};
    struct ledger ledger;
    struct warnings warnings = {0};
    struct snapshot_writer *writer;
    if (!snapshot_writer_create(&writer, path, &options.source, error))
        return false;
    bool ok = fetch_run(&options, writer, &observer, &ledger, &warnings, error) &&
              acquire_check_proven(settings, &ledger, error) &&
              snapshot_writer_finish(writer, &ledger, &warnings, clock_wall_seconds(), error);
    snapshot_writer_free(writer);
    return ok;
}
