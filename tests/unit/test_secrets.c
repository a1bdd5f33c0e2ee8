/* What must not be shown is not, in whatever encoding it comes. */
#include "fetch/http/secrets.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "fetch/http/secret_form.h"
#include "support.h"

#include <string.h>

struct hidden_case {
    const char *text;
    const char *shown;
};

static void check_hidden(const struct secrets *secrets, const struct hidden_case *c)
{
    struct buffer out = {0};
    secrets_append_hidden(secrets, c->text, &out);
    if (strcmp(buffer_text(&out), c->shown) != 0)
        fail_msg("%s: '%s'", c->text, buffer_text(&out));
    buffer_free(&out);
}

/* Of key "the-key" and secret "S3c&t=/?#@:H-%41'\"<w z\u00E9". */
static const struct hidden_case cases[] = {
    {"", ""},
    {"no such account", "no such account"},
    {"100 %, 50 % & \\ more % &", "100 %, 50 % & \\ more % &"},
    {"%4 %zz &#; &nothing; \\u12 \\x", "%4 %zz &#; &nothing; \\u12 \\x"},
    {"the-key", "[hidden]"},
    {"the-ke", "[hidden]"}, /* cut off */
    {"the-kez", "the-kez"},
    {"the- the-key.", "the- [hidden]."},
    {"thethe-keythe-key", "the[hidden][hidden]"},

    {"<S3c&t=/?#@:H-%41'\"<w z\u00E9>", "<[hidden]>"},
    {"<S3c&t=/?#@:H-%41'\"<w z>", "<[hidden]>"}, /* what is left of it in a message */
    {"the-key:S3c&t=/?#@:H-%41'\"<w z\u00E9, it is", "[hidden], it is"},
    {"S3c&t=/?#@:H-%41", "[hidden]"},

    /* URLs */
    {"/S3c%26t%3D%2F%3F%23%40%3AH-%2541%27%22%3Cw%20z%C3%A9/", "/[hidden]/"},
    {"/S3c%26t%3d%2f%3f%23%40%3aH-%2541%27%22%3cw%20z%c3%a9/", "/[hidden]/"},
    {"/S3c%26t%3D%2F%3F%23%40%3AH-%2541%27%22%3Cw+z%C3%A9&", "/[hidden]&"},
    {"/S3c&t=/?#@:H-%41'\"<w%20z\u00E9&", "/[hidden]&"},
    {"/%53%33%63%26%74%3D%2F%3F%23%40%3A%48%2D%25%34%31%27%22%3C%77%20%7A%C3%A9/", "/[hidden]/"},
    {"n=S3c%2526t%253D%252F%253F%2523%2540%253AH-%252541%2527%2522%253Cw%2520z%25C3%25A9&",
     "n=[hidden]&"},
    {"%74he%2Dkey!", "[hidden]!"},
    {"the-key%3AS3c%26t%3D%2F%3F%23%40%3AH-%2541%27%22%3Cw%20z%C3%A9!", "[hidden]!"},

    /* JSON */
    {"\"S3c&t=\\/?#@:H-%41'\\\"<w z\u00E9\"", "\"[hidden]\""},
    {"\"S3c\\u0026t=/?#@:H-%41\\u0027\\u0022\\u003Cw z\u00E9\"", "\"[hidden]\""},
    {"\\\"S3c&t=\\\\\\/?#@:H-%41'\\\\\\\"<w z\u00E9\\\"", "\\\"[hidden]\\\""},

    /* HTML */
    {"(S3c&amp;t=/?#@:H-%41&apos;&quot;&lt;w z\u00E9)", "([hidden])"},
    {"(S3c&amp;t=&#47;?#@:H-%41&#39;&#34;&#x3C;w z\u00E9)", "([hidden])"},
    {"(S3c&amp;t&#X3d;&#x2F;?#@:H-%41&#x27;&quot;&lt;w z\u00E9)", "([hidden])"},
};

static void test_hidden(void **state)
{
    (void)state;
    struct secrets secrets = {0};
    secrets_add(&secrets, "the-key", "S3c&t=/?#@:H-%41'\"<w z\u00E9");
    for (size_t i = 0; i < COUNT(cases); i++)
        check_hidden(&secrets, &cases[i]);
    secrets_free(&secrets);
}

/* A message is shown without some of the characters that a secret may hold. */
static void test_characters_that_are_not_shown(void **state)
{
    (void)state;
    struct secrets secrets = {0};
    secrets_add(&secrets, "the-key", "S3\u200Bcr\u00E9t-\u4E2D");
    check_hidden(&secrets, &(struct hidden_case){"<S3\u200Bcr\u00E9t-\u4E2D>", "<[hidden]>"});
    check_hidden(&secrets, &(struct hidden_case){"<S3cr\u00E9t-\u4E2D>", "<[hidden]>"});
    check_hidden(&secrets, &(struct hidden_case){"<S3crt->", "<[hidden]>"});
    secrets_free(&secrets);
}

static void test_nothing_to_hide(void **state)
{
    (void)state;
    const struct secrets none = {0};
    check_hidden(&none, &(struct hidden_case){"the-key:%41", "the-key:%41"});
    struct secrets short_ones = {0};
    secrets_add(&short_ones, "a", "the");
    check_hidden(&short_ones, &(struct hidden_case){"a the, a:the!", "a the, [hidden]!"});
    secrets_free(&short_ones);
}

/* The text among so many other bytes. No character that tells a part of it is left, and none that
   does not is taken. */
static void check_base64(const struct secrets *secrets, const char *text, size_t before,
                         size_t behind)
{
    struct buffer bytes = {0};
    struct buffer encoded = {0};
    struct buffer shown = {0};
    buffer_append(&bytes, "......", before);
    buffer_append_text(&bytes, text);
    size_t end = (bytes.length * 8 + 5) / 6;
    buffer_append(&bytes, "......", behind);
    base64_encode(bytes.bytes, bytes.length, &encoded);
    end += strspn(encoded.bytes + end, "=");
    secrets_append_hidden(secrets, buffer_text(&encoded), &shown);
    const char *hidden = strstr(buffer_text(&shown), "[hidden]");
    assert_non_null(hidden);
    assert_int_equal(hidden - shown.bytes, before * 8 / 6);
    assert_string_equal(hidden + strlen("[hidden]"), encoded.bytes + end);
    buffer_free(&bytes);
    buffer_free(&encoded);
    buffer_free(&shown);
}

static void test_base64(void **state)
{
    (void)state;
    static const char secret[] = "\xFB\xEF\xBEhush\xFF\xFE~hush?";
    for (size_t length = SECRET_BYTES_MIN; length < sizeof secret; length++) {
        struct secrets secrets = {0};
        char text[sizeof secret] = "";
        memcpy(text, secret, length);
        secrets_add(&secrets, "the-key", text);
        for (size_t before = 0; before < 6; before++) {
            for (size_t behind = 0; behind < 4; behind++)
                check_base64(&secrets, text, before, behind);
        }
        secrets_free(&secrets);
    }
}

static void test_base64_encoded_again(void **state)
{
    (void)state;
    static const struct hidden_case encoded[] = {
        {"Basic dGhlLWtleTp/fj8/Pj8+Pw==!", "Basic [hidden]!"},
        {"Basic dGhlLWtleTp_fj8_Pj8-Pw==!", "Basic [hidden]!"},
        {"?a=dGhlLWtleTp%2Ffj8%2FPj8%2BPw%3D%3D!", "?a=[hidden]%3D%3D!"},
        {"\"dGhlLWtleTp\\/fj8\\/Pj8+Pw\"", "\"[hidden]\""},
    };
    struct secrets secrets = {0};
    secrets_add(&secrets, "the-key", "\x7F~?\?>?>?");
    for (size_t i = 0; i < COUNT(encoded); i++)
        check_hidden(&secrets, &encoded[i]);
    secrets_free(&secrets);
}

static void test_proxies(void **state)
{
    (void)state;
    static const struct {
        const char *proxy;
        const char *text;
        const char *shown;
    } proxies[] = {
        {"http://someone:hush-hush@proxy:3128", "someone, hush-hush, proxy",
         "[hidden], [hidden], proxy"},
        {"http://someone:hush/hush@proxy:port", "in 'http://someone:hush/hush@proxy:port'",
         "in 'http://[hidden]@proxy:port'"},
        {"someone:hush@hush@proxy", "'someone:hush@hush@proxy'", "'[hidden]@proxy'"},
        {"odd://someone@proxy", "'odd://someone@proxy'", "'odd://[hidden]@proxy'"},
        {"http://so:hush://hush@proxy", "'http://so:hush://hush@proxy'", "'http://[hidden]@proxy'"},
        {"http://proxy:3128", "'http://proxy:3128'", "'http://proxy:3128'"},
        {"http://@proxy:3128", "'http://@proxy:3128'", "'http://@proxy:3128'"},
        {"", "proxy", "proxy"},
        {NULL, "proxy", "proxy"},
    };
    for (size_t i = 0; i < COUNT(proxies); i++) {
        struct secrets secrets = {0};
        secrets_add_proxy(&secrets, proxies[i].proxy);
        check_hidden(&secrets, &(struct hidden_case){proxies[i].text, proxies[i].shown});
        secrets_free(&secrets);
    }
}

static void test_sent(void **state)
{
    (void)state;
    static const char headers[] = "GET / HTTP/1.1\r\nHost: example.com\r\n"
                                  "Proxy-Authorization: Basic cHJveHk6aHVzaC1odXNo\r\n"
                                  "authorization: Basic dGhlLWtleTpxdWlldDpxdWlldA==\r\n\r\n";
    static const struct hidden_case sent = {"proxy hush-hush the-key quiet:quiet quiet",
                                            "[hidden] [hidden] [hidden] [hidden] quiet"};
    struct secrets secrets = {0};
    secrets_add_sent(&secrets, headers, sizeof headers - 1);
    size_t count = secrets.count;
    secrets_add_sent(&secrets, headers, sizeof headers - 1);
    assert_int_equal(secrets.count, count); /* each is kept once */
    check_hidden(&secrets, &(struct hidden_case){"quiet!", "quiet!"});
    check_hidden(&secrets, &(struct hidden_case){sent.text, "[hidden] [hidden] [hidden] [hidden] "
                                                            "[hidden]"});
    secrets_free(&secrets);

    secrets_add_sent(&secrets, headers, 20);
    secrets_add_sent(&secrets, "Authorization: Basic ", 21);
    secrets_add_sent(&secrets, "", 0);
    assert_int_equal(secrets.count, 0);
    secrets_free(&secrets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_characters_that_are_not_shown),
        cmocka_unit_test(test_nothing_to_hide),
        cmocka_unit_test(test_base64),
        cmocka_unit_test(test_base64_encoded_again),
        cmocka_unit_test(test_proxies),
        cmocka_unit_test(test_sent),
    };
    return cmocka_run_group_tests_name("secrets", tests, NULL, NULL);
}
