/* rollcall report: fetch (or open) a snapshot, tally it, write everything. */
#include "base/arena.h"
#include "base/clock.h"
#include "cli/command.h"
#include "cli/options.h"
#include "command/obtain.h"
#include "lang/language.h"
#include "write/outputs.h"
#include "write/page/page_template.h"
#include "write/writer.h"

#include <string.h>

enum { ROWS_PER_SHEET_MAX = 1048575 };

static struct columns choose_columns(const struct settings *settings,
                                     const struct snapshot *snapshot, struct arena *arena)
{
    size_t key_count;
    const char *const *keys = snapshot_custom_keys(snapshot, &key_count);
    return columns_choose(settings->columns.items, settings->columns.count, keys, key_count, arena);
}

static bool has_custom_key(const struct snapshot *snapshot, const char *key)
{
    size_t count;
    const char *const *keys = snapshot_custom_keys(snapshot, &count);
    bool found = snapshot_custom_keys_left_out(snapshot) > 0; /* it may be one of those */
    for (size_t i = 0; i < count && !found; i++)
        found = strcmp(keys[i], key) == 0;
    return found;
}

/* Returns the key that the option names, NULL if it is not given. An attribute that no contact has
   is probably misspelt. */
static const char *further_key(const struct snapshot *snapshot, struct terminal *terminal,
                               const char *option, const char *value)
{
    const char *key = value ? column_custom_key(value) : NULL;
    if (key && !has_custom_key(snapshot, key))
        terminal_note(terminal, "%s has no effect: no contact has %s", option, value);
    return key;
}

static void set_further(const struct settings *settings, struct snapshot *snapshot,
                        struct terminal *terminal)
{
    const struct further_keys keys = {
        .country = further_key(snapshot, terminal, "--country-from", settings->country_from),
        .company = further_key(snapshot, terminal, "--company-from", settings->company_from),
    };
    snapshot_set_further(snapshot, &keys);
}

/* What the outputs are made of, besides the contacts. */
static struct report describe(const struct settings *settings, const struct obtained *obtained,
                              const struct columns *columns)
{
    struct report report = {
        .source = snapshot_source(obtained->snapshot),
        .ledger = snapshot_ledger(obtained->snapshot),
        .columns = columns,
        .outdir = obtained->outdir,
        .origin = obtained->origin,
        .zone = settings->zone,
        .as_of = obtained->as_of,
        .generated_at = clock_wall_seconds(),
        .country_from = settings->country_from,
        .company_from = settings->company_from,
        .top_companies = settings->top_companies,
        .rows_per_sheet = ROWS_PER_SHEET_MAX,
        .csv_raw = settings->csv_raw,
        .warnings = *snapshot_warnings(obtained->snapshot),
    };
    report.warnings.counts[WARNING_CUSTOM_COLUMNS_LEFT_OUT] =
        settings->columns.count ? 0 : snapshot_custom_keys_left_out(obtained->snapshot);
    return report;
}

/* Prints the totals before the outputs get their names: a run that cannot print them leaves no
   outputs. */
static bool make_report(const struct settings *settings, const struct obtained *obtained,
                        struct report *report, struct terminal *terminal, struct error *error)
{
    terminal_stage(terminal, "writing");
    bool ok = outputs_make(settings->outputs, report, obtained->snapshot, &settings->order,
                           &settings->activity_bounds, error) &&
              terminal_totals(terminal, report, error) && outdir_commit(obtained->outdir, error);
    tally_free(report->tally);
    return ok;
}

static bool run_report(const struct settings *settings, struct error *error)
{
    struct terminal terminal = terminal_make(settings);
    struct arena arena = {0};
    struct language *language = NULL;
    struct page_template *template = NULL;
    struct obtained obtained = {0};
    bool ok = language_open(&language, settings->lang, error) &&
              page_template_open(&template, settings->template_file, error) &&
              obtain(&obtained, settings, writers_files(OUTPUTS_ALL, obtain_snapshot_name, &arena),
                     &terminal, error);
    if (ok) {
        outdir_make_only(obtained.outdir,
                         writers_files(settings->outputs, obtain_snapshot_name, &arena));
        set_further(settings, obtained.snapshot, &terminal);
        struct columns columns = choose_columns(settings, obtained.snapshot, &arena);
        struct report report = describe(settings, &obtained, &columns);
        report.language = language;
        report.page_template = template;
        ok = make_report(settings, &obtained, &report, &terminal, error);
    }
    terminal_clear(&terminal);
    obtained_release(&obtained);
    page_template_free(template);
    language_free(language);
    arena_free(&arena);
    return ok;
}

const struct command command_report = {
    .name = "report",
    .summary = "fetch all contacts, count them, and write workbook, CSV, page and JSON",
    .usage = "[DEFINITION] -o DIR [OPTION…]",
    .description = "Reads every contact that matches and writes contacts.xlsx, contacts.csv,\n"
                   "countries.csv, companies.csv, inboxes.csv, activity.csv, summary.html,\n"
                   "summary.json and snapshot.sqlite into DIR, all of them or none.\n"
                   "DEFINITION is a JSON file whose keys are options.",
    .options = OPTIONS_ALL & ~(unsigned)OPTIONS_CHECK,
    .takes_definition = true,
    .run = run_report,
};
