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
        .room = options->connections,
        .retries = options->retries,
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
    return count_from(slots, REQUEST_WAITING);
}

static int64_t limiter_wait(const struct slots *slots, int64_t now_ms)
{
    return rate_limiter_wait_ms(&slots->limiter, now_ms, count_from(slots, REQUEST_IN_FLIGHT));
}

bool slots_have_room(const struct slots *slots, int64_t now_ms)
{
    return slots_busy(slots) < slots->room && limiter_wait(slots, now_ms) == 0;
}

static void attempt(struct slots *slots, struct request *request, int64_t now_ms)
{
    request->state = REQUEST_IN_FLIGHT;
    request->attempts++;
    request->started_ms = now_ms;
    slots->started++;
    slots->retried += request->attempts > 1;
    rate_limiter_started(&slots->limiter, now_ms);
    transfer_start(slots->transfer, request->url, (size_t)(request - slots->requests));
}

void slots_start_due(struct slots *slots, int64_t now_ms)
{
    for (int i = 0; i < slots->room && limiter_wait(slots, now_ms) == 0; i++) {
        struct request *request = &slots->requests[i];
        if (request->state == REQUEST_WAITING && request->due_ms <= now_ms)
            attempt(slots, request, now_ms);
    }
}

void slots_start(struct slots *slots, const struct reading *reading, char *url, int64_t now_ms)
{
    struct request *request = slots->requests;
    while (request->state != REQUEST_FREE)
        request++;
    request->reading = *reading;
    request->url = url;
    attempt(slots, request, now_ms);
}

/* Where the limiter asks for no wait, nothing is left to start. */
int64_t slots_wait_ms(const struct slots *slots, int64_t now_ms, int64_t most_ms)
{
    int64_t limiter_ms = limiter_wait(slots, now_ms);
    int64_t wait = limiter_ms > 0 && limiter_ms < most_ms ? limiter_ms : most_ms;
    for (int i = 0; i < slots->room; i++) {
        const struct request *request = &slots->requests[i];
        int64_t left_ms = request->due_ms - now_ms;
        if (request->state == REQUEST_WAITING && left_ms > 0 && left_ms < wait)
            wait = left_ms;
    }
    return wait;
}

void slots_note_answer(struct slots *slots, const struct request *request,
                       const struct response *response)
{
    int64_t now_ms = clock_monotonic_ms();
    bool refused =
        response->status == STATUS_TOO_MANY_REQUESTS || response->status == STATUS_UNAVAILABLE;
    if (response->outcome == OUTCOME_TIMED_OUT)
        rate_limiter_timed_out(&slots->limiter, now_ms, request->started_ms);
    else if (refused)
        rate_limiter_refused(&slots->limiter, now_ms, request->started_ms,
                             response->retry_after_ms);
    else if (response->status == STATUS_OK)
        rate_limiter_succeeded(&slots->limiter, now_ms);
}

bool slots_retry(struct slots *slots, struct request *request, enum failure failure,
                 int64_t retry_after_ms, struct error *error)
{
    int64_t wait = retry_wait_ms(failure, request->attempts, slots->retries, retry_after_ms,
                                 erand48(slots->chance));
    if (wait < 0) {
        if (request->attempts > 1)
            error_at(error, "after %d attempts", request->attempts);
        return false;
    }
    request->state = REQUEST_WAITING;
    request->due_ms = clock_monotonic_ms() + wait;
    return true;
}

void slots_restart(struct request *request, char *url)
{
    free(request->url);
    request->url = url;
    request->attempts = 0;
    request->state = REQUEST_WAITING;
    request->due_ms = 0;
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
    free(slots->requests);
    *slots = (struct slots){0};
}
