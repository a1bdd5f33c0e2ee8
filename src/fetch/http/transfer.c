#include "fetch/http/transfer.h"

#include "base/buffer.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "base/version.h"
#include "fetch/http/content_encoding.h"
#include "fetch/http/credentials.h"
#include "fetch/http/curl_memory.h"
#include "fetch/http/retry_after.h"
#include "fetch/http/secrets.h"
#include "fetch/http/status.h"
#include "fetch/http/url.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECT_TIMEOUT_MS_MAX = 15000 };

/* One request and its answer. Used again and again, so that buffers and handles are not. */
struct slot {
    CURL *easy;
    struct buffer body;
    char curl_reason[CURL_ERROR_SIZE]; /* may hold secrets */
    struct buffer reason;              /* may be shown, like the next */
    struct buffer redirect_to;
    size_t tag;
    bool busy;
    bool too_large;
};

struct transfer {
    CURLM *multi;
    struct slot *slots;
    int slot_count;
    struct slot *delivered; /* whose answer the caller is looking at */
    struct secrets secrets;
};

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

/* Sees all that is sent, so that the credentials are known wherever libcurl has found them. */
static int note_sent(CURL *easy, curl_infotype type, char *bytes, size_t length, void *context)
{
    (void)easy;
    if (type == CURLINFO_HEADER_OUT)
        secrets_add_sent(context, bytes, length);
    return 0;
}

static bool open_slot(struct slot *slot, const struct transfer_options *options,
                      struct secrets *secrets)
{
    CURL *easy = curl_easy_init();
    if (!easy)
        return false;
    slot->easy = easy;
    long timeout_ms = (long)options->timeout_ms;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->curl_reason);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     timeout_ms < CONNECT_TIMEOUT_MS_MAX ? timeout_ms : CONNECT_TIMEOUT_MS_MAX);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2); /* at least */
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "rollcall/" ROLLCALL_VERSION);
    if (options->ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, options->ca_file);
    set_credentials(easy, options->credentials);
    if (url_is_plain_loopback(options->base_url)) /* a proxy would see it in plain text */
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, note_sent);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, secrets);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L); /* nothing is written: note_sent takes it all */
    return true;
}

/* Those that are known before anything is sent. */
static void collect_secrets(const struct credentials *credentials, struct secrets *secrets)
{
    static const char *const proxies[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                          "ALL_PROXY"};
    if (credentials->key)
        secrets_add(secrets, credentials->key, credentials->secret);
    for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
        secrets_add_proxy(secrets, getenv(proxies[i]));
}

bool transfer_open(struct transfer **opened, const struct transfer_options *options,
                   struct error *error)
{
    struct transfer *transfer = memory_new(1, sizeof *transfer);
    transfer->slots = memory_new((size_t)options->connections, sizeof *transfer->slots);
    transfer->slot_count = options->connections;
    collect_secrets(options->credentials, &transfer->secrets);
    bool ok = curl_memory_init() && (transfer->multi = curl_multi_init()) != NULL;
    for (int i = 0; ok && i < options->connections; i++)
        ok = open_slot(&transfer->slots[i], options, &transfer->secrets);
    if (!ok) {
        transfer_close(transfer);
        return error_set(error, EXIT_UNEXPECTED, "libcurl cannot be set up");
    }
    curl_multi_setopt(transfer->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)options->connections);
    /* By itself libcurl keeps a few for each request in flight, and thus closes good ones when many
       answers come at once. */
    curl_multi_setopt(transfer->multi, CURLMOPT_MAXCONNECTS, (long)options->connections);
    *opened = transfer;
    return true;
}

const struct secrets *transfer_secrets(const struct transfer *transfer)
{
    return &transfer->secrets;
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
    slot->curl_reason[0] = '\0';
    buffer_clear(&slot->body);
    curl_easy_setopt(slot->easy, CURLOPT_URL, url);
    curl_multi_add_handle(transfer->multi, slot->easy);
}

/* A proxy refuses the tunnel to the server: nobody has been asked for contacts. */
static bool is_proxy_unauthorised(CURL *easy, CURLcode result)
{
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &status);
    return result != CURLE_OK && status == STATUS_PROXY_UNAUTHORIZED;
}

/* libcurl says that it is out of memory when a header, and that it received nonsense when all of
   them together are larger than it takes. If memory really is short, the program has ended. */
static bool is_header_too_large(const struct slot *slot, CURLcode result)
{
    static const char reason[] = "Too large response headers";
    long sent = 0;
    curl_easy_getinfo(slot->easy, CURLINFO_REQUEST_SIZE, &sent);
    return (result == CURLE_OUT_OF_MEMORY && sent > 0) ||
           strncmp(slot->curl_reason, reason, sizeof reason - 1) == 0;
}

static const char *header_of(CURL *easy, const char *name)
{
    struct curl_header *header;
    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value
                                                                                   : "";
}

static enum outcome outcome_of(const struct slot *slot, CURLcode result)
{
    if (slot->too_large)
        return OUTCOME_TOO_LARGE;
    if (is_header_too_large(slot, result))
        return OUTCOME_HEADERS_TOO_LARGE;
    if (is_proxy_unauthorised(slot->easy, result))
        return OUTCOME_ANSWERED;
    switch (result) {
    case CURLE_BAD_CONTENT_ENCODING: /* also if the data are damaged */
        return content_encoding_is_known(header_of(slot->easy, "Content-Encoding"))
                   ? OUTCOME_BROKEN
                   : OUTCOME_UNKNOWN_ENCODING;
    case CURLE_OK:
        return OUTCOME_ANSWERED;
    case CURLE_OPERATION_TIMEDOUT:
        return OUTCOME_TIMED_OUT;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_SSL_CONNECT_ERROR: /* also when the peer hangs up in the middle of it */
        return OUTCOME_UNREACHABLE;
    case CURLE_COULDNT_CONNECT:
        return OUTCOME_REFUSED;
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
    time_t seconds = curl_getdate(header_of(easy, "Date"), NULL);
    return seconds > 0 ? (int64_t)seconds : 0;
}

/* libcurl would compare a date with our clock. It keeps only the header that was asked for last. */
static int64_t asked_wait_ms(CURL *easy)
{
    int64_t server_time = server_time_of(easy);
    struct curl_header *asked;
    if (curl_easy_header(easy, "Retry-After", 0, CURLH_HEADER, -1, &asked) != CURLHE_OK)
        return 0;
    return retry_after_ms(asked->value, server_time, clock_wall_seconds());
}

/* libcurl quotes what it cannot use: a proxy with its password, a name in a certificate. */
static const char *reason_of(struct slot *slot, CURLcode result, const struct secrets *secrets)
{
    const char *reason = slot->curl_reason;
    if (outcome_of(slot, result) == OUTCOME_UNKNOWN_ENCODING)
        reason = header_of(slot->easy, "Content-Encoding");
    else if (result != CURLE_OK && !*reason)
        reason = curl_easy_strerror(result);
    struct buffer hidden = {0};
    secrets_append_hidden(secrets, reason, &hidden);
    buffer_clear(&slot->reason);
    utf8_repair(buffer_text(&hidden), hidden.length, &slot->reason);
    buffer_free(&hidden);
    return buffer_text(&slot->reason);
}

/* libcurl puts user and password into an address on the same host, and the server may have put in
   whatever it was sent. */
static const char *redirect_of(struct slot *slot, const struct secrets *secrets)
{
    char *url = NULL;
    curl_easy_getinfo(slot->easy, CURLINFO_REDIRECT_URL, &url);
    if (!url)
        return NULL;
    struct buffer shown = {0};
    buffer_clear(&slot->redirect_to);
    if (url_append_shown(url, &shown))
        secrets_append_hidden(secrets, buffer_text(&shown), &slot->redirect_to);
    buffer_free(&shown);
    return buffer_text(&slot->redirect_to);
}

static void describe(struct slot *slot, CURLcode result, const struct secrets *secrets,
                     struct response *response)
{
    CURL *easy = slot->easy;
    long status = 0;
    curl_off_t elapsed_us = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &elapsed_us);

    *response = (struct response){
        .tag = slot->tag,
        .outcome = outcome_of(slot, result),
        .status = is_proxy_unauthorised(easy, result) ? STATUS_PROXY_UNAUTHORIZED
                  : result == CURLE_OK                ? (int)status
                                                      : 0,
        .server_time = result == CURLE_OK ? server_time_of(easy) : 0,
        .retry_after_ms = result == CURLE_OK ? asked_wait_ms(easy) : 0,
        .reason = reason_of(slot, result, secrets),
        .redirect_to = redirect_of(slot, secrets),
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
        describe(slot, result, &transfer->secrets, response);
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

const char *transfer_header(const struct transfer *transfer, const char *name)
{
    return header_of(transfer->delivered->easy, name);
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
        buffer_free(&slot->reason);
        buffer_free(&slot->redirect_to);
    }
    curl_multi_cleanup(transfer->multi);
    curl_global_cleanup();
    secrets_free(&transfer->secrets);
    free(transfer->slots);
    free(transfer);
}

const char *transfer_library(void)
{
    return curl_version();
}
