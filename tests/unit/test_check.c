/* What a server's answers say about it. */
#include "fetch/check_findings.h"

#include "base/buffer.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void test_page_size_kinds(void **state)
{
    (void)state;
    static const struct {
        int64_t asked, records, asked_less, records_less;
        enum page_size_kind expected;
    } cases[] = {
        {100, 100, 50, 50, PAGE_SIZE_HONOURED}, {100, 15, 7, 7, PAGE_SIZE_CAPPED},
        {100, 15, 7, 15, PAGE_SIZE_IGNORED},    {15, 15, 7, 15, PAGE_SIZE_IGNORED},
        {15, 15, 7, 7, PAGE_SIZE_HONOURED},     {100, 0, 1, 0, PAGE_SIZE_OPEN},
        {100, 1, 1, 1, PAGE_SIZE_OPEN},         {100, 2, 1, 1, PAGE_SIZE_CAPPED},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (check_page_size_kind(cases[i].asked, cases[i].records, cases[i].asked_less,
                                 cases[i].records_less) != cases[i].expected)
            fail_msg("row %zu", i);
    }
}

/* A probe in short: a status, or a page. In a page a word is a contact: "7" created then, "-" never
   created, anything else an email; ids count from 1, or from N if the first word is "#N". "=N" is
   the server's count. NULL: not asked. */
static struct probe probe_of(const char *text)
{
    struct probe probe = {0};
    char room[400];
    char description[160];
    struct buffer body = {0};
    if (!text)
        return probe;
    if (strspn(text, "0123456789") == 3 && text[3] == '\0') {
        probe.status = atoi(text);
        return probe;
    }
    probe.status = 200;
    if (strcmp(text, "null") == 0) {
        buffer_append_text(&body, "{\"payload\":null}");
    } else if (strcmp(text, "html") == 0) {
        buffer_append_text(&body, "<html>");
    } else {
        const char *count = "null";
        int id = 1;
        buffer_append_text(&body, "{\"payload\":[");
        snprintf(room, sizeof room, "%s", text);
        for (char *word = strtok(room, " "); word; word = strtok(NULL, " ")) {
            const char *comma = body.bytes[body.length - 1] == '[' ? "" : ",";
            if (*word == '=')
                count = word + 1;
            else if (*word == '#')
                id = atoi(word + 1);
            else if (*word == '-')
                buffer_print(&body, "%s{\"id\":%d}", comma, id++);
            else if (*word >= '0' && *word <= '9')
                buffer_print(&body, "%s{\"id\":%d,\"created_at\":%s}", comma, id++, word);
            else
                buffer_print(&body, "%s{\"id\":%d,\"email\":\"%s\"}", comma, id++, word);
        }
        buffer_print(&body, "],\"meta\":{\"count\":%s}}", count);
    }
    probe.body = livedesk_read_page(buffer_text(&body), body.length, &probe.page, description);
    buffer_free(&body);
    return probe;
}

static void free_probe(struct probe *probe)
{
    livedesk_page_free(&probe->page);
}

static const struct {
    const char *ascending;
    enum order_kind expected;
    int status;
} ascending_cases[] = {
    {"1 2 3", ORDER_OBEYED, 200}, {"1 1 2", ORDER_OBEYED, 200},  {"1 - 2", ORDER_OBEYED, 200},
    {"1 1 1", ORDER_OPEN, 200},   {"1", ORDER_OPEN, 200},        {"", ORDER_OPEN, 200},
    {"- -", ORDER_OPEN, 200},     {"3 2 1", ORDER_IGNORED, 200}, {"1 3 2", ORDER_IGNORED, 200},
    {"400", ORDER_REFUSED, 400},  {"422", ORDER_REFUSED, 422},   {"404", ORDER_REFUSED, 404},
    {"429", ORDER_FAILED, 429},   {"408", ORDER_FAILED, 408},    {"500", ORDER_FAILED, 500},
    {"204", ORDER_FAILED, 204},   {"html", ORDER_FAILED, 200},   {NULL, ORDER_FAILED, 0},
};

static void check_order(const char *what, struct order_finding finding, enum order_kind kind)
{
    if (finding.kind != kind)
        fail_msg("%s: %d", what, (int)finding.kind);
}

static void test_ascending(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ascending_cases); i++) {
        struct probe probe = probe_of(ascending_cases[i].ascending);
        struct order_finding finding = find_ascending(&probe);
        check_order(ascending_cases[i].ascending, finding, ascending_cases[i].expected);
        assert_int_equal(finding.status, ascending_cases[i].status);
        free_probe(&probe);
    }
}

static const struct {
    const char *descending;
    const char *ascending;
    enum order_kind expected;
} descending_cases[] = {
    {"9 8 7", "1 2 3", ORDER_OBEYED},
    {"9 8 8", "8 8 9", ORDER_OBEYED},
    {"9 - 8", "1 2 3", ORDER_OBEYED},
    {"1 2 3", "1 2 3", ORDER_IGNORED}, /* not read */
    {"3 1 2", "1 2 3", ORDER_IGNORED},
    {"9 9 9", "1 1 1", ORDER_OBEYED}, /* an import fills each page */
    {"1 1 1", "1 1 1", ORDER_OPEN},
    {"1", "1", ORDER_OPEN},
    {"", "", ORDER_OPEN},
    {"9 8", "500", ORDER_OBEYED},
    {"9 9", "500", ORDER_OPEN},
    {"400", "1 2", ORDER_REFUSED},
    {NULL, "1 2", ORDER_FAILED},
};

static void test_descending(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(descending_cases); i++) {
        struct probe descending = probe_of(descending_cases[i].descending);
        struct probe ascending = probe_of(descending_cases[i].ascending);
        check_order(descending_cases[i].descending, find_descending(&descending, &ascending),
                    descending_cases[i].expected);
        free_probe(&descending);
        free_probe(&ascending);
    }
}

static const struct {
    const char *several;
    const char *single;
    enum order_kind by_email;
    enum order_kind by_several;
} email_cases[] = {
    {"a@x b@x c@x d@x e@x", "a@x b@x c@x d@x e@x", ORDER_OBEYED, ORDER_OBEYED},
    {"c@x a@x d@x b@x e@x", "a@x b@x c@x d@x e@x", ORDER_OBEYED, ORDER_IGNORED},
    {"a@x b@x c@x d@x", "a@x b@x c@x d@x e@x", ORDER_OBEYED, ORDER_IGNORED},
    {"400", "a@x b@x c@x d@x e@x", ORDER_OBEYED, ORDER_REFUSED},
    {"500", "a@x B@x c@x D@x e@x", ORDER_OBEYED, ORDER_FAILED},
    /* databases differ in capitals and punctuation */
    {"400", "A@x Z@x a@x b@x c@x", ORDER_OBEYED, ORDER_REFUSED},
    {"400", "a.z@x ab@x _c@x d@x e@x", ORDER_OBEYED, ORDER_REFUSED},
    {"400", "a@x b@x a@x d@x e@x", ORDER_IGNORED, ORDER_REFUSED},
    /* too few */
    {"a@x b@x", "a@x b@x", ORDER_OPEN, ORDER_OPEN},
    {"b@x a@x", "a@x b@x", ORDER_OPEN, ORDER_IGNORED},
    {"1 2 3 4 5 6", "1 2 3 4 5 6", ORDER_OPEN, ORDER_OPEN},
    {"a@x b@x c@x d@x e@x", "404", ORDER_REFUSED, ORDER_OBEYED},
};

static void test_emails(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(email_cases); i++) {
        struct probe several = probe_of(email_cases[i].several);
        struct probe single = probe_of(email_cases[i].single);
        check_order(email_cases[i].single, find_by_email(&single), email_cases[i].by_email);
        check_order(email_cases[i].several, find_by_several(&several, &single),
                    email_cases[i].by_several);
        free_probe(&several);
        free_probe(&single);
    }
}

static void test_unknown_key(void **state)
{
    (void)state;
    static const struct {
        const char *answer;
        enum order_kind expected;
    } cases[] = {{"1 2", ORDER_IGNORED}, {"", ORDER_IGNORED},    {"400", ORDER_REFUSED},
                 {"500", ORDER_FAILED},  {"null", ORDER_FAILED}, {NULL, ORDER_FAILED}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct probe probe = probe_of(cases[i].answer);
        check_order(cases[i].answer, find_by_unknown(&probe), cases[i].expected);
        free_probe(&probe);
    }
}

static const struct {
    const char *beyond;
    const char *last;
    enum beyond_kind expected;
} beyond_cases[] = {
    {"", "#7 1 2", BEYOND_EMPTY_LIST},         {"null", "#7 1 2", BEYOND_NULL_LIST},
    {"204", "#7 1 2", BEYOND_STATUS},          {"404", "#7 1 2", BEYOND_STATUS},
    {"500", "#7 1 2", BEYOND_STATUS},          {"html", "#7 1 2", BEYOND_UNREADABLE},
    {NULL, "#7 1 2", BEYOND_UNREADABLE},       {"#7 2 1", "#7 1 2", BEYOND_LAST_PAGE},
    {"#1 1 2 3", "#7 1 2", BEYOND_FIRST_PAGE}, {"#9 1 2", "#7 1 2", BEYOND_CONTACTS},
    {"#7 1", "#7 1 2", BEYOND_CONTACTS},       {"#7 1 2", NULL, BEYOND_CONTACTS},
    {"#1 1 2 3", NULL, BEYOND_FIRST_PAGE},
};

static void test_beyond(void **state)
{
    (void)state;
    struct probe first = probe_of("#1 1 2 3");
    for (size_t i = 0; i < COUNT(beyond_cases); i++) {
        struct probe beyond = probe_of(beyond_cases[i].beyond);
        struct probe last = probe_of(beyond_cases[i].last);
        struct beyond_finding finding = find_beyond(&beyond, &first, &last);
        if (finding.kind != beyond_cases[i].expected || finding.status != beyond.status)
            fail_msg("%s: %d", beyond_cases[i].beyond, (int)finding.kind);
        free_probe(&beyond);
        free_probe(&last);
    }
    free_probe(&first);
}

static const struct {
    const char *first;
    const char *smaller;
    const char *second;
    enum count_kind expected;
} count_cases[] = {
    {"1 2 =9", "1 =9", NULL, COUNTS_ALL},     {"1 2", "1", NULL, COUNTS_NOTHING},
    {"1 2 =1", "1 =1", NULL, COUNTS_TOO_FEW}, {"1 2 =2", "1 =1", NULL, COUNTS_PAGE},
    {"1 2 =2", "1 =2", NULL, COUNTS_ALL},     {"1 2 =2", "1 2 =2", "3 =1", COUNTS_PAGE},
    {"1 2 =2", "1 2 =2", "=0", COUNTS_OPEN},  {"1 2 =2", NULL, "404", COUNTS_OPEN},
    {"1 2 =2", NULL, "3 =1", COUNTS_PAGE},    {"=0", "=0", NULL, COUNTS_OPEN},
};

static void test_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(count_cases); i++) {
        struct probe first = probe_of(count_cases[i].first);
        struct probe smaller = probe_of(count_cases[i].smaller);
        struct probe second = probe_of(count_cases[i].second);
        if (find_count(&first, &smaller, &second) != count_cases[i].expected)
            fail_msg("row %zu: %d", i, (int)find_count(&first, &smaller, &second));
        free_probe(&first);
        free_probe(&smaller);
        free_probe(&second);
    }
}

static void test_ties(void **state)
{
    (void)state;
    static const struct {
        const char *page;
        struct tie expected;
    } cases[] = {
        {"", {0, 0}},        {"- -", {0, 0}},           {"5", {1, 5}},
        {"5 6 5 7", {2, 5}}, {"7 7 5 5 5 7 7", {4, 7}}, {"5 - 5", {2, 5}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct probe probe = probe_of(cases[i].page);
        struct tie tie = find_tie(&probe.page);
        if (tie.contacts != cases[i].expected.contacts ||
            tie.created_at != cases[i].expected.created_at)
            fail_msg("%s: %lld", cases[i].page, (long long)tie.contacts);
        free_probe(&probe);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_size_kinds), cmocka_unit_test(test_ascending),
        cmocka_unit_test(test_descending),      cmocka_unit_test(test_emails),
        cmocka_unit_test(test_unknown_key),     cmocka_unit_test(test_beyond),
        cmocka_unit_test(test_counts),          cmocka_unit_test(test_ties),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
