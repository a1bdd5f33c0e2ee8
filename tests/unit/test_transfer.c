/* Where credentials may be sent to, and what failed requests mean. */
#include "fetch/http/transfer.h"

#include "fetch/request/fault.h"
#include "support.h"

#include <string.h>

struct url_case {
    const char *url;
    bool allow_plain_http;
    const char *message; /* NULL: accepted */
    const char *hint;
};

static const struct url_case url_cases[] = {
    {"https://livedesk-api.engagelab.com", false, NULL, NULL},
    {"https://livedesk-api.engagelab.com/", false, NULL, NULL},
    {"https://livedesk-api.engagelab.com:8443/proxy/path", false, NULL, NULL},
    {"HTTPS://EXAMPLE.COM", false, NULL, NULL},
    {"https://192.0.2.7", false, NULL, NULL},
    {"https://[2001:db8::7]:443", false, NULL, NULL},
    {"http://localhost", false, NULL, NULL},
    {"http://LocalHost:8080/", false, NULL, NULL},
    {"http://127.0.0.1:8080", false, NULL, NULL},
    {"http://127.255.255.254", false, NULL, NULL},
    {"http://[::1]:8080", false, NULL, NULL},
    {"http://example.com", true, NULL, NULL},
    {"http://192.0.2.7", true, NULL, NULL},

    {"http://example.com", false, "not sent over plain HTTP", "--allow-plain-http"},
    {"HTTP://example.com", false, "not sent over plain HTTP", "--allow-plain-http"},
    {"http://192.0.2.7", false, "not sent over plain HTTP", "https"},
    {"http://128.0.0.1", false, "not sent over plain HTTP", "https"},
    {"http://126.255.255.255", false, "not sent over plain HTTP", "https"},
    {"http://0.0.0.0", false, "not sent over plain HTTP", "https"},
    {"http://[::2]", false, "not sent over plain HTTP", "https"},
    {"http://[::ffff:192.0.2.7]", false, "not sent over plain HTTP", "https"},
    {"http://localhost.example.com", false, "not sent over plain HTTP", "https"},
    {"http://127.0.0.1.example.com", false, "not sent over plain HTTP", "https"},
    {"http://notlocalhost", false, "not sent over plain HTTP", "https"},

    {"https://u:pw@example.com", true, "must not hold credentials", "environment"},
    {"https://u@example.com", true, "must not hold credentials", "environment"},
    {"https://:pw@example.com", true, "must not hold credentials", "environment"},
    {"ftp://u:pw@example.com", true, "must not hold credentials", "environment"},
    {"https://example.com?x=1", true, "has no query or fragment", "? or #"},
    {"https://example.com/api?x=1", true, "has no query or fragment", "? or #"},
    {"https://example.com/#top", true, "has no query or fragment", "? or #"},

    {"ftp://example.com", true, "neither http nor https", "it looks like"},
    {"file:///etc/hosts", true, "neither http nor https", "it looks like"},
    {"", true, "'' is no base URL", "https://livedesk-api.engagelab.com"},
    {"example.com", true, "is no base URL", "https://"},
    {"localhost:8080", true, "is no base URL", "https://"},
    {"/api/v2", true, "is no base URL", "https://"},
    {"https://", true, "is no base URL", "https://"},
    {"https:// example.com", true, "is no base URL", "https://"},
    {"https://example.com:port", true, "is no base URL", "https://"},
    {"https://example.com:99999", true, "is no base URL", "https://"},
    {"https://exam\nple.com", true, "is no base URL", "https://"},
    {"javascript:alert(1)", true, "is no base URL", "https://"},
};

static void test_urls(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(url_cases); i++) {
        const struct url_case *c = &url_cases[i];
        struct error error = {0};
        bool accepted = transfer_check_url(c->url, c->allow_plain_http, &error);
        if (accepted != (c->message == NULL))
            fail_msg("%s: %s", c->url, accepted ? "accepted" : error.message);
        if (!accepted)
            support_check_error(c->url, &error, EXIT_WRONG_USE, c->message, c->hint);
    }
}

/* A secret in a URL is not shown, whatever else is wrong with it. */
static void test_secrets_stay_secret(void **state)
{
    (void)state;
    static const char *const urls[] = {
        "https://key:hush-hush@example.com",  "http://key:hush-hush@example.com",
        "https://hush-hush@example.com/?x=1", "ftp://key:hush-hush@example.com",
        "https://key:hush-hush@exam ple.com", "https://key:hush-hush@example.com:port",
        "key:hush-hush@example.com",
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct error error = {0};
        assert_false(transfer_check_url(urls[i], false, &error));
        assert_int_equal(error.code, EXIT_WRONG_USE);
        if (strstr(error.message, "hush-hush") || strstr(error.hint, "hush-hush"))
            fail_msg("%s", error.message);
    }
}

struct fault_case {
    const char *what;
    struct response response;
    bool has_answered;
    enum failure failure;
    enum exit_code code;
    const char *message;
    const char *hint;
};

#define STATUS(number, text)                                                                       \
    {                                                                                              \
        .outcome = OUTCOME_ANSWERED, .status = (number), .reason = "", .body = (text),             \
        .body_bytes = sizeof(text) - 1                                                             \
    }
#define FAILED(kind, text)                                                                         \
    {                                                                                              \
        .outcome = (kind), .reason = (text), .body = ""                                            \
    }

static const struct fault_case fault_cases[] = {
    {"401", STATUS(401, ""), false, FAILURE_LASTING, EXIT_UNAUTHORISED, "401 unauthorized",
     "check the API key and secret, taken from the test"},
    {"401 with a message", STATUS(401, "{\"message\":\"Invalid token\"}"), true, FAILURE_LASTING,
     EXIT_UNAUTHORISED, "page 7: 401 unauthorized: Invalid token", "taken from the test"},
    {"403", STATUS(403, "<html>no</html>"), true, FAILURE_LASTING, EXIT_UNAUTHORISED,
     "page 7: 403 forbidden", "may not list contacts: check its permissions"},
    {"404", STATUS(404, "{\"error\":\"nothing here\"}"), true, FAILURE_LASTING, EXIT_API,
     "the server answered 404: nothing here", "is --base-url right?"},
    {"400", STATUS(400, ""), true, FAILURE_LASTING, EXIT_API, "the server answered 400", ""},
    {"422", STATUS(422, "bad page"), true, FAILURE_LASTING, EXIT_API,
     "the server answered 422: bad page", ""},
    {"408", STATUS(408, ""), true, FAILURE_PASSING, EXIT_API, "the server answered 408", ""},
    {"429", STATUS(429, ""), true, FAILURE_PASSING, EXIT_API, "the server answered 429",
     "try fewer --connections"},
    {"500", STATUS(500, "{\"error\":\"oops\"}"), true, FAILURE_PASSING, EXIT_API,
     "the server answered 500: oops", "server's"},
    {"501", STATUS(501, ""), true, FAILURE_LASTING, EXIT_API, "the server answered 501",
     "server's"},
    {"503", STATUS(503, ""), true, FAILURE_PASSING, EXIT_API, "the server answered 503",
     "server's"},
    {"204", STATUS(204, ""), true, FAILURE_LASTING, EXIT_API, "the server answered 204", ""},
    {"302",
     {.outcome = OUTCOME_ANSWERED, .status = 302, .redirect_to = "https://other/", .body = ""},
     true,
     FAILURE_LASTING,
     EXIT_API,
     "302 redirects to https://other/",
     "redirects are not followed"},
    {"304", STATUS(304, ""), true, FAILURE_LASTING, EXIT_API, "304 redirects to nowhere",
     "--base-url"},
    {"timed out", FAILED(OUTCOME_TIMED_OUT, "after 60 s"), true, FAILURE_PASSING, EXIT_API,
     "page 7: no answer in time (after 60 s)", "--timeout"},
    {"unreachable from the start", FAILED(OUTCOME_UNREACHABLE, "no such host"), false,
     FAILURE_UNLIKELY, EXIT_API, "page 7: no such host", "check --base-url, the network"},
    {"unreachable later", FAILED(OUTCOME_UNREACHABLE, "no such host"), true, FAILURE_PASSING,
     EXIT_API, "no such host", "proxy"},
    {"broken", FAILED(OUTCOME_BROKEN, "cut"), true, FAILURE_PASSING, EXIT_API,
     "the answer broke off (cut)", "--retries"},
    {"untrusted", FAILED(OUTCOME_UNTRUSTED, "self-signed"), false, FAILURE_LASTING, EXIT_API,
     "self-signed", "--cacert FILE"},
    {"too large", FAILED(OUTCOME_TOO_LARGE, ""), true, FAILURE_LASTING, EXIT_API,
     "the answer is larger than 8 MiB", "--page-size"},
    {"impossible", FAILED(OUTCOME_IMPOSSIBLE, "no TLS built in"), true, FAILURE_LASTING, EXIT_API,
     "no TLS built in", ""},
};

static void test_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fault_cases); i++) {
        const struct fault_case *c = &fault_cases[i];
        const struct fault_context context = {"https://api.example", 7, "the test",
                                              c->has_answered};
        struct error error = {0};
        enum failure failure = fault_of_response(&c->response, &context, &error);
        if (failure != c->failure)
            fail_msg("%s: failure %d", c->what, (int)failure);
        support_check_error(c->what, &error, c->code, c->message, c->hint);
        support_check_error(c->what, &error, c->code, "https://api.example, page 7: ", NULL);
    }
}

static void test_body_fault(void **state)
{
    (void)state;
    const struct fault_context context = {"https://api.example", 12, "the test", true};
    struct error error = {0};
    fault_of_body("an HTML page instead of JSON", &context, &error);
    support_check_error("body", &error, EXIT_API, NULL, "does --base-url lead");
    assert_string_equal(error.message, "https://api.example, page 12: the server answered 200 with "
                                       "an HTML page instead of JSON");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_urls),
        cmocka_unit_test(test_secrets_stay_secret),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_body_fault),
    };
    return cmocka_run_group_tests_name("transfer and faults", tests, NULL, NULL);
}
