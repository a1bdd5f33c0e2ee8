/* rollcall report: fetch (or open) a snapshot, tally it, write everything. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/outdir.h"
#include "base/outfile.h"
#include "base/zone.h"
#include "command.h"
#include "fetch/credentials.h"
#include "fetch/fetch.h"
#include "fetch/transfer.h"
#include "options.h"
#include "snapshot/snapshot.h"
#include "snapshot/writer.h"
#include "terminal.h"
#include "write/writer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { OUTPUT_PATH_MAX = 2048, ROWS_PER_SHEET_MAX = 1048575 };

static const char snapshot_name[] = "snapshot.sqlite";

struct run {
    const struct settings *settings;
    struct terminal terminal;
    struct arena arena;
    struct zone *zone;
    int64_t started_at;
    int64_t as_of;
    struct outdir *outdir;
    struct snapshot *snapshot;
    struct tally *tally;
    struct columns columns;
};

/* Reads --as-of, which may leave out the offset: then it is the report's zone's. */
static int64_t read_as_of(struct run *run, int64_t standard)
{
    struct iso8601 time;
    if (!run->settings->as_of || !iso8601_parse(run->settings->as_of, &time))
        return standard;
    if (time.has_offset)
        return civil_to_seconds(&time.civil) - time.offset_seconds;
    return zone_to_seconds(run->zone, &time.civil);
}

/* Fills strftime's codes in from as-of. */
static bool expand_output(struct run *run, char path[static OUTPUT_PATH_MAX], struct error *error)
{
    int offset = zone_offset_seconds(run->zone, run->as_of);
    time_t shown = (time_t)(run->as_of + offset);
    struct tm tm;
    gmtime_r(&shown, &tm);
    tm.tm_gmtoff = offset;
    tm.tm_zone = zone_name(run->zone);
    if (strftime(path, OUTPUT_PATH_MAX, run->settings->output, &tm) > 0)
        return true;
    return error_set(error, EXIT_WRONG_USE, "--output: '%.200s' is too long",
                     run->settings->output);
}

static bool open_outdir(struct run *run, struct error *error)
{
    char path[OUTPUT_PATH_MAX];
    return expand_output(run, path, error) &&
           outdir_begin(&run->outdir, path, writers_files(snapshot_name, &run->arena),
                        snapshot_name, snapshot_is_one, error);
}

static void on_progress(void *context, const struct fetch_progress *progress)
{
    terminal_progress(context, progress);
}

static void on_request(void *context, const struct fetch_request *request)
{
    terminal_request(context, request);
}

static struct source make_source(const struct run *run)
{
    const struct settings *settings = run->settings;
    return (struct source){
        .base_url = settings->base_url,
        .labels = settings->labels.items,
        .label_count = settings->labels.count,
        .q = settings->q,
        .sort = settings->sort,
        .direction = settings->direction,
        .page_size = settings->page_size,
        .inboxes = !settings->no_inboxes,
        .started_at = run->started_at,
    };
}

static bool unproven(const struct ledger *ledger, struct error *error)
{
    error_set(error, EXIT_UNPROVEN,
              "the fetch is not proven complete: %lld contacts read in %lld passes, the server "
              "counted %lld at the start and %lld at the end, %lld came twice",
              (long long)ledger->unique, (long long)ledger->passes, (long long)ledger->count_first,
              (long long)ledger->count_last, (long long)ledger->duplicates);
    return error_hint(error, "the list changed while it was read; try again when less is going on");
}

static bool fetch_into(struct run *run, const char *path, const struct credentials *credentials,
                       struct error *error)
{
    const struct settings *settings = run->settings;
    struct fetch_options options = {
        .source = make_source(run),
        .credentials = credentials,
        .ca_file = settings->ca_file,
        .connections = (int)settings->connections,
        .timeout_ms = settings->timeout_ms,
        .retries = (int)settings->retries,
    };
    struct fetch_observer observer = {on_progress, on_request, &run->terminal};
    struct ledger ledger;
    struct warnings warnings = {0};
    struct snapshot_writer *writer;
    if (!snapshot_writer_create(&writer, path, &options.source, error))
        return false;
    bool ok = fetch_run(&options, writer, &observer, &ledger, &warnings, error) &&
              (ledger.complete || unproven(&ledger, error)) &&
              snapshot_writer_finish(writer, &ledger, &warnings, clock_wall_seconds(), error);
    snapshot_writer_free(writer);
    if (!ok && error->code == EXIT_OUTPUT)
        error_at(error, "%s", outdir_target(run->outdir));
    return ok;
}

/* The API is asked only when all that the user said has been found to be in order. */
static bool obtain_by_fetch(struct run *run, struct error *error)
{
    const struct settings *settings = run->settings;
    struct credentials credentials;
    if (!transfer_check_url(settings->base_url, settings->allow_plain_http, error) ||
        !credentials_find(&credentials, settings->credentials_command, settings->credentials_file,
                          error))
        return false;
    run->as_of = read_as_of(run, run->started_at);
    bool ok = open_outdir(run, error);
    if (ok) {
        char *path = outdir_work_path(run->outdir, snapshot_name);
        ok = fetch_into(run, path, &credentials, error) &&
             snapshot_open(&run->snapshot, path, error);
        free(path);
    }
    credentials_forget(&credentials);
    return ok;
}

static bool obtain_from_file(struct run *run, struct error *error)
{
    const char *from = run->settings->from;
    if (!snapshot_open(&run->snapshot, from, error))
        return false;
    run->as_of = read_as_of(run, snapshot_source(run->snapshot)->started_at);
    if (!open_outdir(run, error))
        return false;
    char *copy = outdir_work_path(run->outdir, snapshot_name);
    bool ok = outfile_copy(from, copy, error);
    free(copy);
    return ok;
}

static void choose_columns(struct run *run)
{
    size_t key_count;
    const char *const *keys = snapshot_custom_keys(run->snapshot, &key_count);
    const struct text_list *names = &run->settings->columns;
    run->columns = columns_choose(names->items, names->count, keys, key_count, &run->arena);
}

static struct order make_order(struct run *run)
{
    const char *text = run->settings->order_by;
    struct order order = {.column = text};
    const char *colon = text ? strrchr(text, ':') : NULL;
    if (colon && (strcmp(colon, ":desc") == 0 || strcmp(colon, ":asc") == 0)) {
        order.column = arena_copy(&run->arena, text, (size_t)(colon - text));
        order.descending = strcmp(colon, ":desc") == 0;
    }
    return order;
}

static bool make_report(struct run *run, struct error *error)
{
    terminal_stage(&run->terminal, "counting");
    if (!tally_make(&run->tally, run->snapshot, run->as_of, &run->settings->activity_bounds, error))
        return false;
    choose_columns(run);
    struct report report = {
        .source = snapshot_source(run->snapshot),
        .ledger = snapshot_ledger(run->snapshot),
        .tally = run->tally,
        .columns = &run->columns,
        .outdir = run->outdir,
        .zone = run->zone,
        .as_of = run->as_of,
        .generated_at = clock_wall_seconds(),
        .top_companies = run->settings->top_companies,
        .rows_per_sheet = ROWS_PER_SHEET_MAX,
        .csv_raw = run->settings->csv_raw,
        .warnings = *snapshot_warnings(run->snapshot),
    };
    report.warnings.counts[WARNING_CUSTOM_COLUMNS_LEFT_OUT] =
        run->settings->columns.count ? 0 : snapshot_custom_keys_left_out(run->snapshot);
    terminal_stage(&run->terminal, "writing");
    struct order order = make_order(run);
    /* The totals go first: a run that cannot print them must not leave outputs behind. */
    if (!writers_run(&report, run->snapshot, &order, error))
        return error_at(error, "%s", outdir_target(run->outdir));
    return terminal_totals(&run->terminal, &report, error) && outdir_commit(run->outdir, error);
}

static bool run_report(const struct settings *settings, struct error *error)
{
    if (!settings->output) {
        error_set(error, EXIT_WRONG_USE, "no directory for the outputs");
        return error_hint(error, "name one with -o DIR");
    }
    struct run run = {
        .settings = settings,
        .terminal = terminal_make(settings),
        .started_at = clock_wall_seconds(),
    };
    bool ok = zone_open(&run.zone, settings->timezone, error) &&
              (settings->from ? obtain_from_file(&run, error) : obtain_by_fetch(&run, error)) &&
              make_report(&run, error);
    terminal_clear(&run.terminal);
    tally_free(run.tally);
    snapshot_close(run.snapshot);
    outdir_free(run.outdir);
    zone_free(run.zone);
    arena_free(&run.arena);
    return ok;
}

const struct command command_report = {
    .name = "report",
    .summary = "fetch all contacts, count them, and write workbook, CSV, page and JSON",
    .usage = "[DEFINITION] -o DIR [OPTION…]",
    .description = "Reads every contact that matches and writes contacts.xlsx, contacts.csv,\n"
                   "countries.csv, companies.csv, inboxes.csv, activity.csv, summary.html,\n"
                   "summary.json and snapshot.sqlite into DIR, all of them or none.\n"
                   "DEFINITION is a JSON file that says what the options would.",
    .options = OPTIONS_SOURCE | OPTIONS_TRANSFER | OPTIONS_REPORT | OPTIONS_TERMINAL,
    .takes_definition = true,
    .run = run_report,
};
