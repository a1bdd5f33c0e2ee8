#include "fetch/request/window.h"

#include "base/clock.h"
#include "base/memory.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    STATUS_OK = 200,
    STATUS_TOO_MANY_REQUESTS = 429,
    STATUS_UNAVAILABLE = 503,
};

void window_open(struct window *window, struct transfer *transfer,
                 const struct fetch_options *options, int64_t now_ms)
{
    *window = (struct window){
        .transfer = transfer,
        .pace = pace_begin(options->connections, (double)options->rate, now_ms),
        .requests = memory_new((size_t)options->connections, sizeof *window->requests),
        .room = options->connections,
        .retries = options->retries,
        .chance = {(unsigned short)now_ms, (unsigned short)getpid()},
    };
}

static int count_from(const struct window *window, enum request_state least)
{
    int count = 0;
    for (int i = 0; i < window->room; i++)
        count += window->requests[i].state >= least;
    return count;
}

int window_count(const struct window *window)
{
    return count_from(window, REQUEST_WAITING);
}

static int64_t pace_wait(const struct window *window, int64_t now_ms)
{
    return pace_wait_ms(&window->pace, now_ms, count_from(window, REQUEST_UNDER_WAY));
}

bool window_has_room(const struct window *window, int64_t now_ms)
{
    return window_count(window) < window->room && pace_wait(window, now_ms) == 0;
}

static void attempt(struct window *window, struct request *request, int64_t now_ms)
{
    request->state = REQUEST_UNDER_WAY;
    request->attempts++;
    request->started_ms = now_ms;
    window->started++;
    pace_started(&window->pace, now_ms);
    transfer_start(window->transfer, request->url, (size_t)(request - window->requests));
}

void window_start_due(struct window *window, int64_t now_ms)
{
    for (int i = 0; i < window->room && pace_wait(window, now_ms) == 0; i++) {
        struct request *request = &window->requests[i];
        if (request->state == REQUEST_WAITING && request->due_ms <= now_ms)
            attempt(window, request, now_ms);
    }
}

void window_start(struct window *window, const struct reading *reading, char *url, int64_t now_ms)
{
    struct request *request = window->requests;
    while (request->state != REQUEST_FREE)
        request++;
    request->reading = *reading;
    request->url = url;
    attempt(window, request, now_ms);
}

/* A pace without a wait has nothing to wait for: all that could start has been started. */
int64_t window_wait_ms(const struct window *window, int64_t now_ms, int64_t most_ms)
{
    int64_t pace_ms = pace_wait(window, now_ms);
    int64_t wait = pace_ms > 0 && pace_ms < most_ms ? pace_ms : most_ms;
    for (int i = 0; i < window->room; i++) {
        const struct request *request = &window->requests[i];
        int64_t left_ms = request->due_ms - now_ms;
        if (request->state == REQUEST_WAITING && left_ms > 0 && left_ms < wait)
            wait = left_ms;
    }
    return wait;
}

void window_note(struct window *window, const struct request *request,
                 const struct response *response)
{
    int64_t now_ms = clock_monotonic_ms();
    bool refused =
        response->status == STATUS_TOO_MANY_REQUESTS || response->status == STATUS_UNAVAILABLE;
    if (response->outcome == OUTCOME_TIMED_OUT)
        pace_timed_out(&window->pace, now_ms, request->started_ms);
    else if (refused)
        pace_refused(&window->pace, now_ms, request->started_ms, response->retry_after_ms);
    else if (response->status == STATUS_OK)
        pace_succeeded(&window->pace, now_ms);
}

bool window_try_again(struct window *window, struct request *request, enum failure failure,
                      int64_t retry_after_ms, struct error *error)
{
    int64_t wait = retry_wait_ms(failure, request->attempts, window->retries, retry_after_ms,
                                 erand48(window->chance));
    if (wait < 0) {
        if (request->attempts > 1)
            error_at(error, "after %d attempts", request->attempts);
        return false;
    }
    request->state = REQUEST_WAITING;
    request->due_ms = clock_monotonic_ms() + wait;
    return true;
}

void window_ask_anew(struct request *request, char *url)
{
    free(request->url);
    request->url = url;
    request->attempts = 0;
    request->state = REQUEST_WAITING;
    request->due_ms = 0;
}

void window_end(struct request *request)
{
    free(request->url);
    *request = (struct request){0};
}

void window_close(struct window *window)
{
    for (int i = 0; i < window->room; i++)
        window_end(&window->requests[i]);
    free(window->requests);
    *window = (struct window){0};
}
