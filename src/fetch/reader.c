#include "fetch/reader.h"

#include "base/clock.h"
#include "base/memory.h"
#include "fetch/credentials.h"
#include "fetch/fault.h"
#include "fetch/intake.h"
#include "fetch/pace.h"
#include "fetch/retry.h"
#include "fetch/transfer.h"
#include "model/ledger.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    TICK_MS = 200, /* how often progress is told while nothing arrives */
    STATUS_OK = 200,
    STATUS_TOO_MANY_REQUESTS = 429,
    STATUS_UNAVAILABLE = 503,
};

/* In this order, those of and above a state can be counted. */
enum request_state {
    REQUEST_FREE,
    REQUEST_WAITING,  /* for its next attempt */
    REQUEST_ANSWERED, /* the body is being read, or the page stored */
    REQUEST_UNDER_WAY,
};

/* The reading of one page, through all its attempts. */
struct request {
    enum request_state state;
    int64_t page;
    struct reading reading; /* of that page */
    int attempts;
    int64_t started_ms; /* the latest attempt */
    int64_t due_ms;     /* of REQUEST_WAITING: when to try again, on the monotonic clock */
    char *url;
};

struct reader {
    const struct fetch_options *options;
    const struct fetch_observer *observer;
    struct transfer *transfer;
    struct intake *intake;
    struct pace pace;
    struct request *requests; /* as many as connections */
    char *list_url;           /* for messages */
    int64_t request_count;
    int64_t opened_ms;
    bool has_answered;
    unsigned short chance[3];

    /* of the pass under way */
    int pass;
    struct source *asked;
    int64_t pass_began_ms;
    int64_t rows_before; /* records of the pass that an earlier run has received */
    struct course course;
};

static int count_requests(const struct reader *reader, enum request_state least)
{
    int count = 0;
    for (int i = 0; i < reader->options->connections; i++)
        count += reader->requests[i].state >= least;
    return count;
}

static void free_request(struct request *request)
{
    free(request->url);
    *request = (struct request){0};
}

static bool may_start(const struct reader *reader, int64_t now_ms)
{
    return pace_wait_ms(&reader->pace, now_ms, count_requests(reader, REQUEST_UNDER_WAY)) == 0;
}

static void start(struct reader *reader, struct request *request, int64_t now_ms)
{
    request->state = REQUEST_UNDER_WAY;
    request->attempts++;
    request->started_ms = now_ms;
    reader->request_count++;
    pace_started(&reader->pace, now_ms);
    transfer_start(reader->transfer, request->url, (size_t)(request - reader->requests));
}

/* Starts what is due again, and then as many further pages as the pace allows. */
static void start_requests(struct reader *reader, int64_t now_ms)
{
    for (int i = 0; i < reader->options->connections && may_start(reader, now_ms); i++) {
        struct request *request = &reader->requests[i];
        if (request->state == REQUEST_WAITING && request->due_ms <= now_ms)
            start(reader, request, now_ms);
    }
    for (int i = 0; i < reader->options->connections && may_start(reader, now_ms); i++) {
        struct request *request = &reader->requests[i];
        if (request->state != REQUEST_FREE)
            continue;
        if (!course_next(&reader->course, count_requests(reader, REQUEST_WAITING),
                         &request->reading))
            break;
        request->page = request->reading.page;
        request->url = livedesk_page_url(reader->asked, request->page);
        start(reader, request, now_ms);
    }
}

/* How long to wait for answers before something else has to be done. At that same moment all that
   could start has been started: a pace without a wait then has nothing to wait for. */
static int64_t wait_ms(const struct reader *reader, int64_t now_ms)
{
    int64_t pace_ms =
        pace_wait_ms(&reader->pace, now_ms, count_requests(reader, REQUEST_UNDER_WAY));
    int64_t wait = pace_ms > 0 && pace_ms < TICK_MS ? pace_ms : TICK_MS;
    for (int i = 0; i < reader->options->connections; i++) {
        const struct request *request = &reader->requests[i];
        int64_t left_ms = request->due_ms - now_ms;
        if (request->state == REQUEST_WAITING && left_ms > 0 && left_ms < wait)
            wait = left_ms;
    }
    return wait;
}

/* Puts the request off until its next attempt, or gives up: then `error` stands as it is. */
static bool try_again(struct reader *reader, struct request *request, enum failure failure,
                      int64_t retry_after_ms, struct error *error)
{
    int64_t wait = retry_wait_ms(failure, request->attempts, reader->options->retries,
                                 retry_after_ms, erand48(reader->chance));
    if (wait < 0) {
        if (request->attempts > 1)
            error_at(error, "after %d attempts", request->attempts);
        return false;
    }
    request->state = REQUEST_WAITING;
    request->due_ms = clock_monotonic_ms() + wait;
    return true;
}

static void tell_request(const struct reader *reader, const struct request *request,
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
    if (reader->observer->request)
        reader->observer->request(reader->observer->context, &told);
}

static void tell_pace(struct reader *reader, const struct request *request,
                      const struct response *response)
{
    int64_t now_ms = clock_monotonic_ms();
    bool refused =
        response->status == STATUS_TOO_MANY_REQUESTS || response->status == STATUS_UNAVAILABLE;
    if (response->outcome == OUTCOME_TIMED_OUT)
        pace_timed_out(&reader->pace, now_ms, request->started_ms);
    else if (refused)
        pace_refused(&reader->pace, now_ms, request->started_ms, response->retry_after_ms);
    else if (response->status == STATUS_OK)
        pace_succeeded(&reader->pace, now_ms);
}

/* A server that knows nothing of page_size may refuse it; then it is left out from the first page
   on. */
static bool is_page_size_refused(const struct reader *reader, const struct response *response)
{
    return fault_may_be_page_size(response->status) && reader->asked->page_size > 0 &&
           reader->pass == 1 && reader->course.pages.received == 0;
}

static void ask_without_page_size(struct reader *reader, struct request *request)
{
    reader->asked->page_size = 0;
    free(request->url);
    request->url = livedesk_page_url(reader->asked, request->page);
    request->attempts = 0;
    request->state = REQUEST_WAITING;
    request->due_ms = 0;
}

static struct fault_context context_of(const struct reader *reader, const struct request *request)
{
    return (struct fault_context){
        .url = reader->list_url,
        .page = request->page,
        .credentials_origin = reader->options->credentials->origin,
        .has_answered = reader->has_answered,
    };
}

static void give_body(struct reader *reader, struct request *request,
                      const struct response *response)
{
    const struct page_read read = {
        .number = request->page,
        .time = {response->server_time, response->elapsed_ms},
        .requests = reader->request_count,
        .is_again = request->reading.kind != READING_FIRST,
    };
    struct buffer body = {0};
    transfer_exchange_body(reader->transfer, &body);
    intake_give(reader->intake, response->tag, &read, request->reading.kind != READING_POST, &body);
    transfer_exchange_body(reader->transfer, &body);
    request->state = REQUEST_ANSWERED;
}

static bool handle(struct reader *reader, const struct response *response, struct error *error)
{
    struct request *request = &reader->requests[response->tag];
    tell_request(reader, request, response);
    tell_pace(reader, request, response);
    struct fault_context context = context_of(reader, request);
    reader->has_answered |= response->outcome == OUTCOME_ANSWERED;
    if (is_page_size_refused(reader, response)) {
        ask_without_page_size(reader, request);
        return true;
    }
    if (response->outcome == OUTCOME_ANSWERED && response->status == STATUS_OK) {
        give_body(reader, request, response);
        return true;
    }
    enum failure failure = fault_of_response(response, &context, error);
    return try_again(reader, request, failure, response->retry_after_ms, error);
}

static bool handle_arrival(struct reader *reader, const struct arrival *arrival,
                           struct error *error)
{
    struct request *request = &reader->requests[arrival->tag];
    if (arrival->fault == BODY_FINE) {
        course_receive(&reader->course, &request->reading, &arrival->page, &arrival->read.time);
        free_request(request);
        return true;
    }
    struct fault_context context = context_of(reader, request);
    fault_of_body(arrival->description, &context, error);
    return try_again(reader, request,
                     arrival->fault == BODY_INVALID ? FAILURE_PASSING : FAILURE_LASTING, 0, error);
}

static void tell_progress(const struct reader *reader, int64_t wait_ms)
{
    int64_t now_ms = clock_monotonic_ms();
    struct fetch_progress progress = {
        .pass = reader->pass,
        .contacts = reader->course.pages.rows,
        .contacts_before = reader->rows_before,
        .expected = pages_expected_rows(&reader->course.pages, reader->course.count),
        .pass_ms = now_ms - reader->pass_began_ms,
        .wait_ms = wait_ms,
        .elapsed_ms = now_ms - reader->opened_ms,
    };
    if (reader->observer->progress)
        reader->observer->progress(reader->observer->context, &progress);
}

static bool check_deadline(const struct reader *reader, struct error *error)
{
    int64_t limit_ms = reader->options->deadline_ms;
    if (limit_ms == 0 || clock_monotonic_ms() - reader->opened_ms < limit_ms)
        return true;
    error_set(error, EXIT_API, "%s: not read within %.3g s: %lld pages of pass %d were",
              reader->list_url, (double)limit_ms / 1000, (long long)reader->course.pages.received,
              reader->pass);
    return error_hint(error, "a longer --deadline gives it more time");
}

static bool take_arrivals(struct reader *reader, struct error *error)
{
    struct arrival *arrival;
    bool ok;
    while ((ok = intake_take(reader->intake, &arrival, error)) && arrival) {
        ok = handle_arrival(reader, arrival, error);
        intake_give_back(reader->intake, arrival);
        if (!ok)
            break;
    }
    return ok;
}

/* Takes all answers that are there, and all pages that are done; waits for the first. */
static bool take_answers(struct reader *reader, int64_t wait, struct error *error)
{
    struct response response;
    while (transfer_wait(reader->transfer, wait, &response)) {
        if (!handle(reader, &response, error))
            return false;
        wait = 0;
    }
    return take_arrivals(reader, error);
}

static void wake(void *context)
{
    struct reader *reader = context;
    transfer_wake(reader->transfer);
}

static bool read_pages(struct reader *reader, struct error *error)
{
    while (!course_is_over(&reader->course, count_requests(reader, REQUEST_WAITING))) {
        int64_t now_ms = clock_monotonic_ms();
        start_requests(reader, now_ms);
        if (!take_answers(reader, wait_ms(reader, now_ms), error))
            return false;
        tell_progress(reader, 0);
        if (!check_deadline(reader, error))
            return false;
    }
    return true;
}

bool reader_read_pass(struct reader *reader, struct source *asked, int pass,
                      const struct pages_seen *seen, const struct page_sink *sink,
                      struct pass_end *end, struct error *error)
{
    if (!course_begin(&reader->course, asked, seen, error))
        return false;
    reader->asked = asked;
    reader->pass = pass;
    intake_set_sink(reader->intake, sink);
    reader->pass_began_ms = clock_monotonic_ms();
    reader->rows_before = reader->course.pages.rows;
    bool ok = read_pages(reader, error);
    *end = course_end(&reader->course);
    return ok;
}

bool reader_pause(struct reader *reader, int64_t wait_s, struct error *error)
{
    int64_t until_ms = clock_monotonic_ms() + wait_s * 1000;
    int64_t left_ms;
    while ((left_ms = until_ms - clock_monotonic_ms()) > 0) {
        tell_progress(reader, left_ms);
        clock_sleep_ms(TICK_MS);
        if (!check_deadline(reader, error))
            return false;
    }
    return true;
}

bool reader_open(struct reader **opened, const struct fetch_options *options,
                 const struct fetch_observer *observer, struct error *error)
{
    struct reader *reader = memory_new(1, sizeof *reader);
    struct transfer_options transfer = {
        .base_url = options->source.base_url,
        .connections = options->connections,
        .timeout_ms = options->timeout_ms,
        .ca_file = options->ca_file,
        .credentials = options->credentials,
    };
    reader->options = options;
    reader->observer = observer;
    reader->list_url = livedesk_list_url(&options->source);
    reader->opened_ms = clock_monotonic_ms();
    reader->pace = pace_begin(options->connections, (double)options->rate, reader->opened_ms);
    reader->chance[0] = (unsigned short)reader->opened_ms;
    reader->chance[1] = (unsigned short)getpid();
    reader->requests = memory_new((size_t)options->connections, sizeof *reader->requests);
    if (!transfer_open(&reader->transfer, &transfer, error) ||
        !intake_open(&reader->intake, (size_t)options->connections, wake, reader, error)) {
        reader_close(reader);
        return false;
    }
    *opened = reader;
    return true;
}

int64_t reader_request_count(const struct reader *reader)
{
    return reader->request_count;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    for (int i = 0; i < reader->options->connections; i++)
        free_request(&reader->requests[i]);
    free(reader->requests);
    free(reader->list_url);
    intake_close(reader->intake); /* it wakes the transfer */
    transfer_close(reader->transfer);
    free(reader);
}
