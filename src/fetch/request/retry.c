#include "fetch/request/retry.h"

#include "fetch/http/status.h"

enum failure retry_status_failure(int status)
{
    if (status == STATUS_REQUEST_TIMEOUT || status == STATUS_TOO_MANY_REQUESTS)
        return FAILURE_PASSING;
    return status >= STATUS_SERVER_ERRORS && status != STATUS_NOT_IMPLEMENTED ? FAILURE_PASSING
                                                                              : FAILURE_LASTING;
}

static int retries_allowed(enum failure failure, int retries_max)
{
    switch (failure) {
    case FAILURE_PASSING:
        return retries_max;
    case FAILURE_UNLIKELY:
        return retries_max < RETRY_FEW ? retries_max : RETRY_FEW;
    case FAILURE_LASTING:
        break;
    }
    return 0;
}

int64_t retry_wait_ms(enum failure failure, int attempts, int retries_max, int64_t retry_after_ms,
                      double chance)
{
    if (attempts > retries_allowed(failure, retries_max) || retry_after_ms > RETRY_AFTER_MS_MAX)
        return -1;
    int64_t wait_ms = RETRY_FIRST_WAIT_MS;
    for (int i = 1; i < attempts && wait_ms < RETRY_WAIT_MS_MAX; i++)
        wait_ms *= 2;
    if (wait_ms > RETRY_WAIT_MS_MAX)
        wait_ms = RETRY_WAIT_MS_MAX;
    /* Between half and all of it, so that clients that failed together do not retry together. */
    int64_t half_ms = wait_ms / 2;
    int64_t jittered_ms = half_ms + (int64_t)((double)half_ms * chance);
    return retry_after_ms > jittered_ms ? retry_after_ms : jittered_ms;
}

enum { SEVERAL = -1 };

void retry_note_success(struct retry_outlook *outlook, int64_t ticket)
{
    if (ticket > outlook->success_ticket)
        outlook->success_ticket = ticket;
    outlook->failing = 0;
}

/* Whether this page alone fails since the last success. */
static bool is_alone(struct retry_outlook *outlook, const struct retry_page *page, int64_t began_ms)
{
    if (outlook->failing == 0) {
        outlook->failing = page->page;
        outlook->failing_ms = began_ms;
    } else if (outlook->failing != page->page) {
        outlook->failing = SEVERAL;
    }
    return outlook->failing == page->page;
}

/* An answer that cannot be used is a success of the server's, with the attempt's own ticket. */
bool retry_note_failure(struct retry_outlook *outlook, struct retry_page *page, int64_t ticket,
                        int64_t began_ms)
{
    bool alone = is_alone(outlook, page, began_ms);
    page->failures += page->open_ticket > 0 && outlook->success_ticket > page->open_ticket;
    bool counts = outlook->success_ticket >= ticket || (alone && page->failures > 0);
    page->failures += counts;
    page->open_ticket = counts ? 0 : ticket;
    return counts;
}

int64_t retry_outage_ms(const struct retry_outlook *outlook, int64_t now_ms)
{
    return outlook->failing == 0 ? 0 : now_ms - outlook->failing_ms;
}
