/* Where credentials may be sent to, and how an address is shown. */
#include "fetch/http/url.h"

#include "base/buffer.h"
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
    {"https://example.com/#", true, "has no query or fragment", "? or #"},
    {"https://example.com/?", true, "has no query or fragment", "? or #"},
    {"https://@example.com", true, "must not hold credentials", "environment"},
    {"https://example.com/@x", true, NULL, NULL},

    {"ftp://example.com", true, "neither http nor https", "it looks like"},
    {"file:///etc/hosts", true, "neither http nor https", "it looks like"},
    {"", true, "the base URL cannot be read as one", "https://livedesk-api.engagelab.com"},
    {"example.com", true, "cannot be read as one", "https://"},
    {"localhost:8080", true, "cannot be read as one", "https://"},
    {"/api/v2", true, "cannot be read as one", "https://"},
    {"https://", true, "cannot be read as one", "https://"},
    {"https:// example.com", true, "cannot be read as one", "https://"},
    {"https://example.com:port", true, "cannot be read as one", "https://"},
    {"https://example.com:99999", true, "cannot be read as one", "https://"},
    {"https://exam\nple.com", true, "cannot be read as one", "https://"},
    {"javascript:alert(1)", true, "cannot be read as one", "https://"},
};

static void test_urls(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(url_cases); i++) {
        const struct url_case *c = &url_cases[i];
        struct error error = {0};
        bool accepted = url_check(c->url, c->allow_plain_http, &error);
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
        "https://key:hush-hush@example.com",
        "http://key:hush-hush@example.com",
        "https://hush-hush@example.com/?x=1",
        "ftp://key:hush-hush@example.com",
        "https://key:hush-hush@exam ple.com",
        "https://key:hush-hush@example.com:port",
        "key:hush-hush@example.com",
        "https://key:hush-hush/",
        "https://key:hush-hush%40example.com/",
        "https:key:hush-hush@example.com",
        "https:///key:hush-hush@example.com",
        "https://k@y:hush-hush@example.com",
        "key:hush-hush",
        "https://example.com/?api_key=key&api_secret=hush-hush",
        "https://example.com/#hush-hush",
        "http://example.com/?hush-hush",
        "ftp://example.com/?hush-hush",
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct error error = {0};
        assert_false(url_check(urls[i], false, &error));
        assert_int_equal(error.code, EXIT_WRONG_USE);
        if (strstr(error.message, "hush-hush") || strstr(error.hint, "hush-hush"))
            fail_msg("%s", error.message);
    }
}

struct shown_case {
    const char *url;
    const char *shown; /* NULL: not at all */
};

static const struct shown_case shown_cases[] = {
    {"https://example.com/", "https://example.com/"},
    {"https://example.com", "https://example.com/"},
    {"https://example.com:8443/a/b", "https://example.com:8443/a/b"},
    {"http://[2001:db8::7]:8080/x", "http://[2001:db8::7]:8080/x"},
    {"http://example.com//double//", "http://example.com//double//"},

    {"https://k:hush@example.com/login", "https://example.com/login"},
    {"https://hush@example.com/login", "https://example.com/login"},
    {"https://:hush@example.com/login", "https://example.com/login"},
    {"https://k:hu%73h@example.com:99/login", "https://example.com:99/login"},
    {"https://k:hush%2F%3f%23%40%3A@example.com/login", "https://example.com/login"},
    {"https://k;hush:hush@example.com/", "https://example.com/"},
    {"https://k@x:hush@example.com/", NULL},
    {"https:///k:hush@example.com/", "https://example.com/"},
    {"imap://k;AUTH=hush:hush@example.com/", "imap://example.com/"},
    {"myapp://k:hush@callback/x?token=hush", "myapp://callback/x?..."},

    {"https://example.com/?x=1", "https://example.com/?..."},
    {"https://example.com?x=1", "https://example.com/?..."},
    {"https://example.com/a?hush#hush", "https://example.com/a?..."},
    {"https://example.com/a#hush", "https://example.com/a#..."},
    {"https://example.com/a#hush?hush", "https://example.com/a#..."},
    {"https://k:hush@example.com#hush", "https://example.com/#..."},
    {"https://example.com#@hush", "https://example.com/#..."},

    {"https://example.com/a b", NULL},
    {"https://example.com/\x1B[31m", NULL},
    {"https://exam\nple.com/", NULL},
    {"https://example.com/\xC3\xA4", "https://example.com/%C3%A4"},
    {"https://example.com/\x9B\xE2\x80\xAE", "https://example.com/%9B%E2%80%AE"},
    {"https://\xE2\x80\xAE.example/", "https://%E2%80%AE.example/"},

    {"", NULL},
    {"/login", NULL},
    {"?x=1", NULL},
    {"//example.com/", NULL},
    {"login", NULL},
    {"k:hush@example.com", NULL},
    {"https://", NULL},
    {"https://k:hush@", NULL},
    {"https://k:hush/", NULL},
    {"https://k:hush@example.com:port/", NULL},
    {"https://k:hush@example.com:99999/", NULL},
    {"https://k:hush@exam ple.com/", NULL},
    {"https://k:hush\\@example.com/", "https://example.com/"},
    {"https://example.com\\@k:hush", NULL},
    {"mailto:hush@example.com", NULL},
    {"javascript:alert(1)", NULL},
};

static void test_shown(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shown_cases); i++) {
        const struct shown_case *c = &shown_cases[i];
        struct buffer out = {0};
        buffer_append_text(&out, "to ");
        bool shown = url_append_shown(c->url, &out);
        const char *address = buffer_text(&out) + 3;
        if (shown != (c->shown != NULL) || strcmp(address, shown ? c->shown : "") != 0)
            fail_msg("%s: '%s'", c->url, address);
        buffer_free(&out);
    }
}

/* However long it is. */
static void test_long(void **state)
{
    (void)state;
    struct buffer url = {0};
    struct buffer out = {0};
    buffer_append_text(&url, "https://k:");
    support_append_times(&url, "hush", 20000);
    buffer_append_text(&url, "@example.com/");
    assert_true(url_append_shown(buffer_text(&url), &out));
    assert_string_equal(buffer_text(&out), "https://example.com/");
    buffer_free(&url);
    buffer_free(&out);
}

static void test_plain_loopback(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        bool is;
    } cases[] = {
        {"http://localhost:80", true},   {"http://127.0.0.1/x", true}, {"http://[::1]", true},
        {"https://127.0.0.1", false},    {"http://192.0.2.7", false},  {"", false},
        {"http://127.0.0.1.org", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (url_is_plain_loopback(cases[i].url) != cases[i].is)
            fail_msg("%s", cases[i].url);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_urls),           cmocka_unit_test(test_secrets_stay_secret),
        cmocka_unit_test(test_shown),          cmocka_unit_test(test_long),
        cmocka_unit_test(test_plain_loopback),
    };
    return cmocka_run_group_tests_name("URLs", tests, NULL, NULL);
}
