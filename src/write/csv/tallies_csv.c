/* countries.csv, companies.csv, inboxes.csv, activity.csv: the tallies, whole. */
#include "base/number.h"
#include "report/dimension.h"
#include "write/csv/csv_file.h"
#include "write/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct writing {
    const struct report *report;
    struct csv_file *csv;
};

/* Codes, ids and buckets are the program's own; names and channels come from outside. */
static void write_part(struct csv_file *csv, const struct group *group, enum group_part part)
{
    char room[GROUP_PART_BYTES];
    const char *text = group_part(group, part, room);
    if (part == PART_NAME || part == PART_CHANNEL_TYPE)
        csv_file_text(csv, text);
    else
        csv_file_plain(csv, text);
}

static bool write_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    const struct writing *writing = context;
    char text[NUMBER_BYTES];
    for (const struct slot *slot = dimensions[group->dimension].slots; slot->key; slot++)
        write_part(writing->csv, group, slot->part);
    snprintf(text, sizeof text, "%" PRId64, group->contacts);
    csv_file_plain(writing->csv, text);
    number_exact(tally_share(writing->report->tally, group->contacts), text);
    csv_file_plain(writing->csv, text);
    return true;
}

static bool write_table(const struct report *report, enum dimension dimension, struct error *error)
{
    const struct slot *slots = dimensions[dimension].slots;
    int slot_count = 0;
    while (slots[slot_count].key)
        slot_count++;
    struct writing writing = {.report = report};
    char *path = outdir_work_path(report->outdir, dimension_files[dimension]);
    bool ok = csv_file_create(&writing.csv, path, slot_count + 2, !report->csv_raw, error);
    free(path);
    if (!ok)
        return false;
    for (int i = 0; i < slot_count; i++)
        csv_file_plain(writing.csv, slots[i].key);
    csv_file_plain(writing.csv, "contacts");
    csv_file_plain(writing.csv, "share");
    if (!tally_each(report->tally, dimension, 0, write_group, &writing, error)) {
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
    for (int i = 0; ok && i < DIMENSIONS; i++)
        ok = write_table(state, (enum dimension)i, error);
    return ok;
}

static void discard(void *state)
{
    (void)state;
}

const struct writer tallies_csv_writer = {OUTPUT_TALLIES, dimension_files, begin, NULL, end,
                                          discard};
