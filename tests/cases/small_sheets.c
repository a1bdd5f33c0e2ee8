/* A report whose workbook has few contacts on a sheet, as a full sheet would take a million. */
#include "base/arena.h"
#include "base/file/outfile.h"
#include "write/page/page_template.h"
#include "write/writer.h"

#include <stdio.h>
#include <stdlib.h>

enum { AS_OF = 1793491200 }; /* 2026-11-01, as the cases have it */

static const char snapshot_name[] = "snapshot.sqlite";

static bool copy_snapshot(const struct outdir *outdir, const char *from, struct error *error)
{
    char *copy = outdir_work_path(outdir, snapshot_name);
    bool ok = outfile_copy(from, copy, error);
    free(copy);
    return ok;
}

static bool make_report(struct report *report, const struct snapshot *snapshot, struct error *error)
{
    struct tally *tally = NULL;
    struct language *language = NULL;
    bool ok = zone_open(&report->zone, "UTC", error) && language_open(&language, "en", error) &&
              page_template_open(&report->page_template, NULL, error) &&
              tally_make(&tally, snapshot, AS_OF, &activity_default_bounds, error);
    report->tally = tally;
    report->language = language;
    struct writing *writing;
    ok = ok &&
         writers_begin(&writing, OUTPUTS_ALL, report, snapshot, &(struct order){0}, NULL, error) &&
         writers_end(writing, error);
    tally_free(tally);
    page_template_free(report->page_template);
    language_free(language);
    zone_free(report->zone);
    return ok;
}

static bool run(const char *from, const char *to, int64_t rows_per_sheet, struct arena *arena,
                struct error *error)
{
    struct snapshot *snapshot = NULL;
    struct outdir *outdir = NULL;
    bool ok = snapshot_open(&snapshot, from, SNAPSHOT_CHECK_WHOLE, error) &&
              outdir_begin(&outdir, to, writers_files(OUTPUTS_ALL, snapshot_name, arena),
                           snapshot_name, is_snapshot_file, error) &&
              copy_snapshot(outdir, from, error);
    if (ok) {
        size_t key_count;
        const char *const *keys = snapshot_custom_keys(snapshot, &key_count);
        struct columns columns = columns_choose(NULL, 0, keys, key_count, arena);
        struct report report = {
            .source = snapshot_source(snapshot),
            .ledger = snapshot_ledger(snapshot),
            .columns = &columns,
            .outdir = outdir,
            .as_of = AS_OF,
            .generated_at = AS_OF,
            .top_companies = 20,
            .rows_per_sheet = rows_per_sheet,
            .warnings = *snapshot_warnings(snapshot),
        };
        ok = make_report(&report, snapshot, error) && outdir_commit(outdir, error);
    }
    outdir_free(outdir);
    snapshot_close(snapshot);
    return ok;
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct arena arena = {0};
    if (argc != 4) {
        fprintf(stderr, "usage: %s SNAPSHOT DIRECTORY CONTACTS\n", argv[0]);
        return EXIT_WRONG_USE;
    }
    bool ok = run(argv[1], argv[2], strtoll(argv[3], NULL, 10), &arena, &error);
    if (!ok)
        fprintf(stderr, "%s: %s\n", argv[0], error.message);
    arena_free(&arena);
    return ok ? EXIT_DONE : (int)error.code;
}
