#include "base/arena.h"
#include "base/memory.h"
#include "write/writer.h"

#include <stdlib.h>

enum { WRITER_COUNT = 5 };

/* The workbook comes first: what it has to warn of is shown by those behind it. */
static const struct writer *const writers[WRITER_COUNT] = {
    &workbook_writer, &contacts_csv_writer, &tallies_csv_writer, &page_writer, &summary_json_writer,
};

static bool write_row(void *const *states, const struct cell *cells, struct error *error)
{
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        if (writers[i]->row && !writers[i]->row(states[i], cells, error))
            return false;
    }
    return true;
}

static bool write_rows(const struct columns *columns, struct snapshot_rows *rows,
                       void *const *states, struct error *error)
{
    struct cell *cells = memory_new(columns->count, sizeof *cells);
    struct arena arena = {0};
    const struct row *row = NULL;
    bool ok;
    while ((ok = snapshot_rows_next(rows, &row, error)) && row) {
        arena_clear(&arena);
        columns_fill(columns, row, &arena, cells);
        ok = write_row(states, cells, error);
        if (!ok)
            break;
    }
    arena_free(&arena);
    free(cells);
    return ok;
}

bool writers_run(struct report *report, const struct snapshot *snapshot, const struct order *order,
                 struct error *error)
{
    void *states[WRITER_COUNT] = {NULL};
    size_t begun = 0;
    size_t ended = 0;
    struct snapshot_rows *rows;
    if (!snapshot_rows_open(&rows, snapshot, order, error))
        return false;
    bool ok = true;
    for (; ok && begun < WRITER_COUNT; begun += ok)
        ok = writers[begun]->begin(&states[begun], report, error);
    ok = ok && write_rows(report->columns, rows, states, error);
    for (; ok && ended < WRITER_COUNT; ended++)
        ok = writers[ended]->end(states[ended], error);
    for (size_t i = ended; i < begun; i++)
        writers[i]->discard(states[i]);
    snapshot_rows_close(rows);
    return ok;
}

const char *const *writers_files(const char *further, struct arena *arena)
{
    size_t count = 2;
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        for (const char *const *file = writers[i]->files; *file; file++)
            count++;
    }
    const char **files = arena_new(arena, count * sizeof *files);
    size_t added = 0;
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        for (const char *const *file = writers[i]->files; *file; file++)
            files[added++] = *file;
    }
    files[added] = further;
    return files;
}
