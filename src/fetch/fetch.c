#include "fetch/fetch.h"

#include "base/memory.h"
#include "fetch/api/livedesk.h"
#include "fetch/conclude.h"
#include "fetch/http/transfer.h"
#include "fetch/next_order.h"
#include "fetch/other_end.h"
#include "fetch/pass_sink.h"
#include "fetch/proof/passes.h"
#include "fetch/proof/verdict.h"
#include "fetch/proof/witness.h"
#include "fetch/reader.h"
#include "snapshot/partial.h"
#include "snapshot/writer.h"

#include <stdlib.h>
#include <string.h>

/* How often each page may be asked for, if the options set no other bound. */
enum { REQUESTS_PER_PAGE = 20, REQUESTS_MIN = 200 };

struct fetch {
    const struct fetch_options *options;
    struct snapshot_writer *writer;
    struct reader *reader;
    struct source asked; /* the source in the order of the current pass */
    struct checkpoint checkpoint;
    struct pass_sink sink;
    int since_pass;   /* the pass since whose beginning the fetch is proven complete; 0: none */
    int contradicted; /* how often the other end of the list contradicted that */
    enum closing closing;
    enum several_keys several;
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

static void note_requests(struct fetch *fetch)
{
    fetch->checkpoint.requests = fetch->sink.requests_before + reader_request_count(fetch->reader);
    fetch->checkpoint.retries = fetch->sink.retries_before + reader_retry_count(fetch->reader);
}

/* Saves what the pass has found so far. */
static bool note_pass(struct fetch *fetch, struct error *error)
{
    note_requests(fetch);
    return log_pass(fetch, error) && pass_sink_save(&fetch->sink, error);
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
    current(fetch)->ends_oddly = end.ends_oddly;
    current(fetch)->holds_by_order = end.holds_by_order;
    fetch->checkpoint.duplicates += current(fetch)->doubles;
    fetch->checkpoint.is_pass_over = true;
    return note_pass(fetch, error);
}

/* The order of the next pass: another one if ties spoilt the last. */
static bool find_order(struct fetch *fetch, struct pass_order *order, struct error *error)
{
    const struct next_order next = {
        .reader = fetch->reader,
        .writer = fetch->writer,
        .asked = &fetch->asked,
        .several = &fetch->several,
        .was_tied = current(fetch)->doubles > 0,
    };
    return next_order_find(&next, order, error);
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
        struct pass_order next;
        if (!find_order(fetch, &next, error) || !let_settle(fetch, error))
            return false;
        fetch->asked.sort = next.sort;
        fetch->asked.direction = next.direction;
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

/* Lets the other end of the list confirm or contradict what the passes prove. */
static bool close_fetch(struct fetch *fetch, struct error *error)
{
    const struct pass_record *record = &fetch->checkpoint.records[fetch->since_pass - 1];
    const struct other_end end = {
        .reader = fetch->reader,
        .writer = fetch->writer,
        .asked = &fetch->asked,
        .since_pass = fetch->since_pass,
        .created_before = fetch->checkpoint.openings[fetch->since_pass - 1].created_before,
        .contacts = record->read_since,
    };
    enum witness_word word;
    if (!other_end_ask(&end, &word, error))
        return false;
    fetch->closing =
        witness_close(word, fetch->contradicted, record, record->read_since, VERDICT_ROUND);
    fetch->contradicted += word == WITNESS_CONTRADICTS;
    return true;
}

/* Finds the pass since whose beginning the fetch is complete, and whether to read on. */
static bool judge(struct fetch *fetch, struct error *error)
{
    const struct source *source = &fetch->options->source;
    const struct verdict_rules rules = {
        .nothing_enters = source->label_count == 0 && !source->q,
        .round = VERDICT_ROUND,
    };
    if (!recount(fetch, error))
        return false;
    fetch->closing = CLOSING_READ_ON;
    fetch->since_pass = verdict_find(fetch->checkpoint.records, fetch->checkpoint.pass, &rules);
    return fetch->since_pass == 0 || close_fetch(fetch, error);
}

/* Whether so many more requests may be made. */
static bool may_ask(const struct fetch *fetch, int64_t requests)
{
    int64_t pages = fetch->checkpoint.records[0].pages;
    int64_t most = fetch->options->requests_max;
    if (most == 0)
        most = pages * REQUESTS_PER_PAGE > REQUESTS_MIN ? pages * REQUESTS_PER_PAGE : REQUESTS_MIN;
    return fetch->checkpoint.requests + requests <= most;
}

static bool may_begin_pass(const struct fetch *fetch)
{
    const struct checkpoint *checkpoint = &fetch->checkpoint;
    return checkpoint->pass < fetch->options->passes_max &&
           may_ask(fetch, checkpoint->records[0].pages);
}

static bool may_read_on(const struct fetch *fetch)
{
    return fetch->closing == CLOSING_READ_ON &&
           (!fetch->checkpoint.is_pass_over || may_begin_pass(fetch));
}

/* Whether the pages of tied contacts are to be read again: ties spoilt the pass, and no other order
   promises fewer of them. */
static bool is_round_wanted(struct fetch *fetch, bool *is_wanted, struct error *error)
{
    struct pass_order next;
    *is_wanted = fetch->closing == CLOSING_READ_ON && current(fetch)->doubles > 0;
    if (!*is_wanted || !may_begin_pass(fetch))
        return true;
    if (!find_order(fetch, &next, error))
        return false;
    *is_wanted = strcmp(next.sort, fetch->asked.sort) == 0;
    return true;
}

/* Reads the pages of tied contacts again, round after round, until the fetch is proven or all of
   them have been seen. */
static bool read_ties(struct fetch *fetch, struct error *error)
{
    bool is_wanted;
    if (!is_round_wanted(fetch, &is_wanted, error))
        return false;
    if (!is_wanted)
        return true;
    reader_find_ties(fetch->reader);
    int64_t pages;
    while (fetch->since_pass == 0 && (pages = reader_tied_pages(fetch->reader)) > 0 &&
           may_ask(fetch, pages)) {
        if (!reader_read_ties(fetch->reader, error) || !note_pass(fetch, error) ||
            !judge(fetch, error))
            return false;
    }
    return true;
}

static bool run_passes(struct fetch *fetch, struct pages_seen seen, struct error *error)
{
    if (fetch->checkpoint.is_pass_over && !judge(fetch, error))
        return false;
    while (may_read_on(fetch)) {
        if (fetch->checkpoint.is_pass_over && !begin_pass(fetch, error))
            return false;
        if (!run_pass(fetch, &seen, error) || !judge(fetch, error) || !read_ties(fetch, error))
            return false;
        seen.count = 0;
    }
    return true;
}

/* The witness's requests are no pages of a pass. */
static bool conclude(struct fetch *fetch, struct ledger *ledger, struct error *error)
{
    note_requests(fetch);
    const struct conclusion conclusion = {
        .source = &fetch->options->source,
        .checkpoint = &fetch->checkpoint,
        .writer = fetch->writer,
        .since_pass = fetch->closing == CLOSING_COMPLETE ? fetch->since_pass : 0,
        .closing = fetch->closing,
    };
    return conclude_fetch(&conclusion, ledger, error);
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
        .closing = CLOSING_READ_ON,
    };
    struct pages_seen seen = {0};
    bool ok = true;
    if (unfinished)
        seen = resume(&fetch, unfinished);
    else
        ok = begin_pass(&fetch, error);
    ok =
        ok && note_libraries(&fetch, error) && reader_open(&fetch.reader, options, observer, error);
    ok = ok && run_passes(&fetch, seen, error) && conclude(&fetch, ledger, error);
    reader_close(fetch.reader); /* which ends the thread that writes to the snapshot */
    pass_sink_free(&fetch.sink);
    *warnings = fetch.checkpoint.warnings;
    return ok;
}
