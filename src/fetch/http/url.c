#include "fetch/http/url.h"

#include "base/buffer.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>
#include <strings.h>

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

/* A scheme that libcurl cannot speak is no reason not to show where a URL leads. */
static CURLU *read_url(const char *text)
{
    CURLU *url = curl_url();
    if (curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
        return url;
    curl_url_cleanup(url);
    return NULL;
}

static bool is_plain_loopback(CURLU *url)
{
    char *scheme = part_of(url, CURLUPART_SCHEME);
    char *host = part_of(url, CURLUPART_HOST);
    bool is = scheme && host && strcmp(scheme, "http") == 0 && is_loopback(host);
    curl_free(scheme);
    curl_free(host);
    return is;
}

static void append_printable(const char *text, struct buffer *out)
{
    for (; *text; text++) {
        if (*text > 0x20 && *text < 0x7F)
            buffer_append_char(out, *text);
        else
            buffer_print(out, "%%%02X", (unsigned)(unsigned char)*text);
    }
}

bool url_append_shown(const char *url, struct buffer *out)
{
    static const CURLUPart secret[] = {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS,
                                       CURLUPART_QUERY, CURLUPART_FRAGMENT};
    CURLU *parsed = read_url(url);
    if (!parsed)
        return false;
    bool has_query = has_part(parsed, CURLUPART_QUERY);
    bool has_fragment = has_part(parsed, CURLUPART_FRAGMENT);
    for (size_t i = 0; i < sizeof secret / sizeof *secret; i++)
        curl_url_set(parsed, secret[i], NULL, 0);
    char *shown = part_of(parsed, CURLUPART_URL);
    bool ok = shown != NULL;
    if (ok) {
        append_printable(shown, out);
        buffer_append_text(out, has_query ? "?..." : has_fragment ? "#..." : "");
    }
    curl_free(shown);
    curl_url_cleanup(parsed);
    return ok;
}

static bool check_parts(const char *url, CURLU *parsed, bool allow_plain_http, const char *shown,
                        struct error *error)
{
    if (has_part(parsed, CURLUPART_USER) || has_part(parsed, CURLUPART_PASSWORD)) {
        /* The URL itself is not shown: it holds a secret. */
        error_set(error, EXIT_WRONG_USE, "the base URL must not hold credentials");
        return error_hint(error, "give them in the environment, see rollcall help report");
    }
    /* libcurl does not tell of an empty fragment, but it would swallow the path of the API. */
    if (has_part(parsed, CURLUPART_QUERY) || strchr(url, '#')) {
        error_set(error, EXIT_WRONG_USE, "%s: a base URL has no query or fragment", shown);
        return error_hint(error, "leave out what begins with ? or #; filters have options");
    }

    char *scheme = part_of(parsed, CURLUPART_SCHEME);
    bool ok = true;
    if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0) {
        error_set(error, EXIT_WRONG_USE, "%s: neither http nor https", shown);
        ok = error_hint(error, "it looks like https://livedesk-api.engagelab.com");
    } else if (strcmp(scheme, "http") == 0 && !allow_plain_http && !is_plain_loopback(parsed)) {
        error_set(error, EXIT_WRONG_USE, "%s: credentials are not sent over plain HTTP", shown);
        ok = error_hint(error, "use https, or --allow-plain-http if the way there is safe");
    }
    curl_free(scheme);
    return ok;
}

bool url_check(const char *url, bool allow_plain_http, struct error *error)
{
    CURLU *parsed = curl_url();
    CURLUcode why = curl_url_set(parsed, CURLUPART_URL, url, 0);
    struct buffer shown = {0};
    bool ok = why == CURLUE_OK && url_append_shown(url, &shown);
    if (ok) {
        ok = check_parts(url, parsed, allow_plain_http, buffer_text(&shown), error);
    } else {
        /* It is not shown, as nobody knows what in it is secret: see https://key:secret/. */
        error_set(error, EXIT_WRONG_USE, "the base URL cannot be read as one (%s)",
                  curl_url_strerror(why));
        error_hint(error, "it looks like https://livedesk-api.engagelab.com");
    }
    buffer_free(&shown);
    curl_url_cleanup(parsed);
    return ok;
}

bool url_is_plain_loopback(const char *url)
{
    CURLU *parsed = read_url(url);
    bool is = parsed && is_plain_loopback(parsed);
    curl_url_cleanup(parsed);
    return is;
}
