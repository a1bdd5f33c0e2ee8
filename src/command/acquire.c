#include "command/acquire.h"

#include "base/clock.h"
#include "command/resume.h"
#include "command/unproven.h"
#include "fetch/fetch.h"
#include "fetch/http/url.h"
#include "snapshot/partial.h"
#include "snapshot/snapshot.h"
#include "snapshot/writer.h"

#include <stdlib.h>
#include <string.h>

struct source acquire_source(const struct settings *settings, int64_t started_at)
{
    return (struct source){
        .base_url = settings->base_url,
        .account = settings->account,
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
    return url_check(settings->base_url, settings->allow_plain_http, error) &&
           credentials_find(credentials, settings->credentials_command, settings->credentials_file,
                            error);
}

bool acquire_check_proven(const struct settings *settings, const struct ledger *ledger,
                          struct error *error)
{
    return ledger->complete || settings->allow_unproven || unproven_refuse(ledger, error);
}

static void on_progress(void *context, const struct fetch_progress *progress)
{
    terminal_progress(context, progress);
}

static void on_request(void *context, const struct fetch_request *request)
{
    terminal_request(context, request);
}

/* A running fetch. */
struct acquisition {
    const struct settings *settings;
    const struct credentials *credentials;
    struct source source;
    struct workfile *file;
    struct snapshot_writer *writer;
    bool is_resumed;              /* an earlier run left an unfinished fetch */
    struct unfinished unfinished; /* that fetch */
};

static bool begin(struct acquisition *acquisition, struct error *error)
{
    char *key = credentials_fingerprint(acquisition->credentials);
    bool ok = (key || error_set(error, EXIT_UNEXPECTED, "the credentials cannot be hashed")) &&
              workfile_clear(acquisition->file, error) &&
              snapshot_writer_create(&acquisition->writer, workfile_path(acquisition->file),
                                     &acquisition->source, key, error) &&
              workfile_check_beside(acquisition->file, error);
    free(key);
    return ok;
}

static bool check_key(const struct acquisition *acquisition, struct error *error)
{
    if (credentials_match(acquisition->credentials, acquisition->unfinished.key_fingerprint))
        return true;
    error_set(error, EXIT_WRONG_USE,
              "cannot be resumed: it was begun with another API key, perhaps of another account");
    return error_hint(error, "give the same credentials, or start again without --resume");
}

static bool go_on(struct acquisition *acquisition, struct error *error)
{
    struct unfinished *unfinished = &acquisition->unfinished;
    const char *path = workfile_path(acquisition->file);
    if (!snapshot_writer_resume(&acquisition->writer, path, unfinished, error)) {
        error_at(error, "%s", path);
        return error_hint(error, "start again without --resume");
    }
    if (!workfile_check_beside(acquisition->file, error))
        return false;
    int64_t age_max_s = acquisition->settings->resume_within_ms / 1000;
    if (unfinished->checkpoint.pass == 0) {
        snapshot_writer_free(acquisition->writer);
        acquisition->writer = NULL;
        unfinished_free(unfinished);
        return begin(acquisition, error);
    }
    if (!resume_check_source(&unfinished->source, &acquisition->source, error) ||
        !check_key(acquisition, error) ||
        !resume_check_age(unfinished->saved_at, clock_wall_seconds(), age_max_s, error))
        return error_at(error, "%s", path);
    acquisition->source.started_at = unfinished->source.started_at;
    return true;
}

static bool fetch(struct acquisition *acquisition, struct terminal *terminal, struct error *error)
{
    const struct settings *settings = acquisition->settings;
    struct fetch_options options = {
        .source = acquisition->source,
        .credentials = acquisition->credentials,
        .ca_file = settings->ca_file,
        .connections = (int)settings->connections,
        .timeout_ms = settings->timeout_ms,
        .retries = (int)settings->retries,
        .patience_ms = settings->patience_ms,
        .deadline_ms = settings->deadline_ms,
        .rate = settings->rate,
        .passes_max = (int)settings->max_passes,
        .requests_max = settings->max_requests,
    };
    struct fetch_observer observer = {on_progress, on_request, terminal};
    struct unfinished *unfinished = &acquisition->unfinished;
    struct ledger ledger;
    struct warnings warnings;
    return fetch_run(&options, acquisition->writer, unfinished->key_fingerprint ? unfinished : NULL,
                     &observer, &ledger, &warnings, error) &&
           acquire_check_proven(settings, &ledger, error) &&
           snapshot_writer_finish(acquisition->writer, &ledger, &warnings, clock_wall_seconds(),
                                  error);
}

/* Whether a later run may resume this fetch. An API that failed may recover; a fetch that is
   unproven after all its passes would stay unproven. */
static bool is_worth_keeping(const struct acquisition *acquisition, const struct error *error)
{
    bool api_failed = error->code == EXIT_API || error->code == EXIT_UNAUTHORISED;
    bool has_saved = acquisition->writer && snapshot_writer_has_saved(acquisition->writer);
    bool may_go_on = api_failed || acquisition->settings->resume;
    return error->code != EXIT_UNPROVEN && (acquisition->is_resumed || (may_go_on && has_saved));
}

static void tell_kept(const struct acquisition *acquisition, struct error *error)
{
    char before[sizeof error->hint];
    memcpy(before, error->hint, sizeof before);
    error_hint(error,
               "%.200s%swhat was read is kept in %s: the same command with --resume continues",
               before, before[0] ? "; " : "", workfile_path(acquisition->file));
}

static void settle_failure(const struct acquisition *acquisition, struct error *error)
{
    if (!is_worth_keeping(acquisition, error)) {
        workfile_discard(acquisition->file);
        return;
    }
    workfile_keep(acquisition->file);
    if (acquisition->writer && error->code != EXIT_WRONG_USE)
        tell_kept(acquisition, error);
}

bool acquire_snapshot(const struct settings *settings, const struct credentials *credentials,
                      int64_t started_at, struct terminal *terminal, struct workfile *file,
                      struct error *error)
{
    struct acquisition acquisition = {
        .settings = settings,
        .credentials = credentials,
        .source = acquire_source(settings, started_at),
        .file = file,
        .is_resumed = settings->resume && is_partial_file(workfile_path(file)),
    };
    if (acquisition.is_resumed)
        workfile_keep(file);
    bool ok = acquisition.is_resumed ? go_on(&acquisition, error) : begin(&acquisition, error);
    if (ok && settings->resume)
        workfile_keep(file); /* not earlier: a half-made file cannot be resumed */
    ok = ok && fetch(&acquisition, terminal, error);
    if (!ok)
        settle_failure(&acquisition, error);
    snapshot_writer_free(acquisition.writer);
    unfinished_free(&acquisition.unfinished);
    return ok;
}
