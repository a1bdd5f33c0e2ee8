/* Counts by country, company, inbox and recency of activity. */
#include "tally/tally.h"

#include "base/buffer.h"
#include "snapshot/snapshot.h"
#include "support.h"
#include "support_snapshot.h"

#include <stdlib.h>
#include <string.h>

enum { AS_OF = 1795362245 };

static bool describe_group(void *context, const struct group *group, struct error *error)
{
    (void)error;
    struct buffer *out = context;
    if (out->length)
        buffer_append_text(out, "; ");
    if (group->code)
        buffer_print(out, "[%s] ", group->code);
    if (group->dimension == BY_INBOX && group->name)
        buffer_print(out, "#%lld ", (long long)group->id);
    if (group->others > 0)
        buffer_print(out, "%lld others", (long long)group->others);
    else
        buffer_append_text(out, group->name ? group->name : "(none)");
    if (group->channel_type)
        buffer_print(out, " %s", group->channel_type);
    buffer_print(out, " %lld", (long long)group->contacts);
    return true;
}

static struct tally *make(const struct snapshot *snapshot)
{
    struct tally *tally = NULL;
    struct error error = {0};
    if (!tally_make(&tally, snapshot, AS_OF, &activity_default_bounds, &error))
        fail_msg("%s", error.message);
    return tally;
}

static void check_lines(const char *what, const struct tally *tally, enum dimension dimension,
                        int64_t limit, const char *expected)
{
    struct buffer out = {0};
    struct error error = {0};
    assert_true(tally_each(tally, dimension, limit, describe_group, &out, &error));
    if (strcmp(buffer_text(&out), expected) != 0)
        fail_msg("%s: %s", what, buffer_text(&out));
    buffer_free(&out);
}

struct tally_case {
    const char *what;
    enum dimension dimension;
    int64_t limit;
    const char *contacts;
    const char *expected;
    int64_t named;
};

#define COUNTRY(id, code, text)                                                                    \
    "{\"id\":" id ",\"additional_attributes\":{\"country_code\":" code ",\"country\":" text "}}"
#define COMPANY(id, name)                                                                          \
    "{\"id\":" id ",\"additional_attributes\":{\"company_name\":\"" name "\"}}"
#define INBOXES(id, list) "{\"id\":" id ",\"contact_inboxes\":[" list "]}"
#define INBOX(id, rest)   "{\"inbox\":{\"id\":" id rest "}}"

static const struct tally_case cases[] = {
    {"no contacts, countries", BY_COUNTRY, 0, "[]", "", 0},
    {"no contacts, companies", BY_COMPANY, 0, "[]", "", 0},
    {"no contacts, inboxes", BY_INBOX, 0, "[]", "", 0},

    {"code wins, names join it", BY_COUNTRY, 0,
     "[" COUNTRY("1", "\"de\"", "\"France\"") "," COUNTRY(
         "2", "null", "\"Deutschland\"") "," COUNTRY("3", "\"XX\"",
                                                     "\" GERMANY \"") "," COUNTRY("4", "\"FR\"",
                                                                                  "null") "]",
     "[DE] Germany 3; [FR] France 1", 2},
    {"texts that are no countries", BY_COUNTRY, 0,
     "[" COUNTRY("1", "null", "\"Atlantis\"") "," COUNTRY("2", "null", "\" ATLANTIS\"") "," COUNTRY(
         "3", "\"\"", "\"Atlantis \"") "," COUNTRY("4", "null",
                                                   "\"  \"") "," COUNTRY("5", "null",
                                                                         "null") ",{\"id\":6}]",
     "Atlantis 3; (none) 3", 1},
    {"a text that is another country's code stays apart", BY_COUNTRY, 0,
     "[" COUNTRY("1", "\"DE\"", "null") "," COUNTRY("2", "null", "\"Germania\"") "]",
     "Germania 1; [DE] Germany 1", 2},
    {"text: the smallest spelling among equals", BY_COUNTRY, 0,
     "[" COUNTRY("1", "null", "\"mu\"") "," COUNTRY("2", "null", "\"Lemuria\"") "," COUNTRY(
         "3", "null", "\"LEMURIA\"") "]",
     "LEMURIA 2; [MU] Mauritius 1", 2},

    {"the most frequent spelling", BY_COMPANY, 0,
     "[" COMPANY("1", "Acme Inc.") "," COMPANY("2", "ACME  inc. ") "," COMPANY(
         "3", "ACME inc.") "," COMPANY("4", "\uFF21cme Inc.") "," COMPANY("5", "Acme") "]",
     "ACME inc. 4; Acme 1", 2},
    {"the smallest in byte order among equals", BY_COMPANY, 0,
     "[" COMPANY("1", "acme") "," COMPANY("2", "Acme") "," COMPANY("3", "ACME") "]", "ACME 3", 1},
    {"no company", BY_COMPANY, 0,
     "[" COMPANY("1", "") "," COMPANY("2", " \u3000") ",{\"id\":3}," COMPANY("4", "A") "]",
     "(none) 3; A 1", 1},
    {"no company comes behind names of as many", BY_COMPANY, 0,
     "[" COMPANY("1", "") "," COMPANY("2", "Z") "," COMPANY("3", "A") "]", "A 1; Z 1; (none) 1", 2},
    {"limit", BY_COMPANY, 2,
     "[" COMPANY("1", "A") "," COMPANY("2", "A") "," COMPANY("3", "B") "," COMPANY(
         "4", "C") "," COMPANY("5", "D") ",{\"id\":6}]",
     "A 2; B 1; 3 others 3", 4},
    {"limit that all fit in", BY_COMPANY, 2, "[" COMPANY("1", "A") "," COMPANY("2", "B") "]",
     "A 1; B 1", 2},

    {"once in each distinct inbox", BY_INBOX, 0,
     "[" INBOXES(
         "1",
         INBOX("10", ",\"name\":\"Web\",\"channel_type\":\"W\"") "," INBOX(
             "10",
             ",\"name\":"
             "\"Web\","
             "\"channel_type\":"
             "\"W\"") "," INBOX("20", "")) "," INBOXES("2",
                                                       INBOX("10",
                                                             ",\"name\":\"Web\",\"channel_type\":"
                                                             "\"W\"")) "," INBOXES("3", "") ",{"
                                                                                            "\"i"
                                                                                            "d\""
                                                                                            ":4}"
                                                                                            ",{"
                                                                                            "\"i"
                                                                                            "d\""
                                                                                            ":5}"
                                                                                            "]",
     "(none) 3; #10 Web W 2; #20 #20 1", 2},
    {"inboxes of one name stay apart", BY_INBOX, 0,
     "[" INBOXES("1", INBOX("2", ",\"name\":\"Web\"") "," INBOX("1", ",\"name\":\"Web\"")) "]",
     "#1 Web 1; #2 Web 1", 2},
    {"every contact has an inbox", BY_INBOX, 0, "[" INBOXES("1", INBOX("1", ",\"name\":\"\"")) "]",
     "#1 #1 1", 1},
};

static void test_groups(void **state)
{
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *directory = support_make_numbered(*state, i);
        struct snapshot *snapshot = support_open_snapshot(directory, cases[i].contacts);
        struct tally *tally = make(snapshot);
        check_lines(cases[i].what, tally, cases[i].dimension, cases[i].limit, cases[i].expected);
        assert_int_equal(tally_named_count(tally, cases[i].dimension), cases[i].named);
        tally_free(tally);
        snapshot_close(snapshot);
        free(directory);
    }
}

static void test_inboxes_not_asked_for(void **state)
{
    char *path = support_path(*state, "s.sqlite");
    struct source source = support_source;
    struct snapshot *snapshot;
    struct error error = {0};
    source.inboxes = false;
    support_write_snapshot(path, &source, "[{\"id\":1},{\"id\":2}]");
    assert_true(snapshot_open(&snapshot, path, &error));
    struct tally *tally = make(snapshot);
    check_lines("not asked for", tally, BY_INBOX, 0, "");
    tally_free(tally);
    snapshot_close(snapshot);
    free(path);
}

static void test_activity(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(
        *state, "[{\"id\":1,\"last_activity_at\":1795362246},{\"id\":2,\"last_activity_at\":"
                "1795275845},{\"id\":3,\"last_activity_at\":1795275844},{\"id\":4,"
                "\"last_activity_at\":1000},{\"id\":5,\"last_activity_at\":0},{\"id\":6},{\"id\":7,"
                "\"last_activity_at\":null}]");
    struct tally *tally = make(snapshot);
    struct buffer out = {0};
    struct error error = {0};
    assert_true(tally_each(tally, BY_ACTIVITY, 0, describe_group, &out, &error));
    assert_string_equal(buffer_text(&out), "<=1d 2; <=7d 1; <=30d 0; <=90d 0; <=180d 0; <=365d 0; "
                                           ">365d 1; never 3");
    buffer_free(&out);
    tally_free(tally);
    snapshot_close(snapshot);
}

static void test_totals(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(
        *state, "[{\"id\":1,\"email\":\"a@x\",\"phone_number\":\"+1\",\"blocked\":true},{\"id\":2,"
                "\"email\":\"\",\"phone_number\":\" \"},{\"id\":3,\"email\":\"b@x\"},{\"id\":4}]");
    struct tally *tally = make(snapshot);
    struct totals totals = tally_totals(tally);
    assert_int_equal(totals.contacts, 4);
    assert_int_equal(totals.blocked, 1);
    assert_int_equal(totals.with_email, 2);
    assert_int_equal(totals.with_phone, 1);
    assert_true(tally_share(tally, 1) == 0.25);
    tally_free(tally);
    /* A snapshot can be tallied again. */
    tally = make(snapshot);
    assert_int_equal(tally_totals(tally).contacts, 4);
    tally_free(tally);
    tally_free(NULL);
    snapshot_close(snapshot);
}

static void test_empty_account(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(*state, "[]");
    struct tally *tally = make(snapshot);
    struct totals totals = tally_totals(tally);
    assert_int_equal(totals.contacts + totals.blocked + totals.with_email + totals.with_phone, 0);
    assert_true(tally_share(tally, 0) == 0);
    tally_free(tally);
    snapshot_close(snapshot);
}

static bool stop_at_second(void *context, const struct group *group, struct error *error)
{
    (void)group;
    int *seen = context;
    return ++*seen < 2 || error_set(error, EXIT_OUTPUT, "enough");
}

static void test_stopping(void **state)
{
    struct snapshot *snapshot = support_open_snapshot(*state, "[{\"id\":1}]");
    struct tally *tally = make(snapshot);
    struct error error = {0};
    int seen = 0;
    assert_false(tally_each(tally, BY_ACTIVITY, 0, stop_at_second, &seen, &error));
    assert_int_equal(seen, 2);
    support_check_error("stopped", &error, EXIT_OUTPUT, "enough", NULL);
    tally_free(tally);
    snapshot_close(snapshot);
}

#define TEST(function)                                                                             \
    cmocka_unit_test_setup_teardown(function, support_setup_directory, support_teardown_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_groups), TEST(test_inboxes_not_asked_for), TEST(test_activity),
        TEST(test_totals), TEST(test_empty_account),         TEST(test_stopping),
    };
    return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
