#include "tally/counting.h"

#include "base/memory.h"
#include "base/thread.h"

#include <stdlib.h>

/* Belongs to the thread until it has been joined. */
struct counting {
    const struct snapshot *snapshot;
    int64_t as_of;
    const struct activity_bounds *bounds;
    pthread_t thread;
    struct tally *tally;
    bool ok;
    struct error error;
};

static void *work(void *context)
{
    struct counting *counting = context;
    counting->ok = tally_make(&counting->tally, counting->snapshot, counting->as_of,
                              counting->bounds, &counting->error);
    return NULL;
}

bool counting_begin(struct counting **begun, const struct snapshot *snapshot, int64_t as_of,
                    const struct activity_bounds *bounds, struct error *error)
{
    struct counting *counting = memory_new(1, sizeof *counting);
    counting->snapshot = snapshot;
    counting->as_of = as_of;
    counting->bounds = bounds;
    if (!thread_start(&counting->thread, work, counting)) {
        free(counting);
        return error_set(error, EXIT_UNEXPECTED, "no thread can be started to count contacts");
    }
    *begun = counting;
    return true;
}

bool counting_end(struct counting *counting, struct tally **tally, struct error *error)
{
    pthread_join(counting->thread, NULL);
    bool ok = counting->ok;
    if (ok)
        *tally = counting->tally;
    else
        *error = counting->error;
    free(counting);
    return ok;
}
