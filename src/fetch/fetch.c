#include "fetch/fetch.h"

#include "base/memory.h"
#include "fetch/api/livedesk.h"
#include "fetch/http/transfer.h"
#include "fetch/pass_sink.h"
#include "fetch/proof/passes.h"
#include "fetch/proof/verdict.h"
#include "fetch/reader.h"
#include "snapshot/partial.h"
#include "snapshot/writer.h"

#include <stdlib.h>

struct fetch {
    const struct fetch_options *options;
    struct snapshot_writer *writer;
    struct reader *reader;
    struct source asked; /* the source in the order of the current pass */
    struct checkpoint checkpoint;
    struct pass_sink sink;
};

static struct pass_opening *opening(struct fetch *fetch)
{
    return &fetch->checkpoint.openings[fetch->checkpoint.pass - 1];
}

static struct pass_record *current(struct fetch *fetch)
{
    return &fetch->checkpoint.records[fetch->checkpoint.pass - 1];
}

/* Counts anew what has been read since each pass began: the latest pass has added to it. */
static bool recount(struct fetch *fetch, struct error *error)
{
    for (int pass = 1; pass <= fetch->checkpoint.pass; pass++) {
        struct pass_record *record = &fetch->checkpoint.records[pass - 1];
        record->read_since = snapshot_writer_count_read(fetch->writer, pass, error);
        record->old_since = snapshot_writer_count_old(
            fetch->writer, pass, fetch->checkpoint.openings[pass - 1].created_before, error);
        if (record->read_since < 0 || record->old_since < 0)
            return false;
    }
    return true;
}

/* Notes for later readers what the pass asked, as it was sent. */
static bool log_pass(struct fetch *fetch, struct error *error)
{
    char *url = livedesk_page_url(&fetch->asked, 1);
    const struct pass_logged logged = {
        .pass = fetch->checkpoint.pass,
        .url = url,
        .opening = opening(fetch),
        .record = current(fetch),
    };
    bool ok = snapshot_writer_note_pass(fetch->writer, &logged, error);
    free(url);
    return ok;
}

/* Reads the current pass, except for the pages `seen`. */
static bool run_pass(struct fetch *fetch, const struct pages_seen *seen, struct error *error)
{
    const struct page_sink sink = {pass_sink_take, pass_sink_save, &fetch->sink};
    struct pass_end end;
    pass_sink_begin(&fetch->sink);
    if (!reader_read_pass(fetch->reader, &fetch->asked, fetch->checkpoint.pass, seen, &sink, &end,
                          error))
        return false;
    current(fetch)->count_fits = end.count_fits;
    current(fetch)->ends_short = end.ends_short;
    current(fetch)->holds_by_order = end.holds_by_order;
    fetch->checkpoint.duplicates += current(fetch)->doubles;
    fetch->checkpoint.is_pass_over = true;
    fetch->checkpoint.requests = fetch->sink.requests_before + reader_request_count(fetch->reader);
    fetch->checkpoint.retries = fetch->sink.retries_before + reader_retry_count(fetch->reader);
    return log_pass(fetch, error) && pass_sink_save(&fetch->sink, error);
}

static int64_t pages_read(const struct checkpoint *checkpoint)
{
    int64_t pages = 0;
    for (int pass = 0; pass < checkpoint->pass; pass++)
        pages += checkpoint->records[pass].pages;
    return pages;
}

/* What the server gives, if that is why the fetch is unproven. */
static int64_t given_of_counted(struct fetch *fetch, int since_pass)
{
    bool is_short = since_pass == 0 && verdict_is_short_of_count(current(fetch));
    return is_short ? current(fetch)->rows : COUNT_UNKNOWN;
}

static bool fill_ledger(struct fetch *fetch, int since_pass, struct ledger *ledger,
                        struct error *error)
{
    const struct checkpoint *checkpoint = &fetch->checkpoint;
    int64_t began = checkpoint->openings[0].server_time;
    int64_t unique = snapshot_writer_drop_gone(fetch->writer, since_pass, error);
    int64_t created =
        snapshot_writer_count_created(fetch->writer, began, checkpoint->server_time, error);
    if (unique < 0 || created < 0)
        return false;
    /* Contacts that were created in the second in which the fetch began may have been there or not.
       If a single pass is proven by its count, all that it read beyond the count came later. */
    const struct pass_record *first = &checkpoint->records[0];
    int64_t beyond = unique - first->count_first;
    if (since_pass > 0 && checkpoint->pass == 1 && first->count_fits &&
        first->count_first != COUNT_UNKNOWN && beyond > created)
        created = beyond;
    *ledger = (struct ledger){
        .complete = since_pass > 0,
        .count_first = checkpoint->records[0].count_first,
        .count_last = checkpoint->count_last,
        .unique = unique,
        .duplicates = checkpoint->duplicates,
        .passes = checkpoint->pass,
        .requests = checkpoint->requests,
        .retries = checkpoint->retries,
        .pages = pages_read(checkpoint),
        .given = given_of_counted(fetch, since_pass),
        .server_began_at = began,
        .server_ended_at = checkpoint->server_time,
    };
    /* With a search the server may count one page only, which is no count of the contacts. */
    if (fetch->options->source.q && ledger->given == COUNT_UNKNOWN &&
        (ledger->count_first != unique || ledger->count_last != unique)) {
        ledger->count_first = COUNT_UNKNOWN;
        ledger->count_last = COUNT_UNKNOWN;
    }
    bool counted = ledger->count_first != COUNT_UNKNOWN && ledger->count_last != COUNT_UNKNOWN;
    int64_t removed = counted ? ledger->count_first + created - ledger->count_last : 0;
    ledger->created_during = began ? created : 0;
    ledger->removed_during = began && removed > 0 ? removed : 0;
    return true;
}

/* Chooses another key for the next pass if ties spoilt the last one. */
static void choose_order(struct fetch *fetch)
{
    struct pass_order last = {fetch->asked.sort, fetch->asked.direction};
    struct pass_order next = passes_next(last, current(fetch)->doubles > 0);
    fetch->asked.sort = next.sort;
    fetch->asked.direction = next.direction;
}

/* Waits until the newest contact is old enough for the next pass to prove something. */
static bool let_settle(struct fetch *fetch, struct error *error)
{
    const struct checkpoint *checkpoint = &fetch->checkpoint;
    int64_t newest = snapshot_writer_newest(fetch->writer, error);
    if (newest < 0)
        return false;
    int64_t wait_s =
        passes_wait_s(checkpoint->pass, current(fetch), newest, checkpoint->server_time);
    return reader_pause(fetch->reader, wait_s, error);
}

static bool begin_pass(struct fetch *fetch, struct error *error)
{
    if (fetch->checkpoint.pass > 0) {
        choose_order(fetch);
        if (!let_settle(fetch, error))
            return false;
    }
    fetch->checkpoint.pass++;
    fetch->checkpoint.is_pass_over = false;
    *opening(fetch) = (struct pass_opening){
        .sort = fetch->asked.sort,
        .direction = fetch->asked.direction,
        .page_size = fetch->asked.page_size,
    };
    return snapshot_writer_begin_pass(fetch->writer, error);
}

/* Finds the pass since whose beginning the fetch is complete; 0: none. */
static bool judge(struct fetch *fetch, int *since_pass, struct error *error)
{
    const struct source *source = &fetch->options->source;
    bool nothing_enters = source->label_count == 0 && !source->q;
    if (!recount(fetch, error))
        return false;
    *since_pass = verdict_find(fetch->checkpoint.records, fetch->checkpoint.pass, nothing_enters);
    return true;
}

static bool run_passes(struct fetch *fetch, struct pages_seen seen, struct ledger *ledger,
                       struct error *error)
{
    struct checkpoint *checkpoint = &fetch->checkpoint;
    int since_pass = 0;
    if (checkpoint->is_pass_over && !judge(fetch, &since_pass, error))
        return false;
    while (since_pass == 0 &&
           (!checkpoint->is_pass_over || checkpoint->pass < fetch->options->passes_max)) {
        if (checkpoint->is_pass_over && !begin_pass(fetch, error))
            return false;
        if (!run_pass(fetch, &seen, error) || !judge(fetch, &since_pass, error))
            return false;
        seen.count = 0;
    }
    return fill_ledger(fetch, since_pass, ledger, error);
}

/* Takes over what the earlier run did. Returns the pages that it read of the current pass. */
static struct pages_seen resume(struct fetch *fetch, const struct unfinished *unfinished)
{
    fetch->checkpoint = unfinished->checkpoint;
    fetch->sink.requests_before = unfinished->checkpoint.requests;
    fetch->sink.retries_before = unfinished->checkpoint.retries;
    fetch->asked.sort = opening(fetch)->sort;
    fetch->asked.direction = opening(fetch)->direction;
    fetch->asked.page_size = opening(fetch)->page_size;
    for (size_t i = 0; i < unfinished->rejected_count && i < REJECTED_MAX; i++)
        fetch->sink.rejected[i] = unfinished->rejected[i];
    struct pages_seen seen = {unfinished->pages, unfinished->page_count};
    if (fetch->checkpoint.is_pass_over)
        seen.count = 0;
    return seen;
}

static bool note_libraries(struct fetch *fetch, struct error *error)
{
    char *libraries = memory_print("%s %s", transfer_library(), livedesk_library());
    bool ok = snapshot_writer_note_libraries(fetch->writer, libraries, error);
    free(libraries);
    return ok;
}

bool fetch_run(const struct fetch_options *options, struct snapshot_writer *writer,
               const struct unfinished *unfinished, const struct fetch_observer *observer,
               struct ledger *ledger, struct warnings *warnings, struct error *error)
{
    struct fetch fetch = {
        .options = options,
        .writer = writer,
        .asked = options->source,
        .sink = {.writer = writer, .asked = &fetch.asked, .checkpoint = &fetch.checkpoint},
    };
    struct pages_seen seen = {0};
    bool ok = true;
    if (unfinished)
        seen = resume(&fetch, unfinished);
    else
        ok = begin_pass(&fetch, error);
    ok =
        ok && note_libraries(&fetch, error) && reader_open(&fetch.reader, options, observer, error);
    ok = ok && run_passes(&fetch, seen, ledger, error);
    reader_close(fetch.reader); /* which ends the thread that writes to the snapshot */
    pass_sink_free(&fetch.sink);
    *warnings = fetch.checkpoint.warnings;
    return ok;
}
