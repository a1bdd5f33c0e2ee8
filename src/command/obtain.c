#include "command/obtain.h"

#include "base/clock.h"
#include "base/file/workfile.h"
#include "base/memory.h"
#include "base/zone.h"
#include "command/acquire.h"
#include "command/filters.h"
#include "command/output_path.h"

#include <stdlib.h>
#include <sys/stat.h>

const char obtain_snapshot_name[] = "snapshot.sqlite";

char *obtain_snapshot_path(const char *path)
{
    struct stat status;
    bool is_directory = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    return is_directory ? memory_print("%s/%s", path, obtain_snapshot_name)
                        : memory_copy_text(path);
}

static int64_t as_of(const struct settings *settings, int64_t standard)
{
    const struct iso8601 *time = &settings->as_of.time;
    if (!settings->as_of.is_told)
        return standard;
    if (time->has_offset)
        return civil_to_seconds(&time->civil) - time->offset_seconds;
    return zone_to_seconds(settings->zone, &time->civil);
}

static bool open_outdir(struct obtained *obtained, const struct settings *settings,
                        const char *const *files, struct error *error)
{
    char path[OUTPUT_PATH_MAX];
    return output_path(settings->output, settings->zone, obtained->as_of, path, error) &&
           outdir_begin(&obtained->outdir, path, files, obtain_snapshot_name, is_snapshot_file,
                        error);
}

/* Fetches the snapshot into a file beside the target, where a later run finds it if this one breaks
   off. Moves the finished file to the other outputs. */
static bool fetch_into_outdir(struct obtained *obtained, const struct settings *settings,
                              const struct credentials *credentials, int64_t started_at,
                              struct terminal *terminal, struct error *error)
{
    struct workfile *work;
    char *partial = memory_print("%s.partial", outdir_target(obtained->outdir));
    char *path = outdir_work_path(obtained->outdir, obtain_snapshot_name);
    bool ok = workfile_open(&work, partial, is_snapshot_or_partial_file, error);
    if (ok) {
        ok = acquire_snapshot(settings, credentials, started_at, terminal, work, error) &&
             workfile_move(work, path, error) &&
             snapshot_open_still(&obtained->snapshot, path, path, SNAPSHOT_CHECK_OUTLINE, error);
        workfile_free(work);
    }
    if (!ok && error->code == EXIT_OUTPUT)
        error_at(error, "%s", outdir_target(obtained->outdir));
    free(partial);
    free(path);
    return ok;
}

static bool obtain_by_fetch(struct obtained *obtained, const struct settings *settings,
                            const char *const *files, struct terminal *terminal,
                            struct error *error)
{
    int64_t started_at = clock_wall_seconds();
    struct credentials credentials;
    if (!acquire_prepare(settings, &credentials, error))
        return false;
    obtained->origin = memory_copy_text(obtain_snapshot_name);
    obtained->as_of = as_of(settings, started_at);
    bool ok = open_outdir(obtained, settings, files, error) &&
              fetch_into_outdir(obtained, settings, &credentials, started_at, terminal, error);
    credentials_forget(&credentials);
    if (ok)
        obtained->as_of = as_of(settings, snapshot_source(obtained->snapshot)->started_at);
    return ok;
}

/* Sets as-of and fails unless the settings allow this snapshot. */
static bool accept(struct obtained *obtained, const struct settings *settings, struct error *error)
{
    const struct source *source = snapshot_source(obtained->snapshot);
    obtained->as_of = as_of(settings, source->started_at);
    return filters_check(source, settings, error) &&
           acquire_check_proven(settings, snapshot_ledger(obtained->snapshot), error);
}

/* The outputs are made from the copy beside them, so they agree with it even if another program
   writes to the named file meanwhile. The copy is checked again: another file may have taken that
   name. */
static bool read_the_copy(struct obtained *obtained, const struct settings *settings,
                          const char *from, struct error *error)
{
    struct snapshot *copied;
    char *copy = outdir_work_path(obtained->outdir, obtain_snapshot_name);
    bool ok = snapshot_copy(obtained->snapshot, copy, error) &&
              snapshot_open_still(&copied, copy, from, SNAPSHOT_CHECK_WHOLE, error);
    free(copy);
    if (!ok)
        return false;
    snapshot_close(obtained->snapshot);
    obtained->snapshot = copied;
    return accept(obtained, settings, error);
}

static bool obtain_from_file(struct obtained *obtained, const struct settings *settings,
                             const char *const *files, struct error *error)
{
    const char *from = obtained->origin = obtain_snapshot_path(settings->from);
    return snapshot_open(&obtained->snapshot, from, SNAPSHOT_CHECK_OUTLINE, error) &&
           accept(obtained, settings, error) && open_outdir(obtained, settings, files, error) &&
           read_the_copy(obtained, settings, from, error);
}

bool obtain(struct obtained *obtained, const struct settings *settings, const char *const *files,
            struct terminal *terminal, struct error *error)
{
    terminal_idle_options(settings, settings->from ? RUN_READS_SNAPSHOT : RUN_FETCHES);
    return settings->from ? obtain_from_file(obtained, settings, files, error)
                          : obtain_by_fetch(obtained, settings, files, terminal, error);
}

void obtained_release(struct obtained *obtained)
{
    snapshot_close(obtained->snapshot);
    outdir_free(obtained->outdir);
    free(obtained->origin);
    *obtained = (struct obtained){0};
}
