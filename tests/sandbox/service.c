#include "service.h"

#include "base/memory.h"
#include "credentials.h"
#include "deliver.h"
#include "echo.h"
#include "journal.h"
#include "nap.h"
#include "rate.h"
#include "truth.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct service {
    const struct server_settings *settings;
    struct order *order;
    struct rate *rate; /* NULL for no limit */
    struct journal *journal;
    int stop_fd; /* becomes readable when the server ends */
};

struct service *service_open(const struct server_settings *settings, struct error *error)
{
    struct service *service = memory_new(1, sizeof *service);
    service->settings = settings;
    service->order = order_new(settings->roster, settings->ties, settings->seed);
    if (settings->requests_per_second > 0)
        service->rate = rate_new(settings->requests_per_second, settings->rate_window);
    service->stop_fd = eventfd(0, EFD_CLOEXEC);
    service->journal = journal_open(settings->log_path, error);
    if (service->journal && service->stop_fd >= 0)
        return service;
    if (service->stop_fd < 0)
        error_set(error, EXIT_UNEXPECTED, "eventfd: %s", strerror(errno));
    service_close(service);
    return NULL;
}

void service_close(struct service *service)
{
    if (!service)
        return;
    if (service->stop_fd >= 0)
        close(service->stop_fd);
    journal_close(service->journal);
    rate_free(service->rate);
    order_free(service->order);
    free(service);
}

void service_interrupt(struct service *service)
{
    eventfd_write(service->stop_fd, 1);
}

static enum MHD_Result add_parameter(void *state, enum MHD_ValueKind kind, const char *key,
                                     const char *value)
{
    (void)kind;
    request_add(state, key, value);
    return MHD_YES;
}

static struct request read_request(const struct service *service, struct MHD_Connection *connection)
{
    struct request request =
        request_new(roster_contacts(service->settings->roster), service->settings->dialect);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, add_parameter, &request);
    return request;
}

static void check_credentials(struct service *service, struct MHD_Connection *connection,
                              struct plan *plan)
{
    const struct server_settings *settings = service->settings;
    switch (credentials_check(connection, settings->key, settings->secret)) {
    case CREDENTIALS_RIGHT:
        journal_authorize(service->journal, true);
        return;
    case CREDENTIALS_WRONG:
        plan_refuse(plan, MHD_HTTP_UNAUTHORIZED, "Invalid access token");
        break;
    case CREDENTIALS_FORBIDDEN:
        plan_refuse(plan, MHD_HTTP_FORBIDDEN, "You are not authorized to do this action");
        break;
    }
    journal_authorize(service->journal, false);
}

static void check_request(const struct service *service, const struct request *request,
                          struct plan *plan)
{
    if (request->complaint)
        plan_refuse(plan, MHD_HTTP_BAD_REQUEST, request->complaint);
    else if (request->asked_page_size && service->settings->page_size_mode == PAGE_SIZE_REFUSE)
        plan_refuse(plan, MHD_HTTP_UNPROCESSABLE_CONTENT, "page_size is not permitted");
}

/* The rate limit and the faults simulate systems in front of the product, so they come before its
   own checks. */
static struct plan make_plan(struct service *service, struct MHD_Connection *connection,
                             const struct request *request)
{
    struct plan plan = {.status = MHD_HTTP_OK};
    if (!rate_allow(service->rate)) {
        plan_refuse(&plan, MHD_HTTP_TOO_MANY_REQUESTS, "Retry later");
        plan.has_retry_after = true;
        plan.retry_after_seconds = 1;
        return plan;
    }
    rules_apply(service->settings->rules, request->number, request->page, &plan);
    if (plan.is_reset || plan.is_endless || plan.is_replaced)
        return plan;
    check_credentials(service, connection, &plan);
    if (!plan.is_replaced)
        check_request(service, request, &plan);
    return plan;
}

static uint32_t page_size_of(const struct service *service, const struct request *request)
{
    const struct server_settings *settings = service->settings;
    if (settings->page_size_mode != PAGE_SIZE_HONOUR || request->page_size == 0)
        return DEFAULT_PAGE_SIZE;
    return request->page_size < settings->page_size_max ? (uint32_t)request->page_size
                                                        : settings->page_size_max;
}

/* A page that does not exist. */
static void go_beyond(enum beyond_mode mode, uint64_t last_page, struct request *request,
                      struct plan *plan)
{
    switch (mode) {
    case BEYOND_EMPTY:
        break;
    case BEYOND_NULL:
        plan->page.payload = PAYLOAD_NULL;
        break;
    case BEYOND_LAST:
        request->page = last_page;
        break;
    case BEYOND_NOT_FOUND:
        plan_refuse(plan, MHD_HTTP_NOT_FOUND, "no such page");
        break;
    case BEYOND_BAD_REQUEST:
        plan_refuse(plan, MHD_HTTP_BAD_REQUEST, "no such page");
        break;
    case BEYOND_NO_CONTENT:
        plan_replace(plan, MHD_HTTP_NO_CONTENT, NULL);
        break;
    }
}

/* The page shows the list as it is now, whatever changes before it arrives. */
static void make_page(struct service *service, struct request *request, struct plan *plan)
{
    struct roster *roster = service->settings->roster;
    uint32_t page_size = page_size_of(service, request);
    uint64_t last_page;
    plan->page.cap = service->settings->cap;
    roster_lock_to_read(roster);
    if (respond_is_beyond(service->order, request, page_size, &service->settings->cap, &last_page))
        go_beyond(service->settings->beyond, last_page, request, plan);
    if (!plan->is_replaced)
        respond_page(service->order, request, page_size, &plan->page, &plan->body);
    roster_unlock(roster);
}

static void fill_in_variables(struct MHD_Connection *connection, struct plan *plan)
{
    struct buffer filled = {0};
    echo_append(connection, buffer_text(&plan->body), &filled);
    buffer_free(&plan->body);
    plan->body = filled;
}

/* Returns the status, 0 for a connection that was reset. */
static unsigned answer_contacts(struct service *service, struct MHD_Connection *connection,
                                enum MHD_Result *result)
{
    struct request request = read_request(service, connection);
    request.number = journal_count(service->journal);
    struct plan plan = make_plan(service, connection, &request);
    unsigned status = 0;
    nap_ms(service->stop_fd, (uint64_t)service->settings->latency_ms + plan.stall_ms);
    changes_apply(service->settings->changes, request.number, request.page);
    if (plan.is_reset) {
        *result = deliver_reset(connection);
    } else {
        if (!plan.is_replaced && !plan.is_endless)
            make_page(service, &request, &plan);
        status = plan.status;
        if (plan.has_variables)
            fill_in_variables(connection, &plan);
        struct buffer body = plan.body;
        plan.body = (struct buffer){0};
        *result = deliver(connection, &plan, &body, service->stop_fd);
        buffer_free(&body);
    }
    plan_free(&plan);
    return status;
}

void service_connect(struct service *service)
{
    journal_connect(service->journal);
}

static unsigned answer_list(struct service *service, struct MHD_Connection *connection,
                            bool of_labels, enum MHD_Result *result)
{
    struct plan plan = {.status = MHD_HTTP_OK};
    struct buffer body = {0};
    check_credentials(service, connection, &plan);
    unsigned status = plan.status;
    if (plan.is_replaced)
        buffer_append(&body, buffer_text(&plan.body), plan.body.length);
    else if (of_labels)
        respond_labels(roster_contacts(service->settings->roster), &body);
    else
        respond_inboxes(&body);
    *result = deliver(connection, &plan, &body, service->stop_fd);
    plan_free(&plan);
    return status;
}

static unsigned answer_labels(struct service *service, struct MHD_Connection *connection,
                              enum MHD_Result *result)
{
    return answer_list(service, connection, true, result);
}

static unsigned answer_inboxes(struct service *service, struct MHD_Connection *connection,
                               enum MHD_Result *result)
{
    return answer_list(service, connection, false, result);
}

static unsigned answer_truth(struct service *service, struct MHD_Connection *connection,
                             enum MHD_Result *result)
{
    struct request request = read_request(service, connection);
    *result = truth_deliver(connection, service->settings->roster, &request.filter);
    return MHD_HTTP_OK;
}

static unsigned answer_requests(struct service *service, struct MHD_Connection *connection,
                                enum MHD_Result *result)
{
    struct plan plan = {.status = MHD_HTTP_OK};
    struct buffer body = {0};
    journal_write(service->journal, &body);
    *result = deliver(connection, &plan, &body, service->stop_fd);
    return plan.status;
}

static unsigned refuse(struct service *service, struct MHD_Connection *connection, unsigned status,
                       const char *reason, enum MHD_Result *result)
{
    struct plan plan = {.status = status};
    struct buffer body = {0};
    respond_error(reason, &body);
    *result = deliver(connection, &plan, &body, service->stop_fd);
    return status;
}

enum MHD_Result service_answer(struct service *service, struct MHD_Connection *connection,
                               const char *path, const char *method, const char *url)
{
    static const struct {
        const char *path;
        bool of_chatwoot; /* not documented for LiveDesk */
        unsigned (*answer)(struct service *, struct MHD_Connection *, enum MHD_Result *);
    } routes[] = {
        {"/api/v2/accounts/contacts", false, answer_contacts},
        {"/api/v2/accounts/labels", true, answer_labels},
        {"/api/v2/accounts/inboxes", true, answer_inboxes},
        {"/__truth", false, answer_truth},
        {"/__requests", false, answer_requests},
    };
    bool is_chatwoot = service->settings->dialect == DIALECT_CHATWOOT;
    /* Reads this first: a reset connection must not be used any more. */
    bool had_credentials = credentials_present(connection);
    enum MHD_Result result = MHD_NO;
    unsigned status = MHD_HTTP_NOT_FOUND;
    size_t at = 0;
    while (at < sizeof routes / sizeof *routes &&
           (strcmp(path, routes[at].path) != 0 || (routes[at].of_chatwoot && !is_chatwoot)))
        at++;
    if (strcmp(method, MHD_HTTP_METHOD_GET) != 0)
        status = refuse(service, connection, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET", &result);
    else if (at == sizeof routes / sizeof *routes)
        status = refuse(service, connection, status, "no such resource", &result);
    else
        status = routes[at].answer(service, connection, &result);
    journal_answer(service->journal, method, url, status, had_credentials);
    return result;
}
