#include "fetch/request/fault.h"

#include "base/buffer.h"
#include "base/shown.h"
#include "fetch/api/livedesk.h"
#include "fetch/http/secrets.h"
#include "fetch/http/status.h"
#include "fetch/http/transfer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    MESSAGE_BYTES_SHOWN = 160,
    ENCODING_BYTES_SHOWN = 40,
    ADDRESS_BYTES_SHOWN = 300,
};

/* A text cut to the whole characters in so many bytes, with dots if anything was cut off. */
static void append_cut(const char *text, size_t bytes_max, struct buffer *out)
{
    size_t bytes = shown_whole_bytes(text, bytes_max);
    buffer_append(out, text, bytes);
    if (text[bytes])
        buffer_append_text(out, "...");
}

static void add_place(const struct fault_context *context, struct error *error)
{
    error_at(error, "%s, page %" PRId64, context->url, context->page);
}

static void explain_refusal(const struct response *response, const char *message,
                            const struct fault_context *context, struct error *error)
{
    bool unknown = response->status == STATUS_UNAUTHORIZED;
    error_set(error, EXIT_UNAUTHORISED, "%d %s%s%s", response->status,
              unknown ? "unauthorized" : "forbidden", *message ? ": " : "", message);
    if (unknown)
        error_hint(error,
                   "check the API key and secret, taken from %s: are they of this account and "
                   "still valid?",
                   context->credentials_origin);
    else
        error_hint(error,
                   "the key, taken from %s, is known but may not list contacts: check its "
                   "permissions",
                   context->credentials_origin);
}

static void explain_redirect(const struct response *response, struct error *error)
{
    const char *address = response->redirect_to;
    if (!address || !*address) {
        error_set(error, EXIT_API, "%d redirects to %s", response->status,
                  address ? "an address that cannot be read" : "nowhere");
        error_hint(error, "is --base-url right? Something in front of the API may have answered");
        return;
    }
    struct buffer shown = {0};
    append_cut(address, ADDRESS_BYTES_SHOWN, &shown);
    error_set(error, EXIT_API, "%d redirects to %s", response->status, buffer_text(&shown));
    error_hint(error, "redirects are not followed, as the credentials would go along; if that is "
                      "where the API is now, say so with --base-url");
    buffer_free(&shown);
}

/* What it says is not shown: it speaks to a browser's user, about the proxy. */
static void explain_proxy(struct error *error)
{
    error_set(error, EXIT_API, "%d: the proxy on the way asks for credentials of its own",
              STATUS_PROXY_UNAUTHORIZED);
    error_hint(error, "put them into the proxy's address, which https_proxy or http_proxy holds: "
                      "http://USER:PASSWORD@HOST:PORT");
}

static void explain_encoding(const char *name, struct error *error)
{
    struct buffer harmless = {0};
    struct buffer shown = {0};
    shown_append(name, strlen(name), &harmless);
    append_cut(buffer_text(&harmless), ENCODING_BYTES_SHOWN, &shown);
    error_set(error, EXIT_API, "the answer has a Content-Encoding that cannot be undone: %s",
              buffer_text(&shown));
    error_hint(error, "something between here and the API packs answers in a way that nobody "
                      "asked for");
    buffer_free(&harmless);
    buffer_free(&shown);
}

static void explain_status(int status, const char *message, struct error *error)
{
    error_set(error, EXIT_API, "the server answered %d%s%s", status, *message ? ": " : "", message);
    if (status == STATUS_NOT_FOUND)
        error_hint(error, "is --base-url right? The path of the API is added to it");
    else if (status == STATUS_TOO_MANY_REQUESTS || status == STATUS_FORBIDDEN)
        error_hint(error, "the server's limit is lower than it seemed: try fewer --connections");
    else if (status >= STATUS_SERVER_ERRORS)
        error_hint(error, "the fault is the server's: try again later");
}

/* The unfinished fetch grows old meanwhile; --resume-within allows for that. */
static void explain_long_wait(int64_t wait_ms, struct error *error)
{
    enum { MINUTE_MS = 60 * 1000 };
    int64_t minutes = wait_ms / MINUTE_MS + (wait_ms % MINUTE_MS > 0);
    char message[sizeof error->message];
    snprintf(message, sizeof message, "%s", error->message);
    error_set(error, error->code, "%.900s; it asks for %" PRId64 " minutes of rest", message,
              minutes);
    error_hint(error,
               "rollcall waits %d minutes at most: try again when they have passed, with "
               "--resume-within %" PRId64 " if you resume",
               RETRY_AFTER_MS_MAX / MINUTE_MS,
               minutes < INT64_MAX / 60 - 60 ? minutes * 60 + 3600 : minutes);
}

/* Secrets are hidden before the text is cut, so that no part of one is left at its end. */
static void append_message(const char *body, size_t body_bytes, const struct secrets *secrets,
                           struct buffer *out)
{
    struct buffer message = {0};
    struct buffer hidden = {0};
    livedesk_server_message(body, body_bytes, &message);
    secrets_append_hidden(secrets, buffer_text(&message), &hidden);
    append_cut(buffer_text(&hidden), MESSAGE_BYTES_SHOWN, out);
    buffer_free(&message);
    buffer_free(&hidden);
}

static enum failure explain_answer(const struct response *response,
                                   const struct fault_context *context, struct error *error)
{
    int status = response->status;
    if (status == STATUS_PROXY_UNAUTHORIZED) {
        explain_proxy(error);
        return retry_status_failure(status);
    }
    if (status >= STATUS_MULTIPLE_CHOICES && status < STATUS_BAD_REQUEST) {
        explain_redirect(response, error);
        return retry_status_failure(status);
    }
    struct buffer message = {0};
    append_message(response->body, response->body_bytes, context->secrets, &message);
    bool is_limit = status == STATUS_FORBIDDEN && response->retry_after_ms > 0;
    bool is_refusal = status == STATUS_UNAUTHORIZED || (status == STATUS_FORBIDDEN && !is_limit);
    if (is_refusal)
        explain_refusal(response, buffer_text(&message), context, error);
    else
        explain_status(status, buffer_text(&message), error);
    if (!is_refusal && response->retry_after_ms > RETRY_AFTER_MS_MAX)
        explain_long_wait(response->retry_after_ms, error);
    buffer_free(&message);
    return is_refusal ? FAILURE_LASTING : is_limit ? FAILURE_PASSING : retry_status_failure(status);
}

enum failure fault_of_response(const struct response *response, const struct fault_context *context,
                               struct error *error)
{
    enum failure failure = FAILURE_LASTING;
    switch (response->outcome) {
    case OUTCOME_ANSWERED:
        failure = explain_answer(response, context, error);
        break;
    case OUTCOME_TIMED_OUT:
        failure = FAILURE_PASSING;
        error_set(error, EXIT_API, "no answer in time (%s)", response->reason);
        error_hint(error, "a longer --timeout may help with a slow server");
        break;
    case OUTCOME_UNREACHABLE:
    case OUTCOME_REFUSED:
        failure = response->outcome == OUTCOME_REFUSED || context->has_answered ? FAILURE_PASSING
                                                                                : FAILURE_UNLIKELY;
        error_set(error, EXIT_API, "%s", response->reason);
        error_hint(error, "check --base-url, the network and the proxy settings");
        break;
    case OUTCOME_BROKEN:
        failure = FAILURE_PASSING;
        error_set(error, EXIT_API, "the answer broke off (%s)", response->reason);
        error_hint(error, "try again, with more --retries if the network is bad");
        break;
    case OUTCOME_UNTRUSTED:
        error_set(error, EXIT_API, "%s", response->reason);
        error_hint(error, "if the server's certificate is of your own making, give its authority "
                          "with --cacert FILE");
        break;
    case OUTCOME_TOO_LARGE:
        error_set(error, EXIT_API, "the answer is larger than %d MiB",
                  TRANSFER_BODY_BYTES_MAX >> 20);
        error_hint(error, "a smaller --page-size makes smaller answers");
        break;
    case OUTCOME_HEADERS_TOO_LARGE:
        error_set(error, EXIT_API, "the answer's headers are too large to be read");
        break;
    case OUTCOME_UNKNOWN_ENCODING:
        explain_encoding(response->reason, error);
        break;
    case OUTCOME_IMPOSSIBLE:
        error_set(error, EXIT_API, "%s", response->reason);
        break;
    }
    add_place(context, error);
    return failure;
}

bool fault_may_be_page_size(int status)
{
    return status == STATUS_BAD_REQUEST || status == STATUS_UNPROCESSABLE;
}

void fault_of_body(const char *fault, const struct fault_context *context, struct error *error)
{
    error_set(error, EXIT_API, "the server answered 200 with %s", fault);
    error_hint(error, "does --base-url lead to the API itself, and not to a page for people or a "
                      "proxy's?");
    add_place(context, error);
}

void fault_of_message(const char *body, size_t body_bytes, const struct fault_context *context,
                      struct error *error)
{
    struct buffer message = {0};
    append_message(body, body_bytes, context->secrets, &message);
    error_set(error, EXIT_API, "the server answered 200 with an error instead of contacts: %s",
              buffer_text(&message));
    buffer_free(&message);
    add_place(context, error);
}
