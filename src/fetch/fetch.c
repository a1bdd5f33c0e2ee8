#include "fetch/fetch.h"

#include "fetch/passes.h"
#include "fetch/reader.h"
#include "fetch/verdict.h"
#include "snapshot/writer.h"

enum { REPEATED_PAGES_MAX = 20 }; /* pages in a row that bring nothing new */

/* What was known when a pass began. */
struct opening {
    int64_t count;          /* the server's, or COUNT_UNKNOWN */
    int64_t created_before; /* what was created before that was surely there; 0: cannot be told */
    int64_t server_time;    /* 0: unknown */
};

struct fetch {
    const struct fetch_options *options;
    struct snapshot_writer *writer;
    struct reader *reader;
    struct source asked; /* the source, as the pass under way asks for it */
    struct opening openings[FETCH_PASSES_MAX];
    int64_t server_time; /* as the latest answer tells it; 0: unknown */
    int64_t duplicates;
    struct warnings *warnings;

    /* of the pass under way */
    int pass;
    struct pass_result result;
    int64_t repeated_pages;
};

static bool store_contacts(struct fetch *fetch, const struct livedesk_page *page, int64_t *doubles,
                           struct error *error)
{
    struct pass_result *result = &fetch->result;
    for (size_t i = 0; i < page->contact_count; i++) {
        enum stored stored;
        if (!snapshot_writer_put(fetch->writer, &page->contacts[i], fetch->pass, &stored, error))
            return false;
        result->appeared += stored == STORED_NEW || stored == STORED_LONG_AGO;
        *doubles += stored == STORED_TWICE_IN_PASS;
    }
    result->doubles += *doubles;
    return true;
}

/* The first page of a pass tells how many contacts there were at that moment. By the server's own
   clock what bears a time before its answer's, less the seconds that the answer took and one that
   clocks cut off, was there already. */
static void note_opening(struct fetch *fetch, const struct page_read *read)
{
    int64_t took_s = read->elapsed_ms / 1000 + 1;
    fetch->openings[fetch->pass - 1] = (struct opening){
        .count = read->page->count,
        .created_before = read->server_time ? read->server_time - took_s - 1 : 0,
        .server_time = read->server_time,
    };
    fetch->result.count_first = read->page->count;
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
    if (!store_contacts(fetch, page, &doubles, error))
        return false;
    fetch->result.rows += page->rows;
    fetch->result.rejected += page->rows - (int64_t)page->contact_count;
    if (fetch->pass == 1)
        warnings_add(fetch->warnings, &page->warnings);
    if (read->number == 1)
        note_opening(fetch, read);
    fetch->result.count_last = page->count;
    if (read->server_time > fetch->server_time)
        fetch->server_time = read->server_time;
    return check_repetition(fetch, page, doubles, error);
}

static bool run_pass(struct fetch *fetch, struct error *error)
{
    const struct page_sink sink = {take_page, fetch};
    fetch->result = (struct pass_result){
        .count_first = COUNT_UNKNOWN,
        .count_last = COUNT_UNKNOWN,
        .doubles_before = fetch->result.doubles,
    };
    fetch->repeated_pages = 0;
    if (!reader_read_pass(fetch->reader, &fetch->asked, fetch->pass, &sink, error))
        return false;
    fetch->duplicates += fetch->result.doubles;
    if (fetch->pass > 1) {
        fetch->result.missed = snapshot_writer_count_missed(fetch->writer, fetch->pass, error);
        return fetch->result.missed >= 0;
    }
    return true;
}

/* The earliest pass from whose beginning on the fetch is proven by count; 0: none, -1: the file
 * failed. */
static int find_proven_pass(struct fetch *fetch, struct error *error)
{
    for (int pass = 1; pass <= fetch->pass; pass++) {
        const struct opening *opening = &fetch->openings[pass - 1];
        int64_t old_read =
            snapshot_writer_count_old(fetch->writer, pass, opening->created_before, error);
        if (old_read < 0)
            return -1;
        if (verdict_by_count(opening->count, old_read, fetch->result.rejected))
            return pass;
    }
    return 0;
}

/* Sets `since_pass` to the pass from whose beginning on the fetch is complete, or to 0. */
static bool judge(struct fetch *fetch, int *since_pass, struct error *error)
{
    const struct source *source = &fetch->options->source;
    bool nothing_enters = source->label_count == 0 && !source->q;
    *since_pass = nothing_enters ? find_proven_pass(fetch, error) : 0;
    if (*since_pass == 0 && verdict_by_agreement(&fetch->result, fetch->pass, source->q == NULL))
        *since_pass = fetch->pass;
    return *since_pass >= 0;
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
        .count_first = opening->count,
        .count_last = fetch->result.count_last,
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

static bool run_passes(struct fetch *fetch, struct ledger *ledger, struct error *error)
{
    int since_pass = 0;
    while (since_pass == 0 && fetch->pass < fetch->options->passes_max) {
        struct pass_order last = {fetch->asked.sort, fetch->asked.direction};
        struct pass_order next = passes_next(last, fetch->result.doubles > 0);
        fetch->asked.sort = next.sort;
        fetch->asked.direction = next.direction;
        fetch->pass++;
        if (!run_pass(fetch, error) || !judge(fetch, &since_pass, error))
            return false;
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
