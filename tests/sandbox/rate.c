#include "rate.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct rate {
    pthread_mutex_t mutex;
    uint32_t limit;
    enum rate_window window;
    uint32_t oldest;
    int64_t times_ns[]; /* of the last `limit` requests, a ring; 0 for requests that have not come
                           yet */
};

struct rate *rate_new(uint32_t limit, enum rate_window window)
{
    struct rate *rate = memory_new(1, sizeof *rate + limit * sizeof rate->times_ns[0]);
    pthread_mutex_init(&rate->mutex, NULL);
    rate->limit = limit;
    rate->window = window;
    return rate;
}

void rate_free(struct rate *rate)
{
    if (!rate)
        return;
    pthread_mutex_destroy(&rate->mutex);
    free(rate);
}

static int64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Whether a request so long ago does not count any more. */
static bool is_past(const struct rate *rate, int64_t then_ns, int64_t now_ns)
{
    const int64_t second_ns = 1000000000;
    return rate->window == RATE_FIXED ? then_ns / second_ns < now_ns / second_ns
                                      : now_ns - then_ns >= second_ns;
}

bool rate_allow(struct rate *rate)
{
    if (!rate)
        return true;
    pthread_mutex_lock(&rate->mutex);
    int64_t now_ns = monotonic_ns();
    int64_t *oldest = &rate->times_ns[rate->oldest];
    bool is_allowed = *oldest == 0 || is_past(rate, *oldest, now_ns);
    if (is_allowed) {
        *oldest = now_ns;
        rate->oldest = (rate->oldest + 1) % rate->limit;
    }
    pthread_mutex_unlock(&rate->mutex);
    return is_allowed;
}
