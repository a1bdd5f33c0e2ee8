#include "fetch/reader.h"

#include "base/clock.h"
#include "base/memory.h"
#include "fetch/facts.h"
#include "fetch/http/credentials.h"
#include "fetch/http/status.h"
#include "fetch/http/transfer.h"
#include "fetch/intake.h"
#include "fetch/request/fault.h"
#include "fetch/request/slots.h"
#include "model/ledger.h"

#include <stdlib.h>

enum { TICK_MS = 200 }; /* how often progress is reported while nothing arrives */

struct reader {
    const struct fetch_options *options;
    const struct fetch_observer *observer;
    struct transfer *transfer;
    struct intake *intake;
    struct slots slots;
    char *list_url; /* for messages */
    int64_t opened_ms;
    bool has_answered;

    /* of the current pass */
    int pass;
    struct source *asked;
    int64_t pass_began_ms;
    int64_t records_before; /* records that an earlier run received */
    struct page_plan plan;
    struct facts_columns columns; /* of the page at hand */
};

/* Starts attempts that are due again, then further pages, as far as the rate limiter allows. */
static void start_requests(struct reader *reader, int64_t now_ms)
{
    struct slots *slots = &reader->slots;
    struct reading reading;
    slots_start_due(slots, now_ms);
    while (slots_have_room(slots, now_ms) &&
           page_plan_next(&reader->plan, slots_busy(slots), &reading))
        slots_start(slots, &reading, livedesk_page_url(reader->asked, reading.page), now_ms);
}

static void report_request(const struct reader *reader, const struct request *request,
                           const struct response *response)
{
    struct fetch_request ended = {
        .url = request->url,
        .page = request->reading.page,
        .attempt = request->attempts,
        .status = response->status,
        .reason = response->reason,
        .body_bytes = (int64_t)response->body_bytes,
        .elapsed_ms = response->elapsed_ms,
    };
    if (reader->observer->request)
        reader->observer->request(reader->observer->context, &ended);
}

/* A server may refuse page_size. If it does so for the first page, all are asked for without it. */
static bool is_page_size_refused(const struct reader *reader, int64_t page,
                                 const struct response *response)
{
    return fault_may_be_page_size(response->status) && reader->asked->page_size > 0 &&
           reader->pass == 1 && page == 1 && reader->plan.paginator.received == 0;
}

static void ask_without_page_size(struct reader *reader, struct request *request)
{
    reader->asked->page_size = 0;
    slots_restart(&reader->slots, request, livedesk_page_url(reader->asked, request->reading.page));
}

static struct fault_context context_of(const struct reader *reader, const struct request *request)
{
    return (struct fault_context){
        .url = reader->list_url,
        .page = request->reading.page,
        .credentials_origin = reader->options->credentials->origin,
        .secrets = transfer_secrets(reader->transfer),
        .has_answered = reader->has_answered,
    };
}

static void give_body(struct reader *reader, struct request *request,
                      const struct response *response)
{
    const struct page_read read = {
        .number = request->reading.page,
        .time = {response->server_time, response->elapsed_ms},
        .requests = reader->slots.started,
        .retries = reader->slots.retried,
        .is_again = request->reading.kind != READING_FIRST,
        .start = page_plan_start(&reader->plan),
    };
    struct buffer body = {0};
    transfer_exchange_body(reader->transfer, &body);
    intake_give(reader->intake, response->tag, &read, reading_is_stored(request->reading.kind),
                &body);
    transfer_exchange_body(reader->transfer, &body);
    request->state = REQUEST_ANSWERED;
}

/* Servers answer so if there is no such page. */
static bool may_mean_no_page(const struct response *response)
{
    return response->outcome == OUTCOME_ANSWERED &&
           (response->status == STATUS_NO_CONTENT || response->status == STATUS_NOT_FOUND ||
            fault_may_be_page_size(response->status));
}

static void receive_odd_end(struct reader *reader, struct request *request,
                            const struct answer_time *time)
{
    const struct page_facts facts = {
        .count = COUNT_UNKNOWN,
        .server_time = time->server_time,
        .elapsed_ms = time->elapsed_ms,
        .is_odd_end = true,
    };
    page_plan_receive(&reader->plan, &request->reading, &facts);
    slots_release(request);
}

static bool handle(struct reader *reader, const struct response *response, struct error *error)
{
    struct request *request = &reader->slots.requests[response->tag];
    report_request(reader, request, response);
    slots_note_answer(&reader->slots, request, response);
    struct fault_context context = context_of(reader, request);
    reader->has_answered |= response->outcome == OUTCOME_ANSWERED;
    if (is_page_size_refused(reader, request->reading.page, response)) {
        ask_without_page_size(reader, request);
        return true;
    }
    if (response->outcome == OUTCOME_ANSWERED && response->status == STATUS_OK) {
        give_body(reader, request, response);
        return true;
    }
    if (request->reading.may_be_behind && may_mean_no_page(response)) {
        const struct answer_time time = {response->server_time, response->elapsed_ms};
        receive_odd_end(reader, request, &time);
        return true;
    }
    enum failure failure = fault_of_response(response, &context, error);
    return slots_retry(&reader->slots, request, failure, response->retry_after_ms, error);
}

static bool handle_arrival(struct reader *reader, const struct arrival *arrival,
                           struct error *error)
{
    struct request *request = &reader->slots.requests[arrival->tag];
    if (arrival->fault == BODY_FINE) {
        struct page_facts facts = facts_of_page(&arrival->page, &arrival->read.time,
                                                reader->asked->sort, &reader->columns);
        page_plan_receive(&reader->plan, &request->reading, &facts);
        slots_release(request);
        return true;
    }
    if (arrival->fault == BODY_WITHOUT_LIST && request->reading.may_be_behind) {
        receive_odd_end(reader, request, &arrival->read.time);
        return true;
    }
    struct fault_context context = context_of(reader, request);
    if (arrival->fault == BODY_MESSAGE)
        fault_of_message(buffer_text(&arrival->body), arrival->body.length, &context, error);
    else
        fault_of_body(arrival->description, &context, error);
    return slots_retry(&reader->slots, request,
                       arrival->fault == BODY_EXCESSIVE ? FAILURE_LASTING : FAILURE_PASSING, 0,
                       error);
}

static void report_progress(const struct reader *reader, int64_t wait_ms)
{
    int64_t now_ms = clock_monotonic_ms();
    struct fetch_progress progress = {
        .pass = reader->pass,
        .contacts = reader->plan.paginator.records,
        .contacts_before = reader->records_before,
        .expected = paginator_expected_records(&reader->plan.paginator, reader->plan.count),
        .pass_ms = now_ms - reader->pass_began_ms,
        .wait_ms = wait_ms,
        .elapsed_ms = now_ms - reader->opened_ms,
    };
    struct slots_hold hold;
    if (slots_are_held(&reader->slots, now_ms, &hold))
        progress.hold = (struct fetch_hold){hold.ms, hold.is_asked, hold.status};
    if (reader->observer->progress)
        reader->observer->progress(reader->observer->context, &progress);
}

static bool check_deadline(const struct reader *reader, struct error *error)
{
    int64_t limit_ms = reader->options->deadline_ms;
    if (limit_ms == 0 || clock_monotonic_ms() - reader->opened_ms < limit_ms)
        return true;
    error_set(error, EXIT_API, "%s: not read within %.3g s: %lld pages of pass %d were",
              reader->list_url, (double)limit_ms / 1000, (long long)reader->plan.paginator.received,
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

/* Waits for an answer, then takes all that have come and all pages that have been stored. */
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
    while (!page_plan_is_over(&reader->plan, slots_busy(&reader->slots))) {
        int64_t now_ms = clock_monotonic_ms();
        start_requests(reader, now_ms);
        if (!take_answers(reader, slots_wait_ms(&reader->slots, now_ms, TICK_MS), error))
            return false;
        report_progress(reader, 0);
        if (!check_deadline(reader, error))
            return false;
    }
    return true;
}

bool reader_read_pass(struct reader *reader, struct source *asked, int pass,
                      const struct pages_seen *seen, const struct page_sink *sink,
                      struct pass_end *end, struct error *error)
{
    struct page_plan_rules rules = page_plan_rules_of(asked);
    if (!page_plan_begin(&reader->plan, &rules, seen, error))
        return false;
    reader->asked = asked;
    reader->pass = pass;
    intake_set_sink(reader->intake, sink);
    reader->pass_began_ms = clock_monotonic_ms();
    reader->records_before = reader->plan.paginator.records;
    bool ok = read_pages(reader, error);
    *end = page_plan_end(&reader->plan);
    return ok;
}

void reader_find_ties(struct reader *reader)
{
    ties_find(&reader->plan.ties);
}

int64_t reader_tied_pages(const struct reader *reader)
{
    return ties_pages(&reader->plan.ties);
}

bool reader_read_ties(struct reader *reader, struct error *error)
{
    page_plan_begin_round(&reader->plan);
    bool ok = read_pages(reader, error);
    page_plan_end_round(&reader->plan);
    return ok;
}

bool reader_peek(struct reader *reader, struct source *asked, int64_t page,
                 const struct page_facts **facts, struct error *error)
{
    struct source *before = reader->asked;
    reader->asked = asked;
    page_plan_peek(&reader->plan, page);
    bool ok = read_pages(reader, error);
    page_plan_end_peek(&reader->plan);
    reader->asked = before;
    *facts = &reader->plan.peek.facts;
    return ok;
}

const struct page_ids *reader_first_page(const struct reader *reader)
{
    return &reader->plan.first;
}

bool reader_pause(struct reader *reader, int64_t wait_s, struct error *error)
{
    int64_t until_ms = clock_monotonic_ms() + wait_s * 1000;
    int64_t left_ms;
    while ((left_ms = until_ms - clock_monotonic_ms()) > 0) {
        report_progress(reader, left_ms);
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
    struct slots_options slots = {
        .connections = options->connections,
        .retries = options->retries,
        .patience_ms = options->patience_ms,
        .rate = (double)options->rate,
    };
    reader->options = options;
    reader->observer = observer;
    reader->list_url = livedesk_list_url(&options->source);
    reader->opened_ms = clock_monotonic_ms();
    if (!transfer_open(&reader->transfer, &transfer, error) ||
        !intake_open(&reader->intake, (size_t)options->connections, wake, reader, error)) {
        reader_close(reader);
        return false;
    }
    slots_open(&reader->slots, reader->transfer, &slots, reader->opened_ms);
    *opened = reader;
    return true;
}

int64_t reader_request_count(const struct reader *reader)
{
    return reader->slots.started;
}

int64_t reader_retry_count(const struct reader *reader)
{
    return reader->slots.retried;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    slots_close(&reader->slots);
    page_plan_free(&reader->plan);
    free(reader->list_url);
    intake_close(reader->intake); /* before the transfer, which it wakes */
    transfer_close(reader->transfer);
    free(reader);
}
