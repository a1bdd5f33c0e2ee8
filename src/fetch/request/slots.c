#include "fetch/request/slots.h"

#include "base/clock.h"
#include "base/memory.h"
#include "fetch/http/status.h"

#include <stdlib.h>
#include <unistd.h>

void slots_open(struct slots *slots, struct transfer *transfer, const struct slots_options *options,
                int64_t now_ms)
{
    *slots = (struct slots){
        .transfer = transfer,
        .limiter = rate_limiter_begin(options->connections, options->rate, now_ms),
        .requests = memory_new((size_t)options->connections, sizeof *slots->requests),
        .waiting =
            memory_new((size_t)options->connections + SLOTS_WAITING_MAX, sizeof *slots->waiting),
        .room = options->connections,
        .retries = options->retries,
        .patience_ms = options->patience_ms,
        .chance = {(unsigned short)now_ms, (unsigned short)getpid()},
    };
}

static int count_from(const struct slots *slots, enum request_state least)
{
    int count = 0;
    for (int i = 0; i < slots->room; i++)
        count += slots->requests[i].state >= least;
    return count;
}

int slots_busy(const struct slots *slots)
{
    return count_from(slots, REQUEST_ANSWERED) + slots->waiting_count;
}

static int64_t limiter_wait(const struct slots *slots, int64_t now_ms)
{
    return rate_limiter_wait_ms(&slots->limiter, now_ms, count_from(slots, REQUEST_IN_FLIGHT));
}

static struct request *find_free(const struct slots *slots)
{
    for (int i = 0; i < slots->room; i++) {
        if (slots->requests[i].state == REQUEST_FREE)
            return &slots->requests[i];
    }
    return NULL;
}

/* How many pages have been opened since the earliest of those that wait. */
static int64_t pages_ahead(const struct slots *slots)
{
    int64_t ahead = 0;
    for (int i = 0; i < slots->waiting_count; i++) {
        int64_t since = slots->opened - slots->waiting[i].opened;
        ahead = since > ahead ? since : ahead;
    }
    return ahead;
}

bool slots_have_room(const struct slots *slots, int64_t now_ms)
{
    return find_free(slots) && slots->waiting_count < SLOTS_WAITING_MAX &&
           pages_ahead(slots) < SLOTS_AHEAD_MAX && limiter_wait(slots, now_ms) == 0;
}

/* In a free slot. */
static void attempt(struct slots *slots, const struct request *request, int64_t now_ms)
{
    struct request *slot = find_free(slots);
    *slot = *request;
    slot->state = REQUEST_IN_FLIGHT;
    slot->attempts++;
    slot->began_ms = now_ms;
    slot->ticket = rate_limiter_started(&slots->limiter, now_ms);
    slots->started++;
    slots->retried += slot->attempts > 1;
    transfer_start(slots->transfer, slot->url, (size_t)(slot - slots->requests));
}

/* Of those that wait, the one that is due first; NULL if there is none. */
static struct request *first_due(const struct slots *slots)
{
    struct request *first = NULL;
    for (int i = 0; i < slots->waiting_count; i++) {
        struct request *request = &slots->waiting[i];
        if (!first || request->due_ms < first->due_ms)
            first = request;
    }
    return first;
}

void slots_start_due(struct slots *slots, int64_t now_ms)
{
    struct request *first;
    while ((first = first_due(slots)) && first->due_ms <= now_ms && find_free(slots) &&
           limiter_wait(slots, now_ms) == 0) {
        struct request request = *first;
        *first = slots->waiting[--slots->waiting_count];
        attempt(slots, &request, now_ms);
    }
}

void slots_start(struct slots *slots, const struct reading *reading, char *url, int64_t now_ms)
{
    struct request request = {.reading = *reading, .url = url, .opened = ++slots->opened};
    request.record.page = request.opened;
    attempt(slots, &request, now_ms);
}

/* Where the limiter asks for no wait, nothing is left to start. */
int64_t slots_wait_ms(const struct slots *slots, int64_t now_ms, int64_t most_ms)
{
    int64_t limiter_ms = limiter_wait(slots, now_ms);
    int64_t wait = limiter_ms > 0 && limiter_ms < most_ms ? limiter_ms : most_ms;
    const struct request *first = first_due(slots);
    int64_t left_ms = first ? first->due_ms - now_ms : 0;
    return left_ms > 0 && left_ms < wait ? left_ms : wait;
}

bool slots_are_held(const struct slots *slots, int64_t now_ms, struct slots_hold *hold)
{
    enum { LEAST_MS = 1000 };
    const struct request *first = first_due(slots);
    if (!first || slots_busy(slots) > slots->waiting_count)
        return false;
    int64_t limiter_ms = limiter_wait(slots, now_ms);
    int64_t due_ms = first->due_ms - now_ms;
    *hold = (struct slots_hold){
        .ms = due_ms > limiter_ms ? due_ms : limiter_ms,
        .is_asked = slots->asked_until_ms > now_ms,
        .status = slots->failed_status,
    };
    return hold->ms >= LEAST_MS;
}

static enum attempt_end end_of(const struct response *response)
{
    int status = response->status;
    switch (response->outcome) {
    case OUTCOME_ANSWERED:
        break;
    case OUTCOME_TIMED_OUT:
    case OUTCOME_UNREACHABLE:
    case OUTCOME_REFUSED:
    case OUTCOME_BROKEN:
        return ATTEMPT_FAILED;
    default:
        return ATTEMPT_OTHER;
    }
    if (status == STATUS_OK)
        return ATTEMPT_SUCCEEDED;
    bool is_limit = status == STATUS_FORBIDDEN && response->retry_after_ms > 0;
    if (status == STATUS_TOO_MANY_REQUESTS || status == STATUS_UNAVAILABLE || is_limit)
        return ATTEMPT_REFUSED;
    return retry_status_failure(status) == FAILURE_PASSING ? ATTEMPT_FAILED : ATTEMPT_OTHER;
}

void slots_note_answer(struct slots *slots, const struct request *request,
                       const struct response *response)
{
    enum attempt_end end = end_of(response);
    int64_t now_ms = clock_monotonic_ms();
    rate_limiter_ended(&slots->limiter, now_ms, request->ticket, end, response->retry_after_ms);
    if (end == ATTEMPT_SUCCEEDED) {
        retry_note_success(&slots->outlook, request->ticket);
        return;
    }
    slots->failed_status = response->status;
    if (response->retry_after_ms > 0 && response->retry_after_ms <= RETRY_AFTER_MS_MAX &&
        now_ms + response->retry_after_ms > slots->asked_until_ms)
        slots->asked_until_ms = now_ms + response->retry_after_ms;
}

/* The request leaves its slot, and takes its URL along. */
static void put_aside(struct slots *slots, struct request *request, int64_t due_ms)
{
    request->state = REQUEST_WAITING;
    request->due_ms = due_ms;
    slots->waiting[slots->waiting_count++] = *request;
    *request = (struct request){0};
}

/* How long the request waits for its next attempt, in ms; -1: there is to be none. */
static int64_t wait_for_next(struct slots *slots, struct request *request, enum failure failure,
                             int64_t retry_after_ms, int64_t now_ms)
{
    struct retry_page *record = &request->record;
    double chance = erand48(slots->chance);
    bool counts = retry_note_failure(&slots->outlook, record, request->ticket, request->began_ms);
    if (failure != FAILURE_PASSING || slots->patience_ms == 0)
        return retry_wait_ms(failure, request->attempts, slots->retries, retry_after_ms, chance);
    if (!counts && retry_outage_ms(&slots->outlook, now_ms) >= slots->patience_ms)
        return -1;
    if (record->failures == 0)
        return retry_wait_ms(failure, 1, 1, retry_after_ms, chance);
    return retry_wait_ms(failure, record->failures, slots->retries, retry_after_ms, chance);
}

bool slots_retry(struct slots *slots, struct request *request, enum failure failure,
                 int64_t retry_after_ms, struct error *error)
{
    int64_t now_ms = clock_monotonic_ms();
    int64_t wait = wait_for_next(slots, request, failure, retry_after_ms, now_ms);
    if (wait < 0) {
        int64_t outage_ms = retry_outage_ms(&slots->outlook, now_ms);
        if (failure == FAILURE_PASSING && slots->patience_ms > 0 && outage_ms >= slots->patience_ms)
            error_at(error, "nothing succeeded for %lld s", (long long)outage_ms / 1000);
        else if (request->attempts > 1)
            error_at(error, "after %d attempts", request->attempts);
        return false;
    }
    put_aside(slots, request, now_ms + wait);
    return true;
}

void slots_restart(struct slots *slots, struct request *request, char *url)
{
    free(request->url);
    request->url = url;
    request->attempts = 0;
    put_aside(slots, request, 0);
}

void slots_release(struct request *request)
{
    free(request->url);
    *request = (struct request){0};
}

void slots_close(struct slots *slots)
{
    for (int i = 0; i < slots->room; i++)
        slots_release(&slots->requests[i]);
    for (int i = 0; i < slots->waiting_count; i++)
        slots_release(&slots->waiting[i]);
    free(slots->waiting);
    free(slots->requests);
    *slots = (struct slots){0};
}
