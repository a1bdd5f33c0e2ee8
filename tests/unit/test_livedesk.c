/* The API's addresses and answers. */
#include "fetch/api/livedesk.h"

#include "base/buffer.h"
#include "fetch/api/server_message.h"
#include "model/ledger.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

struct url_case {
    const char *what;
    struct source source;
    int64_t page;
    const char *expected;
};

static const char *const one_label[] = {"vip"};
static const char *const odd_labels[] = {"a,b", "two words", "\u4E2D\u56FD", "x&y=z?#%+/"};

#define PATH "/api/v2/accounts/contacts"
#define TAIL "&sort=created_at&direction=asc&include_contact_inboxes="

static const struct url_case url_cases[] = {
    {"plain",
     {.base_url = "https://api",
      .sort = "created_at",
      .direction = "asc",
      .page_size = 100,
      .inboxes = true},
     1,
     "https://api" PATH "?page=1&page_size=100" TAIL "true"},
    {"trailing slashes, no inboxes",
     {.base_url = "https://api/v//", .sort = "created_at", .direction = "asc", .page_size = 15},
     667,
     "https://api/v" PATH "?page=667&page_size=15" TAIL "false"},
    {"other order",
     {.base_url = "http://h:1", .sort = "name", .direction = "desc", .page_size = 1},
     2,
     "http://h:1" PATH
     "?page=2&page_size=1&sort=name&direction=desc&include_contact_inboxes=false"},
    {"one label",
     {.base_url = "h",
      .sort = "created_at",
      .direction = "asc",
      .page_size = 9,
      .labels = one_label,
      .label_count = 1},
     1,
     "h" PATH "?page=1&page_size=9" TAIL "false&labels%5B%5D=vip"},
    {"labels that need encoding",
     {.base_url = "h",
      .sort = "created_at",
      .direction = "asc",
      .page_size = 9,
      .labels = odd_labels,
      .label_count = 4},
     1,
     "h" PATH "?page=1&page_size=9" TAIL
     "false&labels%5B%5D=a%2Cb&labels%5B%5D=two%20words&labels%5B%5D=%E4%B8%AD%E5%9B%BD"
     "&labels%5B%5D=x%26y%3Dz%3F%23%25%2B%2F"},
    {"search",
     {.base_url = "h",
      .sort = "created_at",
      .direction = "asc",
      .page_size = 9,
      .q = "+49 \u00FC~._-@"},
     1,
     "h" PATH "?page=1&page_size=9" TAIL "false&q=%2B49%20%C3%BC~._-%40"},
};

static void test_urls(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(url_cases); i++) {
        char *url = livedesk_page_url(&url_cases[i].source, url_cases[i].page);
        if (strcmp(url, url_cases[i].expected) != 0)
            fail_msg("%s: %s", url_cases[i].what, url);
        free(url);
    }
}

/* The list's own address holds neither labels nor search: it is shown in messages. */
static void test_list_url(void **state)
{
    (void)state;
    const struct source minus = {.base_url = "h", .sort = "-created_at"};
    char *resource = livedesk_resource_url(&minus, "labels");
    assert_string_equal(resource, "h/api/v2/accounts/labels");
    free(resource);
    char *undirected = livedesk_page_url(&minus, 1);
    assert_string_equal(undirected,
                        "h" PATH "?page=1&sort=-created_at&include_contact_inboxes=false");
    free(undirected);
    const struct source source = {
        .base_url = "https://api/", .labels = one_label, .label_count = 1, .q = "somebody"};
    char *url = livedesk_list_url(&source);
    assert_string_equal(url, "https://api" PATH);
    free(url);
}

struct page_case {
    const char *body;
    int64_t count;
    int64_t records;
    size_t contacts;
};

static const struct page_case page_cases[] = {
    {"{\"meta\":{\"count\":31,\"current_page\":\"1\"},\"payload\":[{\"id\":1},{\"id\":2}]}", 31, 2,
     2},
    {"{\"meta\":{\"count\":\"31\"},\"payload\":[{\"id\":1}]}", 31, 1, 1},
    {"{\"payload\":[{\"id\":1}]}", COUNT_UNKNOWN, 1, 1},
    {"{\"meta\":{},\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":null,\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":[1],\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":{\"count\":null},\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":{\"count\":-1},\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":{\"count\":\"-5\"},\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":{\"count\":\"many\"},\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":{\"count\":1.5},\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":{\"count\":0},\"payload\":[]}", 0, 0, 0},
    {"{\"meta\":{\"count\":100000000000},\"payload\":[]}", 100000000000, 0, 0},
    {"{\"meta\":{\"count\":100000000001},\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"meta\":{\"count\":9223372036854775807},\"payload\":[]}", COUNT_UNKNOWN, 0, 0},
    {"{\"payload\":[{\"id\":1,\"name\":\"NaN\",\"x\":[1e400,\"-Infinity\"]}]}", COUNT_UNKNOWN, 1,
     1},
    {"{\"meta\":{\"count\":2.0},\"payload\":[]}", 2, 0, 0},
    {" \r\n{\"payload\":[]}\r\n \t", COUNT_UNKNOWN, 0, 0},
    {"\xEF\xBB\xBF{\"payload\":[{\"id\":1}]}", COUNT_UNKNOWN, 1, 1},
    {"{\"payload\":[],\"message\":\"ok\",\"data\":{}}", COUNT_UNKNOWN, 0, 0},
    {"{\"payload\":[{\"id\":1},{\"id\":null},{},7,null,[],{\"id\":\"x\"},{\"id\":2}]}",
     COUNT_UNKNOWN, 8, 2},
    {"{\"success\":true,\"payload\":[{\"id\":\"5\"}],\"more\":1}", COUNT_UNKNOWN, 1, 1},
};

static void test_pages(void **state)
{
    (void)state;
    struct livedesk_page page = {0};
    for (size_t i = 0; i < COUNT(page_cases); i++) {
        const struct page_case *c = &page_cases[i];
        char fault[160] = "";
        enum body_fault kind = livedesk_read_page(c->body, strlen(c->body), &page, fault);
        if (kind != BODY_FINE || page.count != c->count || page.records != c->records ||
            page.contact_count != c->contacts)
            fail_msg("%s: %s count %lld, %lld records, %zu contacts", c->body, fault,
                     (long long)page.count, (long long)page.records, page.contact_count);
    }
    livedesk_page_free(&page);
}

/* What one page held is gone with the next. */
static void test_page_again(void **state)
{
    (void)state;
    struct livedesk_page page = {0};
    char fault[160];
    static const char first[] =
        "{\"meta\":{\"count\":9},\"payload\":[{\"id\":1,\"name\":\"A\"},{}]}";
    static const char second[] = "{\"payload\":[{\"id\":2,\"name\":\"B\"}]}";
    assert_int_equal(livedesk_read_page(first, sizeof first - 1, &page, fault), BODY_FINE);
    assert_int_equal(page.warnings.counts[WARNING_CONTACT_WITHOUT_ID], 1);
    assert_string_equal(page.contacts[0].text[CONTACT_NAME], "A");
    assert_int_equal(livedesk_read_page(second, sizeof second - 1, &page, fault), BODY_FINE);
    assert_int_equal(page.warnings.counts[WARNING_CONTACT_WITHOUT_ID], 0);
    assert_int_equal(page.count, COUNT_UNKNOWN);
    assert_int_equal(page.records, 1);
    assert_string_equal(page.contacts[0].text[CONTACT_NAME], "B");
    assert_int_equal(livedesk_read_page("", 0, &page, fault), BODY_INVALID);
    assert_int_equal(page.records, 0);
    assert_int_equal(page.contact_count, 0);
    livedesk_page_free(&page);
}

#define BODY(literal) literal, sizeof(literal) - 1

static const struct {
    const char *body;
    size_t body_bytes;
    const char *description;
} invalid[] = {
    {BODY(""), "invalid JSON ("},
    {BODY("   "), "invalid JSON ("},
    {BODY("oops"), "invalid JSON ("},
    {BODY("{\"payload\":[{\"id\":1}"), "at byte 20 of 20"},
    {BODY("{\"payload\":[{\"id\":1,\"name\":\"cut"), "of 31"},
    {BODY("{\"payload\":[]}x"), "invalid JSON ("},
    {BODY("{\"payload\":[]}{\"payload\":[]}"), "invalid JSON ("},
    {BODY("{\"payload\":[],}"), "invalid JSON ("},
    {BODY("{\"payload\":[]}\0{\"payload\":[]}"), "invalid JSON ("},
    {BODY("<!DOCTYPE html><html></html>"), "an HTML page instead of JSON"},
    {BODY("\r\n \xEF\xBB\xBF<html>"), "an HTML page instead of JSON"},
    {BODY("{}"), "JSON without the list of contacts"},
    {BODY("[]"), "a bare list, without the object whose \"payload\" it should be"},
    {BODY("[{\"id\":1}]"), "a bare list, without"},
    {BODY("17"), "JSON without the list of contacts"},
    {BODY("null"), "JSON without the list of contacts"},
    {BODY("\"payload\""), "JSON without the list of contacts"},
    {BODY("{\"payload\":{}}"), "a \"payload\" that is an object with keys, not a list"},
    {BODY("{\"payload\":{\"1\":{\"id\":1}},\"message\":\"ok\"}"),
     "an object with keys, not a list"},
    {BODY("{\"data\":[{\"id\":1}],\"message\":\"ok\"}"), "a list that is called \"data\", not"},
    {BODY("{\"data\":{\"meta\":{},\"payload\":[{\"id\":1}]},\"message\":\"ok\"}"),
     "its \"payload\" wrapped in an object called \"data\""},
    {BODY("{\"data\":{\"id\":1}}"), "JSON without the list of contacts"},
    {BODY("{\"payload\":\"[]\"}"), "JSON without the list of contacts"},
    {BODY("{\"code\":7}"), "JSON without the list of contacts"},
    {BODY("\xEF\xBB\xBF"), "invalid JSON ("},
    {BODY("\xEF\xBB\xBF\xEF\xBB\xBF{\"payload\":[]}"), "invalid JSON ("},
};

static void test_invalid_bodies(void **state)
{
    (void)state;
    struct livedesk_page page = {0};
    for (size_t i = 0; i < COUNT(invalid); i++) {
        char fault[160] = "";
        enum body_fault kind =
            livedesk_read_page(invalid[i].body, invalid[i].body_bytes, &page, fault);
        if (kind != BODY_INVALID || !strstr(fault, invalid[i].description))
            fail_msg("'%s': %d '%s'", invalid[i].body, (int)kind, fault);
        assert_int_equal(page.records, 0);
        assert_int_equal(page.count, COUNT_UNKNOWN);
    }
    livedesk_page_free(&page);
}

static void test_null_instead_of_a_list(void **state)
{
    (void)state;
    static const char body[] = "{\"meta\":{\"count\":31},\"payload\":null}";
    struct livedesk_page page = {0};
    char fault[160] = "";
    assert_int_equal(livedesk_read_page(body, sizeof body - 1, &page, fault), BODY_WITHOUT_LIST);
    assert_string_equal(fault, "JSON whose list of contacts (\"payload\") is null");
    livedesk_page_free(&page);
}

static void test_other_lists(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        int64_t entries; /* -1: no list */
    } cases[] = {
        {"{\"payload\":[{\"id\":1},{\"id\":2}]}", 2},
        {"[1,2,3]", 3},
        {"{\"payload\":[]}", 0},
        {"{\"payload\":null}", -1},
        {"{\"error\":\"no\"}", -1},
        {"<html>", -1},
        {"", -1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t entries = -1;
        bool is_list = livedesk_read_list(cases[i].body, strlen(cases[i].body), &entries);
        if (is_list != (cases[i].entries >= 0) || entries != cases[i].entries)
            fail_msg("%s: %lld", cases[i].body, (long long)entries);
    }
}

static void test_messages_instead_of_pages(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"error\":\"no\"}",
        "{\"code\":40001,\"message\":\"\u53C2\u6570\u9519\u8BEF\"}",
        "{\"code\":40001,\"message\":\"no\",\"data\":null}",
        "{\"code\":40001,\"message\":\"no\",\"data\":{}}",
        "\xEF\xBB\xBF{\"errors\":[\"no\"]}",
    };
    struct livedesk_page page = {0};
    for (size_t i = 0; i < COUNT(bodies); i++) {
        char fault[160] = "";
        enum body_fault kind = livedesk_read_page(bodies[i], strlen(bodies[i]), &page, fault);
        if (kind != BODY_MESSAGE)
            fail_msg("%s: %d '%s'", bodies[i], (int)kind, fault);
        assert_int_equal(page.records, 0);
    }
    livedesk_page_free(&page);
}

/* A page with a value nested so deep that there are `depth` levels in all. */
static enum body_fault read_nested(int depth, char fault[static 160])
{
    struct buffer body = {0};
    buffer_append_text(&body, "{\"payload\":[{\"id\":1,\"x\":");
    for (int i = 3; i < depth; i++)
        buffer_append_char(&body, '[');
    for (int i = 3; i < depth; i++)
        buffer_append_char(&body, ']');
    buffer_append_text(&body, "}]}");
    struct livedesk_page page = {0};
    enum body_fault kind = livedesk_read_page(buffer_text(&body), body.length, &page, fault);
    livedesk_page_free(&page);
    buffer_free(&body);
    return kind;
}

static void test_depth(void **state)
{
    (void)state;
    char fault[160] = "";
    assert_int_equal(read_nested(LIVEDESK_JSON_DEPTH_MAX - 1, fault), BODY_FINE);
    assert_int_equal(read_nested(LIVEDESK_JSON_DEPTH_MAX + 1, fault), BODY_EXCESSIVE);
    assert_string_equal(fault, "JSON nested deeper than 32 levels");
    assert_int_equal(read_nested(100000, fault), BODY_EXCESSIVE);
}

static const char *const words_for_numbers[] = {
    "{\"payload\":[{\"id\":1,\"custom_attributes\":{\"x\":NaN}}]}",
    "{\"payload\":[{\"id\":1,\"foo\":Infinity}]}",
    "{\"payload\":[{\"id\":1,\"foo\":[{\"y\":-Infinity}]}]}",
    "{\"meta\":{\"count\":NaN},\"payload\":[]}",
};

/* json-c takes them. */
static void test_words_for_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(words_for_numbers); i++) {
        struct livedesk_page page = {0};
        char fault[160] = "";
        const char *body = words_for_numbers[i];
        assert_int_equal(livedesk_read_page(body, strlen(body), &page, fault), BODY_INVALID);
        assert_string_equal(fault, "invalid JSON (NaN or Infinity in the place of a number)");
        livedesk_page_free(&page);
    }
}

/* Some servers have no list behind the last page, and none for an account without contacts. */
static void test_no_list(void **state)
{
    static const struct {
        const char *body;
        enum body_fault fault;
    } rows[] = {
        {"{\"payload\":null}", BODY_WITHOUT_LIST},
        {"{\"meta\":{\"count\":1},\"payload\":null}", BODY_WITHOUT_LIST},
        {"{\"meta\":{\"count\":0},\"payload\":null}", BODY_FINE},
        {"{\"meta\":{\"count\":0}}", BODY_INVALID},
        {"null", BODY_INVALID},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct livedesk_page page = {0};
        char fault[160] = "";
        enum body_fault found =
            livedesk_read_page(rows[i].body, strlen(rows[i].body), &page, fault);
        if (found != rows[i].fault || page.records != 0)
            fail_msg("%s: %d %s", rows[i].body, (int)found, fault);
        livedesk_page_free(&page);
    }
}

static enum body_fault read_records(int records, char fault[static 160])
{
    struct buffer body = {0};
    struct livedesk_page page = {0};
    buffer_append_text(&body, "{\"payload\":[0");
    support_append_times(&body, ",0", records - 1);
    buffer_append_text(&body, "]}");
    enum body_fault kind = livedesk_read_page(body.bytes, body.length, &page, fault);
    livedesk_page_free(&page);
    buffer_free(&body);
    return kind;
}

static void test_records(void **state)
{
    (void)state;
    char fault[160] = "";
    assert_int_equal(read_records(LIVEDESK_RECORDS_MAX, fault), BODY_FINE);
    assert_int_equal(read_records(LIVEDESK_RECORDS_MAX + 1, fault), BODY_EXCESSIVE);
    assert_string_equal(fault, "more than 10000 records on a page");
}

static const struct {
    const char *item;
    int count;
    enum body_fault expected;
} amounts[] = {
    {"[]", LIVEDESK_JSON_CONTAINERS_MAX - 4, BODY_FINE}, /* four more are around them */
    {"[]", LIVEDESK_JSON_CONTAINERS_MAX - 3, BODY_EXCESSIVE},
    {"{}", LIVEDESK_JSON_CONTAINERS_MAX - 3, BODY_EXCESSIVE},
    {"0", LIVEDESK_JSON_VALUES_MAX, BODY_FINE},
    {"0", LIVEDESK_JSON_VALUES_MAX + 1, BODY_EXCESSIVE},
    {"\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"", 2000, BODY_FINE},
};

static void test_amounts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(amounts); i++) {
        struct buffer body = {0};
        struct livedesk_page page = {0};
        char fault[160] = "";
        buffer_append_text(&body, "{\"payload\":[{\"id\":1,\"x\":[");
        for (int told = 0; told < amounts[i].count; told++)
            buffer_print(&body, "%s%s", told ? "," : "", amounts[i].item);
        buffer_append_text(&body, "]}]}");
        enum body_fault kind = livedesk_read_page(body.bytes, body.length, &page, fault);
        if (kind != amounts[i].expected)
            fail_msg("%d of %s: %d %s", amounts[i].count, amounts[i].item, (int)kind, fault);
        livedesk_page_free(&page);
        buffer_free(&body);
    }
}

static const struct {
    const char *body;
    const char *expected;
} messages[] = {
    {"", ""},
    {"{\"message\":\"Invalid token\"}", "Invalid token"},
    {"{\"error\":\"nope\"}", "nope"},
    {"{\"msg\":\"nope\",\"code\":4}", "nope"},
    {"{\"errors\":[\"a\",\"b\"]}", "a; b"},
    {"{\"errors\":[{\"title\":\"a\"},{\"detail\":\"b\"},{\"code\":1}]}", "a; b"},
    {"{\"error\":{\"code\":7,\"message\":\"inner\"}}", "inner"},
    {"{\"error\":4001}", "4001"},
    {"{\"error\":true,\"message\":\"said\"}", "said"},
    {"{\"message\":null,\"error\":\"second\"}", "second"},
    {"{\"message\":\"\",\"error\":\"second\"}", "second"},
    {"{\"message\":\"first\",\"error\":\"second\"}", "first"},
    /* in any script, without what is not shown */
    {"{\"message\":\"\u53C2\u6570\u9519\u8BEF\"}", "\u53C2\u6570\u9519\u8BEF"},
    {"{\"message\":\"\\u0645\\u06cc\\u200c\\u062e\\u0648\"}", "\u0645\u06CC\u200C\u062E\u0648"},
    {"{\"message\":\"caf\u00E9 \U0001F600\x7F!\"}", "caf\u00E9 \U0001F600!"},
    {"{\"message\":\"\\u001b[2J\\u0007bad\\r\\n\\u0085\"}", "[2Jbad"},
    {"{\"message\":\"\\u202ea\\u2066b\\u2069\\u200ec\\u061c\\ufeff\\u2028\"}", "abc"},
    {"{\"message\":\"\xE9\xFF!\"}", "!"},
    /* what may be a contact's is not shown */
    {"plain words", ""},
    {"[1,2]", ""},
    {"\"words\"", ""},
    {"{\"payload\":[{\"name\":\"Ada\"}]}", ""},
    {"{\"name\":\"Ada\"}", ""},
    {"{\"error\":{\"code\":7,\"name\":\"Ada\"}}", ""},
    {"{\"errors\":{\"email\":[\"ada@x.org\"]}}", ""},
    {"{\"message\":{\"error\":{\"detail\":{\"title\":\"too deep\"}}}}", ""},
    {"{\"message\":\"cut", ""},
    {"<html><body>503</body></html>", ""},
    {"  \n<html>", ""},
};

static void test_server_messages(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(messages); i++) {
        struct buffer text = {0};
        livedesk_server_message(messages[i].body, strlen(messages[i].body), &text);
        if (strcmp(buffer_text(&text), messages[i].expected) != 0)
            fail_msg("%s: '%s'", messages[i].body, buffer_text(&text));
        buffer_free(&text);
    }
}

static void test_long_server_message(void **state)
{
    (void)state;
    struct buffer body = {0};
    struct buffer text = {0};
    buffer_append_text(&body, "{\"message\":\"");
    support_append_times(&body, "\u4E2D", 100000);
    buffer_append_text(&body, "\"}");
    livedesk_server_message(body.bytes, body.length, &text);
    assert_int_equal(text.length, SERVER_MESSAGE_BYTES_MAX / 3 * 3);
    buffer_free(&text);
    buffer_free(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_urls),
        cmocka_unit_test(test_list_url),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_page_again),
        cmocka_unit_test(test_no_list),
        cmocka_unit_test(test_invalid_bodies),
        cmocka_unit_test(test_messages_instead_of_pages),
        cmocka_unit_test(test_null_instead_of_a_list),
        cmocka_unit_test(test_other_lists),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_amounts),
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_words_for_numbers),
        cmocka_unit_test(test_server_messages),
        cmocka_unit_test(test_long_server_message),
    };
    return cmocka_run_group_tests_name("livedesk", tests, NULL, NULL);
}
