#include "fetch/check.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/shown.h"
#include "fetch/api/livedesk.h"
#include "fetch/http/credentials.h"
#include "fetch/http/secrets.h"
#include "fetch/http/status.h"
#include "fetch/http/transfer.h"
#include "fetch/proof/passes.h"
#include "fetch/request/fault.h"
#include "model/ledger.h"

#include <stdlib.h>
#include <string.h>

const char check_unknown_key[] = "no_such_key";

const char *const check_limit_headers[CHECK_LIMITS] = {
    "RateLimit",         "RateLimit-Policy",      "RateLimit-Limit",   "RateLimit-Remaining",
    "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "RateLimit-Reset",
};

enum probe_name {
    PROBE_FIRST,   /* the first page, as the user wants it */
    PROBE_SMALLER, /* the same with a smaller page_size */
    PROBE_ASCENDING,
    PROBE_DIRECTION,
    PROBE_MINUS,
    PROBE_EMAIL,
    PROBE_SEVERAL,
    PROBE_UNKNOWN,
    PROBE_BEYOND, /* the page behind the last one */
    PROBE_LAST,
    PROBE_SECOND,
    PROBES,
};

struct checking {
    struct transfer *transfer;
    struct source source; /* of the next request */
    int64_t page;
    const struct credentials *credentials;
    struct probe probes[PROBES];
    struct check *check;
    int64_t answers_ms[CHECK_REQUESTS_MAX];
    int answers;
};

/* Servers may put into a header what they were sent. */
static void note_limits(struct checking *checking)
{
    const struct secrets *secrets = transfer_secrets(checking->transfer);
    for (size_t i = 0; i < CHECK_LIMITS; i++) {
        const char *value = transfer_header(checking->transfer, check_limit_headers[i]);
        struct buffer shown = {0};
        struct buffer hidden = {0};
        shown_append(value, strlen(value), &shown);
        secrets_append_hidden(secrets, buffer_text(&shown), &hidden);
        const char *text = buffer_text(&hidden);
        size_t bytes = shown_whole_bytes(text, CHECK_LIMIT_BYTES - 1);
        if (bytes > 0) {
            memcpy(checking->check->limits[i], text, bytes);
            checking->check->limits[i][bytes] = '\0';
        }
        buffer_free(&shown);
        buffer_free(&hidden);
    }
}

static void note_answer(struct checking *checking, const struct response *response)
{
    struct check *check = checking->check;
    check->requests++;
    if (response->outcome != OUTCOME_ANSWERED)
        return;
    if (response->status == STATUS_OK)
        checking->answers_ms[checking->answers++] = response->elapsed_ms;
    if (response->server_time > 0) {
        check->has_clock = true;
        check->clock_ahead_s = response->server_time - clock_wall_seconds();
    }
    note_limits(checking);
}

static void send(struct checking *checking, const char *url, struct response *response)
{
    enum { TICK_MS = 1000 }; /* the transfer has its own time-out */
    transfer_start(checking->transfer, url, 0);
    while (!transfer_wait(checking->transfer, TICK_MS, response)) {
        /* until it has answered or failed */
    }
    note_answer(checking, response);
}

/* Explains why the probe has no page. */
static void explain(const struct checking *checking, const struct response *response,
                    const struct probe *probe, const char *description, struct error *error)
{
    char *url = livedesk_list_url(&checking->source);
    struct fault_context context = {
        .url = url,
        .page = checking->page,
        .credentials_origin = checking->credentials->origin,
        .secrets = transfer_secrets(checking->transfer),
    };
    if (probe->status != STATUS_OK)
        fault_of_response(response, &context, error);
    else if (probe->body == BODY_MESSAGE)
        fault_of_message(response->body, response->body_bytes, &context, error);
    else
        fault_of_body(description, &context, error);
    free(url);
}

/* Asks for a page of the checking's source. False, and explained, if there is none. */
static bool ask(struct checking *checking, enum probe_name name, struct error *error)
{
    struct probe *probe = &checking->probes[name];
    struct response response;
    char description[160];
    char *url = livedesk_page_url(&checking->source, checking->page);
    send(checking, url, &response);
    free(url);
    probe->status = response.outcome == OUTCOME_ANSWERED ? response.status : 0;
    if (probe->status == STATUS_OK)
        probe->body =
            livedesk_read_page(response.body, response.body_bytes, &probe->page, description);
    bool ok = probe_has_page(probe);
    if (ok && probe->page.count != COUNT_UNKNOWN)
        checking->check->count_last = probe->page.count;
    if (!ok)
        explain(checking, &response, probe, description, error);
    return ok;
}

static bool find_page_size(struct checking *checking, struct error *error)
{
    struct check *check = checking->check;
    const int64_t asked = checking->source.page_size;
    const struct probe *first = &checking->probes[PROBE_FIRST];
    bool ok = ask(checking, PROBE_FIRST, error);
    bool refused = fault_may_be_page_size(first->status);
    if (!ok && refused) {
        checking->source.page_size = 0;
        ok = ask(checking, PROBE_FIRST, error);
    }
    if (!ok)
        return false;
    check->count = first->page.count;
    check->page_records = first->page.records;
    if (refused) {
        check->page_size = PAGE_SIZE_REFUSED;
        return true;
    }
    int64_t less = check->page_records > 1 ? check->page_records / 2 : 1;
    checking->source.page_size = less;
    if (!ask(checking, PROBE_SMALLER, error))
        return false;
    checking->source.page_size = asked;
    check->page_size = check_page_size_kind(asked, check->page_records, less,
                                            checking->probes[PROBE_SMALLER].page.records);
    return true;
}

/* Asks in another order; what becomes of it is to be found out. */
static const struct probe *ask_by(struct checking *checking, enum probe_name name, const char *sort,
                                  const char *direction)
{
    struct source source = checking->source;
    struct error ignored;
    checking->source.sort = sort;
    checking->source.direction = direction;
    ask(checking, name, &ignored);
    checking->source = source;
    return &checking->probes[name];
}

static void find_orders(struct checking *checking)
{
    struct check *check = checking->check;
    const struct probe *ascending = ask_by(checking, PROBE_ASCENDING, "created_at", "asc");
    check->by_created_at = find_ascending(ascending);
    check->by_direction =
        find_descending(ask_by(checking, PROBE_DIRECTION, "created_at", "desc"), ascending);
    check->by_minus =
        find_descending(ask_by(checking, PROBE_MINUS, "-created_at", NULL), ascending);
    const struct probe *by_email = ask_by(checking, PROBE_EMAIL, "email", "asc");
    check->by_email = find_by_email(by_email);
    check->by_several =
        find_by_several(ask_by(checking, PROBE_SEVERAL, pass_several_keys, "asc"), by_email);
    check->by_unknown = find_by_unknown(ask_by(checking, PROBE_UNKNOWN, check_unknown_key, "asc"));
}

static const struct probe *ask_page(struct checking *checking, enum probe_name name, int64_t page)
{
    struct error ignored;
    checking->page = page;
    ask(checking, name, &ignored);
    checking->page = 1;
    return &checking->probes[name];
}

/* Without a count of all contacts the page is one that surely does not exist. */
static void find_end(struct checking *checking)
{
    enum { FAR_PAGE = 1000000 };
    struct check *check = checking->check;
    const struct probe *first = &checking->probes[PROBE_FIRST];
    const struct probe *second = &checking->probes[PROBE_SECOND];
    if (check->count == check->page_records && check->count > 0)
        ask_page(checking, PROBE_SECOND, 2);
    check->counts = find_count(first, &checking->probes[PROBE_SMALLER], second);
    bool is_of_all = check->counts == COUNTS_ALL || check->counts == COUNTS_OPEN;
    /* A page with fewer than asked for is no cap if it holds all contacts. */
    if (check->page_size == PAGE_SIZE_CAPPED && is_of_all && check->count <= check->page_records)
        check->page_size = PAGE_SIZE_HONOURED;
    bool is_known = is_of_all && check->page_records > 0;
    int64_t pages = is_known            ? (check->count - 1) / check->page_records + 1
                    : check->count == 0 ? 1
                                        : FAR_PAGE;
    const struct probe *beyond =
        pages == 1 && second->status != 0 ? second : ask_page(checking, PROBE_BEYOND, pages + 1);
    const struct probe *last = pages == 1 ? first : &checking->probes[PROBE_LAST];
    bool has_contacts = probe_has_page(beyond) && beyond->page.records > 0;
    if (has_contacts && is_known && pages > 1)
        ask_page(checking, PROBE_LAST, pages);
    check->beyond = find_beyond(beyond, first, last);
}

static struct list_finding find_list(struct checking *checking, const char *name)
{
    struct list_finding finding = {0};
    struct response response;
    char *url = livedesk_resource_url(&checking->source, name);
    send(checking, url, &response);
    free(url);
    if (response.outcome == OUTCOME_ANSWERED)
        finding.status = response.status;
    finding.is_list = finding.status == STATUS_OK &&
                      livedesk_read_list(response.body, response.body_bytes, &finding.entries);
    return finding;
}

static int compare_ms(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void find_speed(struct checking *checking)
{
    int64_t *answers_ms = checking->answers_ms;
    qsort(answers_ms, (size_t)checking->answers, sizeof *answers_ms, compare_ms);
    checking->check->least_ms = answers_ms[0];
    checking->check->median_ms = answers_ms[checking->answers / 2];
    checking->check->most_ms = answers_ms[checking->answers - 1];
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
    struct checking checking = {
        .source = *source, .page = 1, .credentials = credentials, .check = check};
    *check = (struct check){.count = COUNT_UNKNOWN, .count_last = COUNT_UNKNOWN};
    if (!transfer_open(&checking.transfer, &options, error))
        return false;
    bool ok = find_page_size(&checking, error);
    if (ok) {
        find_orders(&checking);
        find_end(&checking);
        check->tie = find_tie(&checking.probes[PROBE_FIRST].page);
        check->labels = find_list(&checking, "labels");
        check->inboxes = find_list(&checking, "inboxes");
        find_speed(&checking);
    }
    for (int i = 0; i < PROBES; i++)
        livedesk_page_free(&checking.probes[i].page);
    transfer_close(checking.transfer);
    return ok;
}
