/* contacts.csv: one row a contact. */
#include "base/memory.h"
#include "write/csv/csv_file.h"
#include "write/writer.h"

#include <stdlib.h>

struct contacts_csv {
    struct report *report;
    struct csv_file *csv;
};

static const char *const files[] = {"contacts.csv", NULL};

static bool begin(void **made, struct report *report, struct error *error)
{
    const struct columns *columns = report->columns;
    char *path = outdir_work_path(report->outdir, files[0]);
    struct csv_file *csv;
    bool ok = csv_file_create(&csv, path, (int)columns->count, !report->csv_raw, error);
    free(path);
    if (!ok)
        return false;
    for (size_t i = 0; i < columns->count; i++)
        csv_file_text(csv, columns->items[i].name);
    struct contacts_csv *state = memory_new(1, sizeof *state);
    state->report = report;
    state->csv = csv;
    *made = state;
    return true;
}

static bool row(void *opaque, const struct cell *cells, struct error *error)
{
    (void)error;
    struct contacts_csv *state = opaque;
    char time[ISO8601_BYTES];
    for (size_t i = 0; i < state->report->columns->count; i++) {
        const struct cell *cell = &cells[i];
        switch (cell->kind) {
        case CELL_EMPTY:
            csv_file_plain(state->csv, NULL);
            break;
        case CELL_TEXT:
            csv_file_text(state->csv, cell->text);
            break;
        case CELL_NUMBER:
            csv_file_plain(state->csv, cell->text);
            break;
        case CELL_BOOLEAN:
            csv_file_plain(state->csv, cell->truth ? "true" : "false");
            break;
        case CELL_TIME:
            report_time(state->report, cell->seconds, time);
            csv_file_plain(state->csv, time);
            break;
        }
    }
    return true;
}

static bool end(void *opaque, struct error *error)
{
    struct contacts_csv *state = opaque;
    struct csv_file *csv = state->csv;
    free(state);
    return csv_file_close(csv, error);
}

static void discard(void *opaque)
{
    struct contacts_csv *state = opaque;
    csv_file_free(state->csv);
    free(state);
}

const struct writer contacts_csv_writer = {OUTPUT_CSV, files, begin, row, end, discard};
