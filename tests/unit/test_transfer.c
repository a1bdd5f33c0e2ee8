/* What failed requests mean. */
#include "fetch/http/transfer.h"

#include "base/buffer.h"
#include "fetch/http/content_encoding.h"
#include "fetch/http/secrets.h"
#include "fetch/request/fault.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

static const struct secrets none;

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
#define STATUS_WAIT(number, wait_ms)                                                               \
    {                                                                                              \
        .outcome = OUTCOME_ANSWERED, .status = (number), .retry_after_ms = (wait_ms),              \
        .reason = "", .body = ""                                                                   \
    }
#define REDIRECT(number, address)                                                                  \
    {                                                                                              \
        .outcome = OUTCOME_ANSWERED, .status = (number), .redirect_to = (address), .reason = "",   \
        .body = "<html>", .body_bytes = 6                                                          \
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
    {"422", STATUS(422, "{\"msg\":\"bad page\"}"), true, FAILURE_LASTING, EXIT_API,
     "the server answered 422: bad page", ""},
    {"407", STATUS(407, "{\"message\":\"log in\"}"), false, FAILURE_LASTING, EXIT_API,
     "page 7: 407: the proxy on the way asks for credentials of its own", "https_proxy"},
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
    {"302", REDIRECT(302, "https://other/"), true, FAILURE_LASTING, EXIT_API,
     "302 redirects to https://other/", "redirects are not followed"},
    {"308", REDIRECT(308, ""), true, FAILURE_LASTING, EXIT_API,
     "308 redirects to an address that cannot be read", "in front of the API"},
    {"304", REDIRECT(304, NULL), true, FAILURE_LASTING, EXIT_API, "304 redirects to nowhere",
     "--base-url"},
    {"timed out", FAILED(OUTCOME_TIMED_OUT, "after 60 s"), true, FAILURE_PASSING, EXIT_API,
     "page 7: no answer in time (after 60 s)", "--timeout"},
    {"unreachable from the start", FAILED(OUTCOME_UNREACHABLE, "no such host"), false,
     FAILURE_UNLIKELY, EXIT_API, "page 7: no such host", "check --base-url, the network"},
    {"unreachable later", FAILED(OUTCOME_UNREACHABLE, "no such host"), true, FAILURE_PASSING,
     EXIT_API, "no such host", "proxy"},
    {"refused from the start", FAILED(OUTCOME_REFUSED, "connection refused"), false,
     FAILURE_PASSING, EXIT_API, "page 7: connection refused", "check --base-url, the network"},
    {"403 for a while", STATUS_WAIT(403, 5000), true, FAILURE_PASSING, EXIT_API,
     "the server answered 403", "try fewer --connections"},
    {"a long wait", STATUS_WAIT(503, 601000), true, FAILURE_PASSING, EXIT_API,
     "the server answered 503; it asks for 11 minutes of rest", "--resume-within 4260 if"},
    {"an endless wait", STATUS_WAIT(429, INT64_MAX), true, FAILURE_PASSING, EXIT_API,
     "the server answered 429; it asks for", "rollcall waits 10 minutes at most"},
    {"broken", FAILED(OUTCOME_BROKEN, "cut"), true, FAILURE_PASSING, EXIT_API,
     "the answer broke off (cut)", "--retries"},
    {"untrusted", FAILED(OUTCOME_UNTRUSTED, "self-signed"), false, FAILURE_LASTING, EXIT_API,
     "self-signed", "--cacert FILE"},
    {"too large", FAILED(OUTCOME_TOO_LARGE, ""), true, FAILURE_LASTING, EXIT_API,
     "the answer is larger than 8 MiB", "--page-size"},
    {"large headers", FAILED(OUTCOME_HEADERS_TOO_LARGE, "Out of memory"), true, FAILURE_LASTING,
     EXIT_API, "page 7: the answer's headers are too large to be read", ""},
    {"unknown encoding", FAILED(OUTCOME_UNKNOWN_ENCODING, "x-\x1B\u202E\u4E2D"), true,
     FAILURE_LASTING, EXIT_API,
     "page 7: the answer has a Content-Encoding that cannot be undone: x-\u4E2D", "packs"},
    {"impossible", FAILED(OUTCOME_IMPOSSIBLE, "no TLS built in"), true, FAILURE_LASTING, EXIT_API,
     "no TLS built in", ""},
};

static void test_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fault_cases); i++) {
        const struct fault_case *c = &fault_cases[i];
        const struct fault_context context = {"https://api.example", 7, "the test", &none,
                                              c->has_answered};
        struct error error = {0};
        enum failure failure = fault_of_response(&c->response, &context, &error);
        if (failure != c->failure)
            fail_msg("%s: failure %d", c->what, (int)failure);
        support_check_error(c->what, &error, c->code, c->message, c->hint);
        support_check_error(c->what, &error, c->code, "https://api.example, page 7: ", NULL);
    }
}

static void check_message(const struct response *response, const struct secrets *secrets,
                          const char *expected)
{
    const struct fault_context context = {"u", 1, "the test", secrets, true};
    struct error error = {0};
    fault_of_response(response, &context, &error);
    assert_string_equal(error.message, expected);
}

/* What is hidden is hidden before the text is cut: no part of a secret is left where it ends. */
static void test_a_message_with_secrets(void **state)
{
    (void)state;
    static const char said[] = "my-key:hush-hush is wrong";
    struct secrets secrets = {0};
    secrets_add(&secrets, "my-key", "hush-hush");
    for (size_t before = 0; before < 200; before++) {
        char said_before[400];
        char body[440];
        memset(said_before, '.', before);
        said_before[before] = '\0';
        snprintf(body, sizeof body, "{\"error\":\"%s%s\"}", said_before, said);
        const struct response response = {
            .outcome = OUTCOME_ANSWERED,
            .status = 500,
            .body = body,
            .body_bytes = strlen(body),
        };
        char expected[600];
        snprintf(expected, sizeof expected,
                 "u, page 1: the server answered 500: %s[hidden] is wrong", said_before);
        const size_t shown = strlen("u, page 1: the server answered 500: ") + 160;
        if (strlen(expected) > shown)
            strcpy(expected + shown, "...");
        check_message(&response, &secrets, expected);
    }
    secrets_free(&secrets);
}

/* Checks how the message of a 500 is shown that repeats the text so many times. */
static void check_repeated(const char *text, int times, const char *ending, int times_shown)
{
    struct buffer body = {0};
    struct buffer expected = {0};
    buffer_append_text(&body, "{\"message\":\"");
    support_append_times(&body, text, times);
    buffer_append_text(&body, "\"}");
    const struct response response = {.outcome = OUTCOME_ANSWERED,
                                      .status = 500,
                                      .body = buffer_text(&body),
                                      .body_bytes = body.length};
    buffer_append_text(&expected, "u, page 1: the server answered 500: ");
    support_append_times(&expected, text, times_shown);
    buffer_append_text(&expected, ending);
    check_message(&response, &none, buffer_text(&expected));
    buffer_free(&body);
    buffer_free(&expected);
}

static void test_long_texts_are_cut(void **state)
{
    (void)state;
    char text[1001];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    const struct response response = REDIRECT(302, text);
    char expected[1024];
    snprintf(expected, sizeof expected, "u, page 1: 302 redirects to %.300s...", text);
    check_message(&response, &none, expected);
    check_repeated("x", 1000, "...", 160);
    check_repeated("x", 160, "", 160);
    check_repeated("\u4E2D", 1000, "...", 53); /* never within a character */
}

static void test_content_encodings(void **state)
{
    (void)state;
    static const char *const known[] = {"",        "gzip", "GZip", "x-gzip, br", " zstd ,identity",
                                        "deflate,"};
    static const char *const unknown[] = {"utf-8", "gzip, foo", "gzipp", "gz", "br;q=1"};
    for (size_t i = 0; i < COUNT(known); i++) {
        if (!content_encoding_is_known(known[i]))
            fail_msg("%s is unknown", known[i]);
    }
    for (size_t i = 0; i < COUNT(unknown); i++) {
        if (content_encoding_is_known(unknown[i]))
            fail_msg("%s is known", unknown[i]);
    }
}

static void test_body_fault(void **state)
{
    (void)state;
    const struct fault_context context = {"https://api.example", 12, "the test", &none, true};
    struct error error = {0};
    fault_of_body("an HTML page instead of JSON", &context, &error);
    support_check_error("body", &error, EXIT_API, NULL, "does --base-url lead");
    assert_string_equal(error.message, "https://api.example, page 12: the server answered 200 with "
                                       "an HTML page instead of JSON");
}

static void test_message_instead_of_contacts(void **state)
{
    (void)state;
    static const char body[] = "{\"code\":7,\"message\":\"\u53C2\u6570\u9519\u8BEF my-key\"}";
    struct secrets secrets = {0};
    struct error error = {0};
    secrets_add(&secrets, "my-key", "hush-hush");
    const struct fault_context context = {"u", 12, "the test", &secrets, true};
    fault_of_message(body, sizeof body - 1, &context, &error);
    support_check_error("message", &error, EXIT_API, NULL, "");
    assert_string_equal(error.message,
                        "u, page 12: the server answered 200 with an error instead of contacts: "
                        "\u53C2\u6570\u9519\u8BEF [hidden]");
    secrets_free(&secrets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_a_message_with_secrets),
        cmocka_unit_test(test_long_texts_are_cut),
        cmocka_unit_test(test_content_encodings),
        cmocka_unit_test(test_body_fault),
        cmocka_unit_test(test_message_instead_of_contacts),
    };
    return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
