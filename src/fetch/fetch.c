#include "fetch/fetch.h"

#include "base/clock.h"
#include "fetch/passes.h"
#include "fetch/reader.h"
#include "fetch/verdict.h"
#include "snapshot/partial.h"
#include "snapshot/writer.h"

enum { REPEATED_PAGES_MAX = 20 }; /* pages in a row that bring nothing new */

/* Records without a usable id are remembered for a pass, to tell doubled ones. */
enum { REJECTED_MAX = 1024 };

struct fetch {
    const struct fetch_options *options;
    struct snapshot_writer *writer;
    struct reader *reader;
    struct source asked; /* the source, as the pass under way asks for it */
    struct progress progress;
    int64_t requests_before; /* those of the runs before this one */

    uint64_t rejected[REJECTED_MAX]; /* of the pass under way */
    int64_t repeated_pages;
};

static struct pass_opening *opening(struct fetch *fetch)
{
    return &fetch->progress.openings[fetch->progress.pass - 1];
}

static struct pass_record *current(struct fetch *fetch)
{
    return &fetch->progress.records[fetch->progress.pass - 1];
}

static bool store_contacts(struct fetch *fetch, const struct livedesk_page *page, int64_t *doubles,
                           struct error *error)
{
    for (size_t i = 0; i < page->contact_count; i++) {
        enum stored stored;
        if (!snapshot_writer_put(fetch->writer, &page->contacts[i], fetch->progress.pass, &stored,
                                 error))
            return false;
        current(fetch)->fresh += stored == STORED_NEW;
        *doubles += stored == STORED_TWICE_IN_PASS;
    }
    return true;
}

/* More of them than can be remembered count as doubled: then nothing is claimed. */
static bool is_rejected_again(struct fetch *fetch, uint64_t fingerprint)
{
    int64_t known = current(fetch)->rejected++;
    if (known >= REJECTED_MAX)
        return true;
    fetch->rejected[known] = fingerprint;
    for (int64_t i = 0; i < known; i++) {
        if (fetch->rejected[i] == fingerprint)
            return true;
    }
    return false;
}

static bool note_rejected(struct fetch *fetch, const struct livedesk_page *page, int64_t *doubles,
                          struct error *error)
{
    for (size_t i = 0; i < page->rejected_count; i++) {
        *doubles += is_rejected_again(fetch, page->rejected[i]);
        if (current(fetch)->rejected <= REJECTED_MAX &&
            !snapshot_writer_note_rejected(fetch->writer, page->rejected[i], error))
            return false;
    }
    return true;
}

/* The first page of a pass tells how many contacts there were at that moment. By the server's own
   clock what bears a time before its answer's, less the seconds that the answer took and one that
   clocks cut off, was there already. */
static void note_opening(struct fetch *fetch, const struct page_read *read)
{
    int64_t took_s = read->time.elapsed_ms / 1000 + 1;
    int64_t count = read->page->count;
    opening(fetch)->created_before =
        read->time.server_time ? read->time.server_time - took_s - 1 : 0;
    opening(fetch)->server_time = read->time.server_time;
    opening(fetch)->page_size = fetch->asked.page_size;
    current(fetch)->count_first = count;
    current(fetch)->count_low = count;
    current(fetch)->count_high = count;
}

static void note_count(struct fetch *fetch, int64_t count)
{
    struct pass_record *record = current(fetch);
    if (count < record->count_low)
        record->count_low = count;
    if (count > record->count_high)
        record->count_high = count;
    fetch->progress.count_last = count;
}

static bool refuse_repetition(const struct fetch *fetch, struct error *error)
{
    error_set(error, EXIT_API, "%s: page after page brings nothing new",
              fetch->options->source.base_url);
    return error_hint(error, "the server seems to pay no heed to the page number; another --sort "
                             "may help");
}

/* A server that pays no heed to the page number would keep a client reading for ever. */
static bool check_repetition(struct fetch *fetch, const struct livedesk_page *page, int64_t doubles,
                             struct error *error)
{
    int64_t rejected = page->rows - (int64_t)page->contact_count;
    if (page->rows == 0 || doubles + rejected < page->rows)
        fetch->repeated_pages = 0;
    else if (++fetch->repeated_pages > REPEATED_PAGES_MAX)
        return refuse_repetition(fetch, error);
    return true;
}

static bool take_page(void *context, const struct page_read *read, struct error *error)
{
    struct fetch *fetch = context;
    const struct livedesk_page *page = read->page;
    const struct page_seen seen = {read->number, page->rows, page->count};
    int64_t doubles = 0;
    /* Pages come in any order. */
    if (fetch->requests_before + read->requests > fetch->progress.requests)
        fetch->progress.requests = fetch->requests_before + read->requests;
    if (read->time.server_time > fetch->progress.server_time)
        fetch->progress.server_time = read->time.server_time;
    if (read->number == 1 && !read->is_again)
        note_opening(fetch, read);
    note_count(fetch, page->count);
    if (!store_contacts(fetch, page, &doubles, error))
        return false;
    if (read->is_again)
        return true;
    if (!note_rejected(fetch, page, &doubles, error) ||
        !snapshot_writer_note_page(fetch->writer, &seen, error))
        return false;
    current(fetch)->rows += page->rows;
    current(fetch)->doubles += doubles;
    if (fetch->progress.pass == 1)
        warnings_add(&fetch->progress.warnings, &page->warnings);
    return check_repetition(fetch, page, doubles, error);
}

static bool save(void *context, struct error *error)
{
    struct fetch *fetch = context;
    return snapshot_writer_save(fetch->writer, &fetch->progress, clock_wall_seconds(), error);
}

/* What has been read since each pass began changes with every further pass. */
static bool recount(struct fetch *fetch, struct error *error)
{
    for (int pass = 1; pass <= fetch->progress.pass; pass++) {
        struct pass_record *record = &fetch->progress.records[pass - 1];
        record->read_since = snapshot_writer_count_read(fetch->writer, pass, error);
        record->old_since = snapshot_writer_count_old(
            fetch->writer, pass, fetch->progress.openings[pass - 1].created_before, error);
        if (record->read_since < 0 || record->old_since < 0)
            return false;
    }
    return true;
}

/* Reads the pass that has begun, but for the pages that are there already. */
static bool run_pass(struct fetch *fetch, const struct pages_seen *seen, struct error *error)
{
    const struct page_sink sink = {take_page, save, fetch};
    struct pass_end end;
    fetch->repeated_pages = 0;
    if (!reader_read_pass(fetch->reader, &fetch->asked, fetch->progress.pass, seen, &sink, &end,
                          error))
        return false;
    current(fetch)->count_fits = end.count_fits;
    current(fetch)->ends_short = end.ends_short;
    current(fetch)->holds_by_order = end.holds_by_order;
    fetch->progress.duplicates += current(fetch)->doubles;
    fetch->progress.is_pass_over = true;
    fetch->progress.requests = fetch->requests_before + reader_request_count(fetch->reader);
    return save(fetch, error);
}

static bool fill_ledger(struct fetch *fetch, int since_pass, struct ledger *ledger,
                        struct error *error)
{
    const struct progress *progress = &fetch->progress;
    int64_t began = progress->openings[0].server_time;
    int64_t unique = snapshot_writer_drop_gone(fetch->writer, since_pass, error);
    int64_t created =
        snapshot_writer_count_created(fetch->writer, began, progress->server_time, error);
    if (unique < 0 || created < 0)
        return false;
    /* Where the count proves a single pass, what is beyond it came later: within the second in
       which the fetch began the times do not tell. */
    const struct pass_record *first = &progress->records[0];
    int64_t beyond = unique - first->count_first;
    if (since_pass > 0 && progress->pass == 1 && first->count_fits &&
        first->count_first != COUNT_UNKNOWN && beyond > created)
        created = beyond;
    *ledger = (struct ledger){
        .complete = since_pass > 0,
        .count_first = progress->records[0].count_first,
        .count_last = progress->count_last,
        .unique = unique,
        .duplicates = progress->duplicates,
        .passes = progress->pass,
        .requests = progress->requests,
    };
    /* With a search the server may count one page only; that is no count of the contacts. */
    if (fetch->options->source.q &&
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

/* For a further pass: another key where ties spoilt the last one. */
static void choose_order(struct fetch *fetch)
{
    struct pass_order last = {fetch->asked.sort, fetch->asked.direction};
    struct pass_order next = passes_next(last, current(fetch)->doubles > 0);
    fetch->asked.sort = next.sort;
    fetch->asked.direction = next.direction;
}

/* Lets what was created just now grow old enough for the next pass to prove something. */
static bool let_settle(struct fetch *fetch, struct error *error)
{
    const struct progress *progress = &fetch->progress;
    int64_t newest = snapshot_writer_newest(fetch->writer, error);
    if (newest < 0)
        return false;
    int64_t wait_s = passes_wait_s(progress->pass, current(fetch), newest, progress->server_time);
    return reader_pause(fetch->reader, wait_s, error);
}

static bool begin_pass(struct fetch *fetch, struct error *error)
{
    if (fetch->progress.pass > 0) {
        choose_order(fetch);
        if (!let_settle(fetch, error))
            return false;
    }
    fetch->progress.pass++;
    fetch->progress.is_pass_over = false;
    *opening(fetch) = (struct pass_opening){
        .sort = fetch->asked.sort,
        .direction = fetch->asked.direction,
        .page_size = fetch->asked.page_size,
    };
    return snapshot_writer_begin_pass(fetch->writer, error);
}

/* The number of the pass since whose beginning the fetch is complete, or 0. */
static bool judge(struct fetch *fetch, int *since_pass, struct error *error)
{
    const struct source *source = &fetch->options->source;
    bool nothing_enters = source->label_count == 0 && !source->q;
    if (!recount(fetch, error))
        return false;
    *since_pass = verdict_find(fetch->progress.records, fetch->progress.pass, nothing_enters);
    return true;
}

static bool run_passes(struct fetch *fetch, struct pages_seen seen, struct ledger *ledger,
                       struct error *error)
{
    struct progress *progress = &fetch->progress;
    int since_pass = 0;
    if (progress->is_pass_over && !judge(fetch, &since_pass, error))
        return false;
    while (since_pass == 0 &&
           (!progress->is_pass_over || progress->pass < fetch->options->passes_max)) {
        if (progress->is_pass_over && !begin_pass(fetch, error))
            return false;
        if (!run_pass(fetch, &seen, error) || !judge(fetch, &since_pass, error))
            return false;
        seen.count = 0;
    }
    return fill_ledger(fetch, since_pass, ledger, error);
}

/* Takes over what the earlier run had done. */
static struct pages_seen go_on(struct fetch *fetch, const struct unfinished *unfinished)
{
    fetch->progress = unfinished->progress;
    fetch->requests_before = unfinished->progress.requests;
    fetch->asked.sort = opening(fetch)->sort;
    fetch->asked.direction = opening(fetch)->direction;
    fetch->asked.page_size = opening(fetch)->page_size;
    for (size_t i = 0; i < unfinished->rejected_count && i < REJECTED_MAX; i++)
        fetch->rejected[i] = unfinished->rejected[i];
    struct pages_seen seen = {unfinished->pages, unfinished->page_count};
    if (fetch->progress.is_pass_over)
        seen.count = 0;
    return seen;
}

bool fetch_run(const struct fetch_options *options, struct snapshot_writer *writer,
               const struct unfinished *unfinished, const struct fetch_observer *observer,
               struct ledger *ledger, struct warnings *warnings, struct error *error)
{
    struct fetch fetch = {.options = options, .writer = writer, .asked = options->source};
    struct pages_seen seen = {0};
    bool ok = true;
    if (unfinished)
        seen = go_on(&fetch, unfinished);
    else
        ok = begin_pass(&fetch, error);
    ok = ok && reader_open(&fetch.reader, options, observer, error);
    ok = ok && run_passes(&fetch, seen, ledger, error);
    reader_close(fetch.reader); /* then nobody else is at work on the account */
    *warnings = fetch.progress.warnings;
    return ok;
}
