#include "fetch/fetch.h"

#include "base/clock.h"
#include "base/memory.h"
#include "fetch/credentials.h"
#include "fetch/fault.h"
#include "fetch/livedesk.h"
#include "fetch/pages.h"
#include "fetch/retry.h"
#include "fetch/transfer.h"
#include "fetch/verdict.h"
#include "snapshot/writer.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    TICK_MS = 200,           /* how often progress is told while nothing arrives */
    REPEATED_PAGES_MAX = 20, /* pages behind the expected end that bring nothing new */
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

struct fetch {
    const struct fetch_options *options;
    const struct fetch_observer *observer;
    struct snapshot_writer *writer;
    struct transfer *transfer;
    char *list_url;           /* for messages */
    struct request *requests; /* as many as connections */
    struct livedesk_page page;
    int64_t started_ms;
    int64_t hold_until_ms; /* the server asked to be left alone until then */
    bool has_answered;
    unsigned short chance[3];

    /* of the pass under way */
    int pass;
    struct pages pages;
    struct pass_result result;
    int64_t repeated_pages;

    int64_t unique;
    int64_t duplicates;
    int64_t request_count;
    int64_t count_first;
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
            request->url = livedesk_page_url(&fetch->options->source, request->page);
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
        if (request->state == REQUEST_WAITING && request->due_ms - now_ms < wait)
            wait = request->due_ms > now_ms ? request->due_ms - now_ms : 1;
    }
    if (fetch->hold_until_ms > now_ms && fetch->hold_until_ms - now_ms < wait)
        wait = fetch->hold_until_ms - now_ms;
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
        fetch->unique += stored == STORED_NEW;
        result->appeared += stored == STORED_NEW || stored == STORED_LONG_AGO;
        *doubles += stored == STORED_TWICE_IN_PASS;
    }
    fetch->result.doubles += *doubles;
    return true;
}

static void note_count(struct fetch *fetch, int64_t page)
{
    if (page == 1)
        fetch->result.count_first = fetch->page.count;
    if (page == 1 && fetch->pass == 1)
        fetch->count_first = fetch->page.count;
    fetch->result.count_last = fetch->page.count;
}

/* A server that pays no heed to the page number would keep a client reading for ever. */
static bool check_repetition(struct fetch *fetch, const struct request *request, int64_t doubles,
                             struct error *error)
{
    int64_t rows = fetch->page.rows;
    if (request->page <= fetch->pages.expected_last || rows == 0 || doubles < rows)
        fetch->repeated_pages = 0;
    else if (++fetch->repeated_pages > REPEATED_PAGES_MAX)
        return error_set(error, EXIT_API,
                         "%s: the server sends the same contacts again, page after page",
                         fetch->list_url);
    return true;
}

static bool store_page(struct fetch *fetch, struct request *request, struct error *error)
{
    int64_t doubles = 0;
    if (!store_contacts(fetch, &doubles, error))
        return false;
    fetch->result.rows += fetch->page.rows;
    fetch->result.rejected += fetch->page.rows - (int64_t)fetch->page.contact_count;
    if (fetch->pass == 1)
        warnings_add(fetch->warnings, &fetch->page.warnings);
    note_count(fetch, request->page);
    pages_receive(&fetch->pages, request->page, fetch->page.rows, fetch->page.count);
    bool ok = check_repetition(fetch, request, doubles, error);
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
    if (response->outcome != OUTCOME_ANSWERED || response->status != STATUS_OK) {
        enum failure failure = fault_of_response(response, &context, error);
        return try_again(fetch, request, failure, response->retry_after_ms, error);
    }

    char fault[160];
    enum body_fault body =
        livedesk_read_page(response->body, response->body_bytes, &fetch->page, fault);
    if (body == BODY_FINE)
        return store_page(fetch, request, error);
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

static bool fill_ledger(struct fetch *fetch, bool complete, struct ledger *ledger,
                        struct error *error)
{
    int64_t created = snapshot_writer_count_created_since(fetch->writer,
                                                          fetch->options->source.started_at, error);
    if (created < 0)
        return false;
    int64_t count_last = fetch->result.count_last;
    /* With a search the server may count one page only; that is no count of the contacts. */
    if (fetch->options->source.q && fetch->count_first != fetch->result.rows) {
        fetch->count_first = COUNT_UNKNOWN;
        count_last = COUNT_UNKNOWN;
    }
    bool counted = fetch->count_first != COUNT_UNKNOWN && count_last != COUNT_UNKNOWN;
    int64_t removed = counted ? fetch->count_first + created - count_last : 0;
    *ledger = (struct ledger){
        .complete = complete,
        .count_first = fetch->count_first,
        .count_last = count_last,
        .unique = fetch->unique,
        .duplicates = fetch->duplicates,
        .created_during = created,
        .removed_during = removed > 0 ? removed : 0,
        .passes = fetch->pass,
        .requests = fetch->request_count,
    };
    return true;
}

static bool run_passes(struct fetch *fetch, struct ledger *ledger, struct error *error)
{
    bool count_is_whole = fetch->options->source.q == NULL;
    bool complete = false;
    while (!complete && fetch->pass < FETCH_PASSES_MAX) {
        fetch->pass++;
        if (!run_pass(fetch, error))
            return false;
        complete = verdict_is_complete(&fetch->result, fetch->pass, count_is_whole);
    }
    return fill_ledger(fetch, complete, ledger, error);
}

bool fetch_run(const struct fetch_options *options, struct snapshot_writer *writer,
               const struct fetch_observer *observer, struct ledger *ledger,
               struct warnings *warnings, struct error *error)
{
    struct fetch fetch = {
        .options = options,
        .observer = observer,
        .writer = writer,
        .started_ms = clock_monotonic_ms(),
        .count_first = COUNT_UNKNOWN,
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
