#include "base/arena.h"
#include "base/memory.h"
#include "write/row_feed.h"
#include "write/writer.h"

#include <stdlib.h>

enum { WRITER_COUNT = 5 };

/* The workbook comes first: what it has to warn of is shown by those behind it. */
static const struct writer *const writers[WRITER_COUNT] = {
    &workbook_writer, &contacts_csv_writer, &tallies_csv_writer, &page_writer, &summary_json_writer,
};

struct writing {
    void *states[WRITER_COUNT];
    size_t begun;
    size_t ended;
};

static bool begin(struct writing *writing, struct report *report, struct error *error)
{
    for (; writing->begun < WRITER_COUNT; writing->begun++) {
        if (!writers[writing->begun]->begin(&writing->states[writing->begun], report, error))
            return false;
    }
    return true;
}

static bool write_row(const struct writing *writing, const struct cell *cells, struct error *error)
{
    for (size_t i = 0; i < WRITER_COUNT; i++) {
        if (writers[i]->row && !writers[i]->row(writing->states[i], cells, error))
            return false;
    }
    return true;
}

static bool write_rows(const struct writing *writing, struct row_feed *feed, struct error *error)
{
    const struct cell *cells;
    bool ok;
    while ((ok = row_feed_next(feed, &cells, error)) && cells) {
        ok = write_row(writing, cells, error);
        if (!ok)
            break;
    }
    return ok;
}

bool writers_begin(struct writing **begun, struct report *report, const struct snapshot *snapshot,
                   const struct order *order, struct error *error)
{
    struct writing *writing = memory_new(1, sizeof *writing);
    struct row_feed *feed = NULL;
    bool ok = begin(writing, report, error) &&
              row_feed_open(&feed, snapshot, report->columns, order, error) &&
              write_rows(writing, feed, error);
    row_feed_close(feed);
    if (!ok) {
        writers_discard(writing);
        return false;
    }
    *begun = writing;
    return true;
}

bool writers_end(struct writing *writing, struct error *error)
{
    bool ok = true;
    for (; ok && writing->ended < WRITER_COUNT; writing->ended++)
        ok = writers[writing->ended]->end(writing->states[writing->ended], error);
    writers_discard(writing);
    return ok;
}

void writers_discard(struct writing *writing)
{
    if (!writing)
        return;
    for (size_t i = writing->ended; i < writing->begun && i < WRITER_COUNT; i++)
        writers[i]->discard(writing->states[i]);
    free(writing);
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
