/* rollcall report: fetch (or open) a snapshot, tally it, write everything. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/file/outdir.h"
#include "base/file/workfile.h"
#include "base/memory.h"
#include "base/zone.h"
#include "cli/command.h"
#include "cli/options.h"
#include "command/acquire.h"
#include "command/filters.h"
#include "command/output_path.h"
#include "lang/language.h"
#include "snapshot/snapshot.h"
#include "tally/counting.h"
#include "terminal/terminal.h"
#include "write/page/page_template.h"
#include "write/writer.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_PER_SHEET_MAX = 1048575 };

static const char snapshot_name[] = "snapshot.sqlite";

struct run {
    const struct settings *settings;
    struct terminal terminal;
    struct arena arena;
    struct zone *zone;
    struct language *language;
    struct page_template *page_template;
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

static bool open_outdir(struct run *run, struct error *error)
{
    char path[OUTPUT_PATH_MAX];
    return output_path(run->settings->output, run->zone, run->as_of, path, error) &&
           outdir_begin(&run->outdir, path, writers_files(snapshot_name, &run->arena),
                        snapshot_name, is_snapshot_file, error);
}

/* The snapshot is fetched under a name of its own beside the target, where a later run finds it if
   this one breaks off; whole, it goes to the other outputs. */
static bool fetch_into_outdir(struct run *run, const struct credentials *credentials,
                              struct error *error)
{
    struct workfile *work;
    char *partial = memory_print("%s.partial", outdir_target(run->outdir));
    char *path = outdir_work_path(run->outdir, snapshot_name);
    bool ok = workfile_open(&work, partial, is_snapshot_or_partial_file, error);
    if (ok) {
        ok = acquire_snapshot(run->settings, credentials, run->started_at, &run->terminal, work,
                              error) &&
             workfile_move(work, path, error) &&
             snapshot_open_still(&run->snapshot, path, path, SNAPSHOT_CHECK_OUTLINE, error);
        workfile_free(work);
    }
    if (!ok && error->code == EXIT_OUTPUT)
        error_at(error, "%s", outdir_target(run->outdir));
    free(partial);
    free(path);
    return ok;
}

/* The API is asked only when all that the user said has been found to be in order. */
static bool obtain_by_fetch(struct run *run, struct error *error)
{
    struct credentials credentials;
    if (!acquire_prepare(run->settings, &credentials, error))
        return false;
    run->as_of = read_as_of(run, run->started_at);
    bool ok = open_outdir(run, error) && fetch_into_outdir(run, &credentials, error);
    credentials_forget(&credentials);
    if (ok)
        run->as_of = read_as_of(run, snapshot_source(run->snapshot)->started_at);
    return ok;
}

/* The copy that goes to the other outputs is what the report is made of: so all of it is of one
   state, whoever writes to the file that was named. */
static bool read_the_copy(struct run *run, struct error *error)
{
    struct snapshot *copied;
    char *copy = outdir_work_path(run->outdir, snapshot_name);
    bool ok = snapshot_copy(run->snapshot, copy, error) &&
              snapshot_open_still(&copied, copy, run->settings->from, SNAPSHOT_CHECK_WHOLE, error);
    free(copy);
    if (!ok)
        return false;
    snapshot_close(run->snapshot);
    run->snapshot = copied;
    run->as_of = read_as_of(run, snapshot_source(copied)->started_at);
    /* Another file may have come into its place. */
    return filters_check(snapshot_source(copied), run->settings, error) &&
           acquire_check_proven(run->settings, snapshot_ledger(copied), error);
}

static bool obtain_from_file(struct run *run, struct error *error)
{
    const char *from = run->settings->from;
    if (!snapshot_open(&run->snapshot, from, SNAPSHOT_CHECK_OUTLINE, error) ||
        !filters_check(snapshot_source(run->snapshot), run->settings, error) ||
        !acquire_check_proven(run->settings, snapshot_ledger(run->snapshot), error))
        return false;
    run->as_of = read_as_of(run, snapshot_source(run->snapshot)->started_at);
    return open_outdir(run, error) && read_the_copy(run, error);
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

static struct report describe(struct run *run)
{
    struct report report = {
        .source = snapshot_source(run->snapshot),
        .ledger = snapshot_ledger(run->snapshot),
        .columns = &run->columns,
        .outdir = run->outdir,
        .page_template = run->page_template,
        .zone = run->zone,
        .language = run->language,
        .as_of = run->as_of,
        .generated_at = clock_wall_seconds(),
        .top_companies = run->settings->top_companies,
        .rows_per_sheet = ROWS_PER_SHEET_MAX,
        .csv_raw = run->settings->csv_raw,
        .warnings = *snapshot_warnings(run->snapshot),
    };
    report.warnings.counts[WARNING_CUSTOM_COLUMNS_LEFT_OUT] =
        run->settings->columns.count ? 0 : snapshot_custom_keys_left_out(run->snapshot);
    return report;
}

static bool cannot_write(const struct run *run, struct error *error)
{
    return error_at(error, "%s", outdir_target(run->outdir));
}

/* The contacts are written while they are counted. Where both fail the count tells why. */
static bool write_outputs(struct run *run, struct report *report, struct error *error)
{
    struct counting *counting;
    struct writing *writing = NULL;
    struct order order = make_order(run);
    terminal_stage(&run->terminal, "writing");
    if (!counting_begin(&counting, run->snapshot, run->as_of, &run->settings->activity_bounds,
                        error))
        return false;
    bool written =
        writers_begin(&writing, report, run->snapshot, &order, error) || cannot_write(run, error);
    if (!counting_end(counting, &run->tally, error)) {
        writers_discard(writing);
        return run->settings->from ? error_at(error, "%s", run->settings->from) : false;
    }
    report->tally = run->tally;
    return written && (writers_end(writing, error) || cannot_write(run, error));
}

static bool make_report(struct run *run, struct error *error)
{
    choose_columns(run);
    struct report report = describe(run);
    /* The totals go first: a run that cannot print them must not leave outputs behind. */
    return write_outputs(run, &report, error) && terminal_totals(&run->terminal, &report, error) &&
           outdir_commit(run->outdir, error);
}

static bool run_report(const struct settings *settings, struct error *error)
{
    struct run run = {
        .settings = settings,
        .terminal = terminal_make(settings),
        .started_at = clock_wall_seconds(),
    };
    terminal_idle_options(settings, settings->from ? RUN_READS_SNAPSHOT : RUN_FETCHES);
    bool ok = zone_open(&run.zone, settings->timezone, error) &&
              language_open(&run.language, settings->lang, error) &&
              page_template_open(&run.page_template, settings->template_file, error) &&
              (settings->from ? obtain_from_file(&run, error) : obtain_by_fetch(&run, error)) &&
              make_report(&run, error);
    terminal_clear(&run.terminal);
    tally_free(run.tally);
    snapshot_close(run.snapshot);
    outdir_free(run.outdir);
    page_template_free(run.page_template);
    language_free(run.language);
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
    .options =
        OPTIONS_SOURCE | OPTIONS_TRANSFER | OPTIONS_OUTPUT | OPTIONS_REPORT | OPTIONS_TERMINAL,
    .takes_definition = true,
    .run = run_report,
};
