#include "base/arena.h"
#include "base/memory.h"
#include "write/row_feed.h"
#include "write/writer.h"

#include <stdlib.h>

/* The workbook comes first: the writers after it show its warnings. */
static const struct writer *const writers[OUTPUTS] = {
    &workbook_writer, &contacts_csv_writer, &tallies_csv_writer, &page_writer, &summary_json_writer,
};

const char *const output_names[OUTPUTS + 1] = {
    [OUTPUT_XLSX] = "xlsx", [OUTPUT_CSV] = "csv",   [OUTPUT_TALLIES] = "tallies",
    [OUTPUT_HTML] = "html", [OUTPUT_JSON] = "json",
};

struct writing {
    const struct writer *writers[OUTPUTS]; /* the wanted ones */
    void *states[OUTPUTS];
    size_t count;
    size_t begun;
    size_t ended;
};

static bool is_wanted(const struct writer *writer, unsigned outputs)
{
    return outputs & 1U << writer->output;
}

static void choose(struct writing *writing, unsigned outputs)
{
    for (size_t i = 0; i < OUTPUTS; i++) {
        if (is_wanted(writers[i], outputs))
            writing->writers[writing->count++] = writers[i];
    }
}

static bool begin(struct writing *writing, struct report *report, struct error *error)
{
    for (; writing->begun < writing->count; writing->begun++) {
        if (!writing->writers[writing->begun]->begin(&writing->states[writing->begun], report,
                                                     error))
            return false;
    }
    return true;
}

static bool wants_rows(const struct writing *writing)
{
    for (size_t i = 0; i < writing->count; i++) {
        if (writing->writers[i]->row)
            return true;
    }
    return false;
}

static bool write_row(const struct writing *writing, const struct cell *cells, struct error *error)
{
    for (size_t i = 0; i < writing->count; i++) {
        const struct writer *writer = writing->writers[i];
        if (writer->row && !writer->row(writing->states[i], cells, error))
            return false;
    }
    return true;
}

static bool write_staged(const struct writing *writing, const struct row_stage *stage,
                         struct cell *cells, struct error *error)
{
    struct refusal refusal = {0};
    if (stage && !stage->look(stage->context, cells, &refusal, error))
        return false;
    if (!refusal.reason)
        return write_row(writing, cells, error);
    return !stage->refused || stage->refused(stage->context, cells, &refusal, error);
}

static bool write_rows(const struct writing *writing, const struct row_stage *stage,
                       struct row_feed *feed, struct error *error)
{
    struct cell *cells;
    bool ok;
    while ((ok = row_feed_next(feed, &cells, error)) && cells) {
        ok = write_staged(writing, stage, cells, error);
        if (!ok)
            break;
    }
    return ok;
}

bool writers_begin(struct writing **begun, unsigned outputs, struct report *report,
                   const struct snapshot *snapshot, const struct order *order,
                   const struct row_stage *stage, struct error *error)
{
    struct writing *writing = memory_new(1, sizeof *writing);
    struct row_feed *feed = NULL;
    choose(writing, outputs);
    bool ok =
        begin(writing, report, error) &&
        (!wants_rows(writing) || (row_feed_open(&feed, snapshot, report->columns, order, error) &&
                                  write_rows(writing, stage, feed, error)));
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
    for (; ok && writing->ended < writing->count; writing->ended++)
        ok = writing->writers[writing->ended]->end(writing->states[writing->ended], error);
    writers_discard(writing);
    return ok;
}

void writers_discard(struct writing *writing)
{
    if (!writing)
        return;
    for (size_t i = writing->ended; i < writing->begun; i++)
        writing->writers[i]->discard(writing->states[i]);
    free(writing);
}

const char *const *writers_files(unsigned outputs, const char *further, struct arena *arena)
{
    size_t count = 2;
    for (size_t i = 0; i < OUTPUTS; i++) {
        for (const char *const *file = writers[i]->files; *file; file++)
            count++;
    }
    const char **files = arena_new(arena, count * sizeof *files);
    size_t added = 0;
    for (size_t i = 0; i < OUTPUTS; i++) {
        if (!is_wanted(writers[i], outputs))
            continue;
        for (const char *const *file = writers[i]->files; *file; file++)
            files[added++] = *file;
    }
    files[added] = further;
    return files;
}
