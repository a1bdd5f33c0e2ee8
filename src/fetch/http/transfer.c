#include "fetch/http/transfer.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/version.h"
#include "fetch/http/credentials.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CONNECT_TIMEOUT_MS_MAX = 15000 };

/* One request and its answer. Used again and again, so that buffers and handles are not. */
struct slot {
    CURL *easy;
    struct buffer body;
    char reason[CURL_ERROR_SIZE];
    size_t tag;
    bool busy;
    bool too_large;
};

struct transfer {
    CURLM *multi;
    struct slot *slots;
    int slot_count;
    struct slot *delivered; /* whose answer the caller is looking at */
};

static bool is_loopback(const char *host)
{
    struct in_addr address;
    if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
        return true;
    return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

/* One part of the URL, or NULL if it has none. To be freed by curl_free. */
static char *part_of(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    return curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = part_of(url, part);
    curl_free(text);
    return text != NULL;
}

static bool check_parts(CURLU *parsed, const char *url, bool allow_plain_http, struct error *error)
{
    if (has_part(parsed, CURLUPART_USER) || has_part(parsed, CURLUPART_PASSWORD)) {
        /* The URL itself is not shown: it holds a secret. */
        error_set(error, EXIT_WRONG_USE, "the base URL must not hold credentials");
        return error_hint(error, "give them in the environment, see rollcall help report");
    }
    if (has_part(parsed, CURLUPART_QUERY) || has_part(parsed, CURLUPART_FRAGMENT)) {
        error_set(error, EXIT_WRONG_USE, "%s: a base URL has no query or fragment", url);
        return error_hint(error, "leave out what begins with ? or #; filters have options");
    }

    char *scheme = part_of(parsed, CURLUPART_SCHEME);
    char *host = part_of(parsed, CURLUPART_HOST);
    bool ok = true;
    if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0) {
        error_set(error, EXIT_WRONG_USE, "%s: neither http nor https", url);
        ok = error_hint(error, "it looks like https://livedesk-api.engagelab.com");
    } else if (strcmp(scheme, "http") == 0 && !allow_plain_http && !is_loopback(host)) {
        error_set(error, EXIT_WRONG_USE, "%s: credentials are not sent over plain HTTP", url);
        ok = error_hint(error, "use https, or --allow-plain-http if the way there is safe");
    }
    curl_free(scheme);
    curl_free(host);
    return ok;
}

bool transfer_check_url(const char *url, bool allow_plain_http, struct error *error)
{
    CURLU *parsed = curl_url();
    bool ok = curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK;
    if (ok) {
        ok = check_parts(parsed, url, allow_plain_http, error);
    } else {
        if (strchr(url, '@')) /* what stands before it may be a secret */
            error_set(error, EXIT_WRONG_USE, "the base URL cannot be read as one");
        else
            error_set(error, EXIT_WRONG_USE, "'%s' is no base URL", url);
        error_hint(error, "it looks like https://livedesk-api.engagelab.com");
    }
    curl_url_cleanup(parsed);
    return ok;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct slot *slot = context;
    size_t length = size * count;
    if (slot->body.length + length > TRANSFER_BODY_BYTES_MAX) {
        slot->too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    buffer_append(&slot->body, bytes, length);
    return length;
}

static void set_credentials(CURL *easy, const struct credentials *credentials)
{
    curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    if (credentials->key) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, credentials->key);
        curl_easy_setopt(easy, CURLOPT_PASSWORD, credentials->secret);
    } else {
        curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);
    }
}

/* A proxy of the environment would see what goes to this machine itself in plain text. */
static void keep_loopback_off_proxies(CURL *easy, const char *base_url)
{
    CURLU *parsed = curl_url();
    curl_url_set(parsed, CURLUPART_URL, base_url, 0);
    char *scheme = part_of(parsed, CURLUPART_SCHEME);
    char *host = part_of(parsed, CURLUPART_HOST);
    if (scheme && host && strcmp(scheme, "http") == 0 && is_loopback(host))
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(parsed);
}

static bool open_slot(struct slot *slot, const struct transfer_options *options)
{
    CURL *easy = curl_easy_init();
    if (!easy)
        return false;
    slot->easy = easy;
    long timeout_ms = (long)options->timeout_ms;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->reason);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     timeout_ms < CONNECT_TIMEOUT_MS_MAX ? timeout_ms : CONNECT_TIMEOUT_MS_MAX);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "rollcall/" ROLLCALL_VERSION);
    if (options->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file);
    set_credentials(easy, options->credentials);
    keep_loopback_off_proxies(easy, options->base_url);
    return true;
}

bool transfer_open(struct transfer **opened, const struct transfer_options *options,
                   struct error *error)
{
    struct transfer *transfer = memory_new(1, sizeof *transfer);
    transfer->slots = memory_new((size_t)options->connections, sizeof *transfer->slots);
    transfer->slot_count = options->connections;
    bool ok = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK &&
              (transfer->multi = curl_multi_init()) != NULL;
    for (int i = 0; ok && i < options->connections; i++)
        ok = open_slot(&transfer->slots[i], options);
    if (!ok) {
        transfer_close(transfer);
        return error_set(error, EXIT_UNEXPECTED, "libcurl cannot be set up");
    }
    curl_multi_setopt(transfer->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)options->connections);
    /* By itself libcurl keeps a few for each request under way, and thus closes good ones when many
       answers come at once. */
    curl_multi_setopt(transfer->multi, CURLMOPT_MAXCONNECTS, (long)options->connections);
    *opened = transfer;
    return true;
}

/* The caller has seen the last answer. */
static void release_delivered(struct transfer *transfer)
{
    if (transfer->delivered)
        transfer->delivered->busy = false;
    transfer->delivered = NULL;
}

void transfer_start(struct transfer *transfer, const char *url, size_t tag)
{
    release_delivered(transfer);
    struct slot *slot = transfer->slots;
    while (slot->busy)
        slot++;
    slot->busy = true;
    slot->too_large = false;
    slot->tag = tag;
    slot->reason[0] = '\0';
    buffer_clear(&slot->body);
    curl_easy_setopt(slot->easy, CURLOPT_URL, url);
    curl_multi_add_handle(transfer->multi, slot->easy);
}

static enum outcome outcome_of(const struct slot *slot, CURLcode result)
{
    if (slot->too_large)
        return OUTCOME_TOO_LARGE;
    switch (result) {
    case CURLE_OK:
        return OUTCOME_ANSWERED;
    case CURLE_OPERATION_TIMEDOUT:
        return OUTCOME_TIMED_OUT;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR: /* also when the peer hangs up in the middle of it */
        return OUTCOME_UNREACHABLE;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
        return OUTCOME_UNTRUSTED;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_OUT_OF_MEMORY:
    case CURLE_NOT_BUILT_IN:
        return OUTCOME_IMPOSSIBLE;
    default:
        return OUTCOME_BROKEN;
    }
}

/* 0 if the server does not tell. */
static int64_t server_time_of(CURL *easy)
{
    struct curl_header *date;
    if (curl_easy_header(easy, "Date", 0, CURLH_HEADER, -1, &date) != CURLHE_OK)
        return 0;
    time_t seconds = curl_getdate(date->value, NULL);
    return seconds > 0 ? (int64_t)seconds : 0;
}

static void describe(struct slot *slot, CURLcode result, struct response *response)
{
    CURL *easy = slot->easy;
    long status = 0;
    curl_off_t retry_after_s = 0;
    curl_off_t elapsed_us = 0;
    char *redirect_to = NULL;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retry_after_s);
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &elapsed_us);
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect_to);
    if (result != CURLE_OK && !slot->reason[0])
        strncat(slot->reason, curl_easy_strerror(result), sizeof slot->reason - 1);

    *response = (struct response){
        .tag = slot->tag,
        .outcome = outcome_of(slot, result),
        .status = result == CURLE_OK ? (int)status : 0,
        .server_time = result == CURLE_OK ? server_time_of(easy) : 0,
        .retry_after_ms = retry_after_s < INT32_MAX ? retry_after_s * 1000 : INT64_MAX,
        .reason = slot->reason,
        .redirect_to = redirect_to,
        .body = buffer_text(&slot->body),
        .body_bytes = slot->body.length,
        .elapsed_ms = elapsed_us / 1000,
    };
}

static bool take_finished(struct transfer *transfer, struct response *response)
{
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(transfer->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURL *easy = message->easy_handle;
        CURLcode result = message->data.result;
        struct slot *slot;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&slot);
        curl_multi_remove_handle(transfer->multi, easy);
        describe(slot, result, response);
        transfer->delivered = slot;
        return true;
    }
    return false;
}

bool transfer_wait(struct transfer *transfer, int64_t wait_ms, struct response *response)
{
    release_delivered(transfer);
    if (take_finished(transfer, response))
        return true;
    int running;
    curl_multi_perform(transfer->multi, &running);
    if (take_finished(transfer, response))
        return true;
    curl_multi_poll(transfer->multi, NULL, 0, (int)wait_ms, NULL);
    curl_multi_perform(transfer->multi, &running);
    return take_finished(transfer, response);
}

void transfer_exchange_body(struct transfer *transfer, struct buffer *other)
{
    struct buffer body = transfer->delivered->body;
    transfer->delivered->body = *other;
    *other = body;
}

void transfer_wake(struct transfer *transfer)
{
    curl_multi_wakeup(transfer->multi);
}

void transfer_close(struct transfer *transfer)
{
    if (!transfer)
        return;
    for (int i = 0; i < transfer->slot_count; i++) {
        struct slot *slot = &transfer->slots[i];
        if (slot->busy && transfer->multi)
            curl_multi_remove_handle(transfer->multi, slot->easy);
        curl_easy_cleanup(slot->easy);
        buffer_free(&slot->body);
    }
    curl_multi_cleanup(transfer->multi);
    curl_global_cleanup();
    free(transfer->slots);
    free(transfer);
}
