#include "fetch/fetch.h"

#include "fetch/passes.h"
#include "fetch/reader.h"
#include "fetch/verdict.h"
#include "snapshot/writer.h"

enum { REPEATED_PAGES_MAX = 20 }; /* pages in a row that bring nothing new */

/* Records without a usable id are remembered for a pass, to tell doubled ones. */
enum { REJECTED_MAX = 1024 };

/* What was known when a pass began. */
struct opening {
    int64_t created_before; /* what was created before that was surely there; 0: cannot be told */
    int64_t server_time;    /* 0: unknown */
};

struct fetch {
    const struct fetch_options *options;
    struct snapshot_writer *writer;
    struct reader *reader;
    struct source asked; /* the source, as the pass under way asks for it */
    int64_t server_time; /* as the latest answer tells it; 0: unknown */
    int64_t duplicates;
    int64_t count_last;
    struct warnings *warnings;

    int pass; /* the one under way, from 1 */
    struct opening openings[FETCH_PASSES_MAX];
    struct pass_record records[FETCH_PASSES_MAX];
    uint64_t rejected[REJECTED_MAX]; /* of the pass under way */
    int64_t repeated_pages;
};

static struct pass_record *current(struct fetch *fetch)
{
    return &fetch->records[fetch->pass - 1];
}

static bool store_contacts(struct fetch *fetch, const struct livedesk_page *page, int64_t *doubles,
                           struct error *error)
{
    for (size_t i = 0; i < page->contact_count; i++) {
        enum stored stored;
        if (!snapshot_writer_put(fetch->writer, &page->contacts[i], fetch->pass, &stored, error))
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

/* The first page of a pass tells how many contacts there were at that moment. By the server's own
   clock what bears a time before its answer's, less the seconds that the answer took and one that
   clocks cut off, was there already. */
static void note_opening(struct fetch *fetch, const struct page_read *read)
{
    int64_t took_s = read->elapsed_ms / 1000 + 1;
    int64_t count = read->page->count;
    fetch->openings[fetch->pass - 1] = (struct opening){
        .created_before = read->server_time ? read->server_time - took_s - 1 : 0,
        .server_time = read->server_time,
    };
    *current(fetch) =
        (struct pass_record){.count_first = count, .count_low = count, .count_high = count};
}

static void note_count(struct fetch *fetch, int64_t count)
{
    struct pass_record *record = current(fetch);
    if (count < record->count_low)
        record->count_low = count;
    if (count > record->count_high)
        record->count_high = count;
    fetch->count_last = count;
}

/* A server that pays no heed to the page number would keep a client reading for ever. */
static bool check_repetition(struct fetch *fetch, const struct livedesk_page *page, int64_t doubles,
                             struct error *error)
{
    int64_t rejected = page->rows - (int64_t)page->contact_count;
    if (page->rows == 0 || doubles + rejected < page->rows)
        fetch->repeated_pages = 0;
    else if (++fetch->repeated_pages > REPEATED_PAGES_MAX)
        return error_set(error, EXIT_API,
                         "%s: page after page brings nothing new: does the server heed the page "
                         "number?",
                         fetch->options->source.base_url);
    return true;
}

static bool take_page(void *context, const struct page_read *read, struct error *error)
{
    struct fetch *fetch = context;
    const struct livedesk_page *page = read->page;
    int64_t doubles = 0;
    if (read->server_time > fetch->server_time)
        fetch->server_time = read->server_time;
    if (read->number == 1 && !read->is_again)
        note_opening(fetch, read);
    note_count(fetch, page->count);
    if (!store_contacts(fetch, page, &doubles, error))
        return false;
    if (read->is_again)
        return true;
    for (size_t i = 0; i < page->rejected_count; i++)
        doubles += is_rejected_again(fetch, page->rejected[i]);
    current(fetch)->rows += page->rows;
    current(fetch)->doubles += doubles;
    if (fetch->pass == 1)
        warnings_add(fetch->warnings, &page->warnings);
    return check_repetition(fetch, page, doubles, error);
}

/* What has been read since each pass began changes with every further pass. */
static bool recount(struct fetch *fetch, struct error *error)
{
    for (int pass = 1; pass <= fetch->pass; pass++) {
        struct pass_record *record = &fetch->records[pass - 1];
        record->read_since = snapshot_writer_count_read(fetch->writer, pass, error);
        record->old_since = snapshot_writer_count_old(
            fetch->writer, pass, fetch->openings[pass - 1].created_before, error);
        if (record->read_since < 0 || record->old_since < 0)
            return false;
    }
    return true;
}

static bool run_pass(struct fetch *fetch, struct error *error)
{
    const struct page_sink sink = {take_page, fetch};
    struct pass_finding found;
    fetch->repeated_pages = 0;
    if (!reader_read_pass(fetch->reader, &fetch->asked, fetch->pass, &sink, &found, error))
        return false;
    current(fetch)->count_fits = found.count_fits;
    current(fetch)->holds_by_order = found.holds_by_order;
    fetch->duplicates += current(fetch)->doubles;
    return recount(fetch, error);
}

static bool fill_ledger(struct fetch *fetch, int since_pass, struct ledger *ledger,
                        struct error *error)
{
    const struct opening *opening = &fetch->openings[0];
    int64_t unique = snapshot_writer_drop_gone(fetch->writer, since_pass, error);
    int64_t created = snapshot_writer_count_created(fetch->writer, opening->server_time,
                                                    fetch->server_time, error);
    if (unique < 0 || created < 0)
        return false;
    *ledger = (struct ledger){
        .complete = since_pass > 0,
        .count_first = fetch->records[0].count_first,
        .count_last = fetch->count_last,
        .unique = unique,
        .duplicates = fetch->duplicates,
        .passes = fetch->pass,
        .requests = reader_request_count(fetch->reader),
    };
    /* With a search the server may count one page only; that is no count of the contacts. */
    if (fetch->options->source.q &&
        (ledger->count_first != unique || ledger->count_last != unique)) {
        ledger->count_first = COUNT_UNKNOWN;
        ledger->count_last = COUNT_UNKNOWN;
    }
    bool counted = ledger->count_first != COUNT_UNKNOWN && ledger->count_last != COUNT_UNKNOWN;
    int64_t removed = counted ? ledger->count_first + created - ledger->count_last : 0;
    ledger->created_during = opening->server_time ? created : 0;
    ledger->removed_during = opening->server_time && removed > 0 ? removed : 0;
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

static bool run_passes(struct fetch *fetch, struct ledger *ledger, struct error *error)
{
    const struct source *source = &fetch->options->source;
    bool nothing_enters = source->label_count == 0 && !source->q;
    int since_pass = 0;
    while (since_pass == 0 && fetch->pass < fetch->options->passes_max) {
        if (fetch->pass > 0)
            choose_order(fetch);
        fetch->pass++;
        if (!run_pass(fetch, error))
            return false;
        since_pass = verdict_find(fetch->records, fetch->pass, nothing_enters);
    }
    return fill_ledger(fetch, since_pass, ledger, error);
}

bool fetch_run(const struct fetch_options *options, struct snapshot_writer *writer,
               const struct fetch_observer *observer, struct ledger *ledger,
               struct warnings *warnings, struct error *error)
{
    struct fetch fetch = {
        .options = options,
        .writer = writer,
        .asked = options->source,
        .warnings = warnings,
    };
    if (!reader_open(&fetch.reader, options, observer, error))
        return false;
    bool ok = run_passes(&fetch, ledger, error);
    reader_close(fetch.reader);
    return ok;
}
