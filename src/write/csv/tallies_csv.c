/* countries.csv, companies.csv, inboxes.csv, activity.csv: the tallies, whole. */
#include "base/number.h"
#include "write/csv/csv_file.h"
#include "write/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const files[] = {"countries.csv", "companies.csv", "inboxes.csv", "activity.csv",
                                    NULL};

static const struct table {
    enum dimension dimension;
    const char *file;
    const char *headers[6]; /* ends with NULL */
} tables[] = {
    {BY_COUNTRY, "countries.csv", {"code", "name", "contacts", "share"}},
    {BY_COMPANY, "companies.csv", {"name", "contacts", "share"}},
    {BY_INBOX, "inboxes.csv", {"id", "name", "channel_type", "contacts", "share"}},
    {BY_ACTIVITY, "activity.csv", {"bucket", "contacts", "share"}},
};

struct writing {
    const struct report *report;
    struct csv_file *csv;
};

static bool write_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    const struct writing *writing = context;
    char text[NUMBER_BYTES];
    if (group->dimension == BY_COUNTRY)
        csv_file_plain(writing->csv, group->code);
    if (group->dimension == BY_INBOX) {
        snprintf(text, sizeof text, "%" PRId64, group->id);
        csv_file_plain(writing->csv, group->name ? text : NULL);
    }
    if (group->dimension == BY_ACTIVITY)
        csv_file_plain(writing->csv, group->name);
    else
        csv_file_text(writing->csv, group->name);
    if (group->dimension == BY_INBOX)
        csv_file_text(writing->csv, group->channel_type);
    snprintf(text, sizeof text, "%" PRId64, group->contacts);
    csv_file_plain(writing->csv, text);
    number_exact(tally_share(writing->report->tally, group->contacts), text);
    csv_file_plain(writing->csv, text);
    return true;
}

static bool write_table(const struct report *report, const struct table *table, struct error *error)
{
    int width = 0;
    while (table->headers[width])
        width++;
    struct writing writing = {.report = report};
    char *path = outdir_work_path(report->outdir, table->file);
    bool ok = csv_file_create(&writing.csv, path, width, !report->csv_raw, error);
    free(path);
    if (!ok)
        return false;
    for (int i = 0; i < width; i++)
        csv_file_plain(writing.csv, table->headers[i]);
    if (!tally_each(report->tally, table->dimension, 0, write_group, &writing, error)) {
        csv_file_free(writing.csv);
        return false;
    }
    return csv_file_close(writing.csv, error);
}

static bool begin(void **state, struct report *report, struct error *error)
{
    (void)error;
    *state = report;
    return true;
}

static bool end(void *state, struct error *error)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof tables / sizeof *tables; i++)
        ok = write_table(state, &tables[i], error);
    return ok;
}

static void discard(void *state)
{
    (void)state;
}

const struct writer tallies_csv_writer = {OUTPUT_TALLIES, files, begin, NULL, end, discard};
