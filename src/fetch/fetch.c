#include "fetch/fetch.h"

#include "base/clock.h"
#include "base/memory.h"
#include "fetch/credentials.h"
#include "fetch/fault.h"
#include "fetch/livedesk.h"
#include "fetch/pages.h"
#include "fetch/passes.h"
#include "fetch/retry.h"
#include "fetch/transfer.h"
#include "fetch/verdict.h"
#include "snapshot/writer.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    TICK_MS = 200,           /* how often progress is told while nothing arrives */
    REPEATED_PAGES_MAX = 20, /* pages in a row that bring nothing new */
    STATUS_OK = 200,
};

enum request_state { REQUEST_FREE, REQUEST_WAITING, REQUEST_UNDER_WAY };

/* The reading of one page, through all its attempts. */
struct request {
    enum request_state state;
    int64_t page;
    int attempts;
    int64_t due_ms; /* of REQUEST_WAITING: when to try again, on the monotonic clock */
    char *url;
};

/* What was known when a pass began. */
struct opening {
    int64_t count;          /* the server's, or COUNT_UNKNOWN */
    int64_t created_before; /* what was created before that was surely there; 0: cannot be told */
    int64_t server_time;    /* 0: unknown */
};

struct fetch {
    const struct fetch_options *options;
    const struct fetch_observer *observer;
    struct snapshot_writer *writer;
    struct transfer *transfer;
    char *list_url;           /* for messages */
    struct request *requests; /* as many as connections */
    struct livedesk_page page;
    struct source asked; /* the source, as the pass under way asks for it */
    int64_t started_ms;
    int64_t hold_until_ms; /* the server asked to be left alone until then */
    bool has_answered;
    unsigned short chance[3];

    /* of the pass under way */
    int pass;
    struct pages pages;
    struct pass_result result;
    int64_t repeated_pages;

    struct opening openings[FETCH_PASSES_MAX];
    int64_t server_time; /* as the latest answer tells it; 0: unknown */
    int64_t duplicates;
    int64_t request_count;
    struct warnings *warnings;
};

static int requests_busy(const struct fetch *fetch)
{
    int busy = 0;
    for (int i = 0; i < fetch->options->connections; i++)
        busy += fetch->requests[i].state != REQUEST_FREE;
    return busy;
}

static void free_request(struct request *request)
{
    free(request->url);
    *request = (struct request){0};
}

static void start(struct fetch *fetch, struct request *request)
{
    request->state = REQUEST_UNDER_WAY;
    request->attempts++;
    fetch->request_count++;
    transfer_start(fetch->transfer, request->url, (size_t)(request - fetch->requests));
}

/* Starts what is due, and as many further pages as there are connections left. */
static void start_requests(struct fetch *fetch)
{
    int64_t now_ms = clock_monotonic_ms();
    if (now_ms < fetch->hold_until_ms)
        return;
    for (int i = 0; i < fetch->options->connections; i++) {
        struct request *request = &fetch->requests[i];
        if (request->state == REQUEST_WAITING && request->due_ms <= now_ms) {
            start(fetch, request);
        } else if (request->state == REQUEST_FREE) {
            request->page = pages_next(&fetch->pages);
            if (request->page == 0)
                continue;
            request->url = livedesk_page_url(&fetch->asked, request->page);
            start(fetch, request);
        }
    }
}

/* How long to wait for answers before something else has to be done. */
static int64_t wait_ms(const struct fetch *fetch)
{
    int64_t now_ms = clock_monotonic_ms();
    int64_t wait = TICK_MS;
    for (int i = 0; i < fetch->options->connections; i++) {
        const struct request *request = &fetch->requests[i];
        int64_t due_ms =
            request->due_ms > fetch->hold_until_ms ? request->due_ms : fetch->hold_until_ms;
        if (request->state == REQUEST_WAITING && due_ms - now_ms < wait)
            wait = due_ms > now_ms ? due_ms - now_ms : 1;
    }
    return wait;
}

static bool store_contacts(struct fetch *fetch, int64_t *doubles, struct error *error)
{
    for (size_t i = 0; i < fetch->page.contact_count; i++) {
        struct pass_result *result = &fetch->result;
        enum stored stored;
        if (!snapshot_writer_put(fetch->writer, &fetch->page.contacts[i], fetch->pass, &stored,
                                 error))
            return false;
        result->appeared += stored == STORED_NEW || stored == STORED_LONG_AGO;
        *doubles += stored == STORED_TWICE_IN_PASS;
    }
    fetch->result.doubles += *doubles;
    return true;
}

/* The first page of a pass tells how many contacts there were at that moment. By the server's own
   clock what bears a time before its answer's, less the seconds that the answer took and one that
   clocks cut off, was there already. */
static void note_opening(struct fetch *fetch, const struct response *response)
{
    int64_t took_s = response->elapsed_ms / 1000 + 1;
    fetch->openings[fetch->pass - 1] = (struct opening){
        .count = fetch->page.count,
        .created_before = response->server_time ? response->server_time - took_s - 1 : 0,
        .server_time = response->server_time,
    };
    fetch->result.count_first = fetch->page.count;
}

/* A server that pays no heed to the page number would keep a client reading for ever. */
static bool check_repetition(struct fetch *fetch, int64_t doubles, struct error *error)
{
    int64_t rows = fetch->page.rows;
    int64_t rejected = rows - (int64_t)fetch->page.contact_count;
    if (rows == 0 || doubles + rejected < rows)
        fetch->repeated_pages = 0;
    else if (++fetch->repeated_pages > REPEATED_PAGES_MAX)
        return error_set(error, EXIT_API,
                         "%s: page after page brings nothing new: does the server heed the page "
                         "number?",
                         fetch->list_url);
    return true;
}

static bool store_page(struct fetch *fetch, struct request *request,
                       const struct response *response, struct error *error)
{
    int64_t doubles = 0;
    if (!store_contacts(fetch, &doubles, error))
        return false;
    fetch->result.rows += fetch->page.rows;
    fetch->result.rejected += fetch->page.rows - (int64_t)fetch->page.contact_count;
    if (fetch->pass == 1)
        warnings_add(fetch->warnings, &fetch->page.warnings);
    if (request->page == 1)
        note_opening(fetch, response);
    fetch->result.count_last = fetch->page.count;
    if (response->server_time > fetch->server_time)
        fetch->server_time = response->server_time;
    pages_receive(&fetch->pages, request->page, fetch->page.rows, fetch->page.count);
    bool ok = check_repetition(fetch, doubles, error);
    free_request(request);
    return ok;
}

/* Puts the request off until its next attempt, or gives up: then `error` stands as it is. */
static bool try_again(struct fetch *fetch, struct request *request, enum failure failure,
                      int64_t retry_after_ms, struct error *error)
{
    int64_t wait = retry_wait_ms(failure, request->attempts, fetch->options->retries,
                                 retry_after_ms, erand48(fetch->chance));
    if (wait < 0) {
        if (request->attempts > 1)
            error_at(error, "after %d attempts", request->attempts);
        return false;
    }
    int64_t now_ms = clock_monotonic_ms();
    request->state = REQUEST_WAITING;
    request->due_ms = now_ms + wait;
    if (retry_after_ms > 0 && now_ms + wait > fetch->hold_until_ms)
        fetch->hold_until_ms = now_ms + wait;
    return true;
}

static void tell_request(const struct fetch *fetch, const struct request *request,
                         const struct response *response)
{
    struct fetch_request told = {
        .url = request->url,
        .page = request->page,
        .attempt = request->attempts,
        .status = response->status,
        .reason = response->reason,
        .body_bytes = (int64_t)response->body_bytes,
        .elapsed_ms = response->elapsed_ms,
    };
    if (fetch->observer->request)
        fetch->observer->request(fetch->observer->context, &told);
}

/* A server that knows nothing of page_size may refuse it; then it is left out from the first page
 * on. */
static bool is_page_size_refused(const struct fetch *fetch, const struct response *response)
{
    enum { STATUS_BAD_REQUEST = 400, STATUS_UNPROCESSABLE = 422 };
    bool refused =
        response->status == STATUS_BAD_REQUEST || response->status == STATUS_UNPROCESSABLE;
    return refused && fetch->asked.page_size > 0 && fetch->pass == 1 && fetch->pages.received == 0;
}

static void ask_without_page_size(struct fetch *fetch, struct request *request)
{
    fetch->asked.page_size = 0;
    free(request->url);
    request->url = livedesk_page_url(&fetch->asked, request->page);
    request->attempts = 0;
    request->state = REQUEST_WAITING;
    request->due_ms = 0;
}

static bool handle(struct fetch *fetch, const struct response *response, struct error *error)
{
    struct request *request = &fetch->requests[response->tag];
    struct fault_context context = {
        .url = fetch->list_url,
        .page = request->page,
        .credentials_origin = fetch->options->credentials->origin,
        .has_answered = fetch->has_answered,
    };
    tell_request(fetch, request, response);
    fetch->has_answered |= response->outcome == OUTCOME_ANSWERED;
    if (is_page_size_refused(fetch, response)) {
        ask_without_page_size(fetch, request);
        return true;
    }
    if (response->outcome != OUTCOME_ANSWERED || response->status != STATUS_OK) {
        enum failure failure = fault_of_response(response, &context, error);
        return try_again(fetch, request, failure, response->retry_after_ms, error);
    }

    char fault[160];
    enum body_fault body =
        livedesk_read_page(response->body, response->body_bytes, &fetch->page, fault);
    if (body == BODY_FINE)
        return store_page(fetch, request, response, error);
    fault_of_body(fault, &context, error);
    return try_again(fetch, request, body == BODY_INVALID ? FAILURE_PASSING : FAILURE_LASTING, 0,
                     error);
}

static void tell_progress(const struct fetch *fetch)
{
    struct fetch_progress progress = {
        .pass = fetch->pass,
        .pages = fetch->pages.received,
        .contacts = fetch->pages.rows,
        .expected = pages_expected_rows(&fetch->pages, fetch->result.count_first),
        .elapsed_ms = clock_monotonic_ms() - fetch->started_ms,
    };
    if (fetch->observer->progress)
        fetch->observer->progress(fetch->observer->context, &progress);
}

static bool run_pass(struct fetch *fetch, struct error *error)
{
    fetch->pages = (struct pages){0};
    fetch->result = (struct pass_result){
        .count_first = COUNT_UNKNOWN,
        .count_last = COUNT_UNKNOWN,
        .doubles_before = fetch->result.doubles,
    };
    fetch->repeated_pages = 0;
    while (!pages_done(&fetch->pages, requests_busy(fetch))) {
        start_requests(fetch);
        struct response response;
        if (transfer_wait(fetch->transfer, wait_ms(fetch), &response) &&
            !handle(fetch, &response, error))
            return false;
        tell_progress(fetch);
    }
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
        .requests = fetch->request_count,
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
        .observer = observer,
        .writer = writer,
        .asked = options->source,
        .started_ms = clock_monotonic_ms(),
        .warnings = warnings,
    };
    fetch.chance[0] = (unsigned short)fetch.started_ms;
    fetch.chance[1] = (unsigned short)getpid();
    struct transfer_options transfer = {
        .base_url = options->source.base_url,
        .connections = options->connections,
        .timeout_ms = options->timeout_ms,
        .ca_file = options->ca_file,
        .credentials = options->credentials,
    };
    if (!transfer_open(&fetch.transfer, &transfer, error))
        return false;
    fetch.list_url = livedesk_list_url(&options->source);
    fetch.requests = memory_new((size_t)options->connections, sizeof *fetch.requests);
    bool ok = run_passes(&fetch, ledger, error);
    for (int i = 0; i < options->connections; i++)
        free_request(&fetch.requests[i]);
    free(fetch.requests);
    free(fetch.list_url);
    livedesk_page_free(&fetch.page);
    transfer_close(fetch.transfer);
    return ok;
}
