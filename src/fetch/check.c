#include "fetch/check.h"

#include "base/clock.h"
#include "fetch/api/livedesk.h"
#include "fetch/http/credentials.h"
#include "fetch/http/status.h"
#include "fetch/http/transfer.h"
#include "fetch/request/fault.h"
#include "model/ledger.h"

#include <stdlib.h>

struct checking {
    struct transfer *transfer;
    struct source source;
    const struct credentials *credentials;
    struct livedesk_page page;
    int status; /* of the last answer */
    struct check *check;
    int answers;
};

enum page_size_kind check_page_size_kind(int64_t asked, int64_t records, int64_t asked_less,
                                         int64_t records_less)
{
    if (records <= 1)
        return PAGE_SIZE_OPEN;
    if (records_less > asked_less)
        return PAGE_SIZE_IGNORED;
    return records < asked ? PAGE_SIZE_CAPPED : PAGE_SIZE_HONOURED;
}

static void note_answer(struct checking *checking, const struct response *response)
{
    struct check *check = checking->check;
    if (checking->answers < CHECK_ANSWERS)
        check->answers_ms[checking->answers++] = response->elapsed_ms;
    if (response->server_time > 0) {
        check->has_clock = true;
        check->clock_ahead_s = response->server_time - clock_wall_seconds();
    }
}

static bool explain(struct checking *checking, const struct response *response, struct error *error)
{
    char *url = livedesk_list_url(&checking->source);
    struct fault_context context = {
        .url = url,
        .page = 1,
        .credentials_origin = checking->credentials->origin,
        .secrets = transfer_secrets(checking->transfer),
    };
    char description[160];
    enum body_fault fault = BODY_INVALID;
    if (response->outcome != OUTCOME_ANSWERED || response->status != STATUS_OK) {
        fault_of_response(response, &context, error);
    } else {
        fault =
            livedesk_read_page(response->body, response->body_bytes, &checking->page, description);
        if (fault == BODY_MESSAGE)
            fault_of_message(response->body, response->body_bytes, &context, error);
        else if (fault != BODY_FINE)
            fault_of_body(description, &context, error);
    }
    free(url);
    return fault == BODY_FINE;
}

/* Asks for the first page. `page_size` 0 leaves the size to the server. */
static bool ask(struct checking *checking, int64_t page_size, struct error *error)
{
    enum { TICK_MS = 1000 }; /* the transfer has its own time-out */
    checking->source.page_size = page_size;
    char *url = livedesk_page_url(&checking->source, 1);
    struct response response;
    transfer_start(checking->transfer, url, 0);
    while (!transfer_wait(checking->transfer, TICK_MS, &response)) {
        /* until it has answered or failed */
    }
    free(url);
    checking->status = response.status;
    note_answer(checking, &response);
    return explain(checking, &response, error);
}

static bool find_page_size(struct checking *checking, int64_t asked, struct error *error)
{
    struct check *check = checking->check;
    bool ok = ask(checking, asked, error);
    bool refused = fault_may_be_page_size(checking->status);
    if (!ok && refused)
        ok = ask(checking, 0, error);
    if (!ok)
        return false;
    check->count = checking->page.count;
    check->page_records = checking->page.records;
    if (refused) {
        check->page_size = PAGE_SIZE_REFUSED;
        return true;
    }
    int64_t less = check->page_records > 1 ? check->page_records / 2 : 1;
    if (!ask(checking, less, error))
        return false;
    check->page_size =
        check_page_size_kind(asked, check->page_records, less, checking->page.records);
    /* A page with fewer than asked for is no cap if it holds all contacts. */
    if (check->page_size == PAGE_SIZE_CAPPED && check->count <= check->page_records)
        check->page_size = PAGE_SIZE_HONOURED;
    return true;
}

static int compare_ms(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

bool check_server(const struct source *source, const struct credentials *credentials,
                  const char *ca_file, int64_t timeout_ms, struct check *check, struct error *error)
{
    struct transfer_options options = {
        .base_url = source->base_url,
        .connections = 1,
        .timeout_ms = timeout_ms,
        .ca_file = ca_file,
        .credentials = credentials,
    };
    struct checking checking = {.source = *source, .credentials = credentials, .check = check};
    *check = (struct check){.count = COUNT_UNKNOWN};
    if (!transfer_open(&checking.transfer, &options, error))
        return false;
    bool ok = find_page_size(&checking, source->page_size, error);
    int64_t settled = check->page_size == PAGE_SIZE_REFUSED ? 0 : source->page_size;
    while (ok && checking.answers < CHECK_ANSWERS)
        ok = ask(&checking, settled, error);
    qsort(check->answers_ms, CHECK_ANSWERS, sizeof *check->answers_ms, compare_ms);
    livedesk_page_free(&checking.page);
    transfer_close(checking.transfer);
    return ok;
}
